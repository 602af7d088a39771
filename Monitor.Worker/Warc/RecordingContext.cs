namespace Monitor.Worker.Warc;

/// <summary>What stands in the metadata of every exchange of one look.</summary>
/// <param name="Vantage">Id of the way out to the network.</param>
/// <param name="Tool">Program and version.</param>
/// <param name="Clock">What was known of this machine's clock then.</param>
public sealed record RecordingContext(string Vantage, string Tool, ClockReading Clock);

/// <summary>This machine's clock, as far as the system tells.</summary>
/// <param name="Source">"system (ntp)" when the kernel says that it is kept in step, "system (not synchronised)", or "system" where it cannot be asked.</param>
/// <param name="Offset">Between clock and reference, as the kernel's time discipline sees it; null: not readable.</param>
/// <param name="LargestError">The kernel's own bound; null: not readable.</param>
public sealed record ClockReading(string Source, TimeSpan? Offset, TimeSpan? LargestError);
