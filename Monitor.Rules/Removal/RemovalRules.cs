namespace Monitor.Rules.Removal;

/// <summary>What it takes to say "removed". Data, with the defaults of the coordination practice; a platform profile adds its vantages.</summary>
public sealed record RemovalRules
{
    /// <summary>Consecutive counting observations of a hard kind, from every required vantage.</summary>
    public int HardConfirmations { get; init; } = 3;

    /// <summary>Least time between the first and the last of them; and as long it must have been watched (<see cref="BlindAfter"/>).</summary>
    public TimeSpan HardSpan { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Consecutive counting observations when any of them is soft.</summary>
    public int SoftConfirmations { get; init; } = 5;

    public TimeSpan SoftSpan { get; init; } = TimeSpan.FromHours(72);

    /// <summary>
    /// A look less than this after the last counted one of its vantage is no further observation: it keeps a run going and can break it,
    /// but does not add to its count. Three looks within minutes, a day before the last, are two.
    /// </summary>
    public TimeSpan CountingPause { get; init; } = TimeSpan.FromHours(6);

    /// <summary>
    /// A stretch longer than this between two looks was not watched: content may have been back meanwhile. It breaks no run (that is
    /// <see cref="LargestGap"/>), but it vouches for nothing: of one required vantage at least, the watched stretches together must be as
    /// long as the span. Nor does a look older than this say how things stand now. What comes back for longer than this while removal is
    /// under proof has been seen, or the proof is not complete.
    /// </summary>
    public TimeSpan BlindAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Named people behind soft signs that a valid control probe agrees with.</summary>
    public int PeopleWithControl { get; init; } = 1;

    /// <summary>Named people behind soft signs without a valid control probe.</summary>
    public int PeopleWithoutControl { get; init; } = 2;

    /// <summary>A longer pause between two counting observations breaks the run; a person's word older than this vouches for nothing any more.</summary>
    public TimeSpan LargestGap { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Where people's looks are the only ones: least time between two of them. Two minutes around midnight are not two days.</summary>
    public TimeSpan PeopleApart { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Clean time after confirmation (404s come and go).</summary>
    public TimeSpan DurableAfter { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Inconclusive observations of one vantage in a row that put the target before a person.</summary>
    public int InconclusiveBeforePerson { get; init; } = 3;

    /// <summary>Vantages that must agree. Empty: every vantage that has looked.</summary>
    public IReadOnlyList<string> RequiredVantages { get; init; } = ["direct"];

    /// <summary>
    /// Anonymous visitors are walled off: people confirm instead of machines, as many as <see cref="PeopleWithoutControl"/>, each on a
    /// day of their own, at least <see cref="PeopleApart"/> and at most <see cref="LargestGap"/> apart.
    /// </summary>
    public bool Walled { get; init; }

    /// <summary>Offset from UTC in which a day of a person's look is counted. Việt Nam: seven hours, the whole year.</summary>
    public TimeSpan LocalOffset { get; init; } = TimeSpan.FromHours(7);
}
