namespace Monitor.Rules.Removal;

/// <summary>What it takes to say "removed". Data, with the defaults of the coordination practice; a platform profile adds its vantages.</summary>
public sealed record RemovalRules
{
    /// <summary>Consecutive counting observations of a hard kind.</summary>
    public int HardConfirmations { get; init; } = 3;

    /// <summary>Least time between the first and the last of them.</summary>
    public TimeSpan HardSpan { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Consecutive counting observations when any of them is soft.</summary>
    public int SoftConfirmations { get; init; } = 5;

    public TimeSpan SoftSpan { get; init; } = TimeSpan.FromHours(72);

    /// <summary>Named people behind soft signs that a valid control probe agrees with.</summary>
    public int PeopleWithControl { get; init; } = 1;

    /// <summary>Named people behind soft signs without a valid control probe.</summary>
    public int PeopleWithoutControl { get; init; } = 2;

    /// <summary>A longer pause between two counting observations breaks the run.</summary>
    public TimeSpan LargestGap { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Clean time after confirmation (404s come and go).</summary>
    public TimeSpan DurableAfter { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Inconclusive observations in a row that put the target before a person.</summary>
    public int InconclusiveBeforePerson { get; init; } = 3;

    /// <summary>Vantages that must agree. Empty: every vantage that has looked.</summary>
    public IReadOnlyList<string> RequiredVantages { get; init; } = ["direct"];

    /// <summary>
    /// Anonymous visitors are walled off: people confirm instead of machines, as many as <see cref="PeopleWithoutControl"/>, each on a
    /// day of their own and no further apart than <see cref="LargestGap"/>.
    /// </summary>
    public bool Walled { get; init; }

    /// <summary>Offset from UTC in which a day of a person's confirmation is counted. Việt Nam: seven hours, the whole year.</summary>
    public TimeSpan LocalOffset { get; init; } = TimeSpan.FromHours(7);
}
