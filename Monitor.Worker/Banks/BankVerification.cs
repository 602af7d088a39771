using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks;

/// <summary>What reading every bank and index file whole gave.</summary>
/// <param name="Faults">Banks that are not in force, those found in earlier runs too.</param>
/// <param name="Rebuilt">Kinds whose joint index was not what had been written, or was made with a bank now found damaged, and was built anew.</param>
public sealed record BankVerification(IReadOnlyList<BankFault> Faults, IReadOnlyList<HashKind> Rebuilt);
