using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings;

/// <summary>What a configuration directory holds, or everything that is wrong with it.</summary>
/// <param name="Value">Null exactly when one of the problems is an error.</param>
/// <param name="Problems">In file, line, column order; warnings may come with a value.</param>
/// <param name="Fingerprint">Of the bytes that were read; see <see cref="MonitorConfiguration.Fingerprint"/>.</param>
public sealed record ConfigurationReading(MonitorConfiguration? Value, IReadOnlyList<ConfigurationProblem> Problems, string Fingerprint);
