using Monitor.Rules.Banks;

namespace Monitor.Worker.Banks;

/// <summary>A bank that is not in force because its file cannot be used.</summary>
/// <param name="BankId">"name/kind".</param>
/// <param name="File">Path under the data directory.</param>
public sealed record BankFault(string BankId, string File, HashFileFault Fault);
