namespace Monitor.Rules.Removal;

/// <summary>How far the proof has come: a fold over the target's observations, kept with the target and recomputable from them.</summary>
public sealed record RemovalProgress
{
    public RemovalState State { get; init; } = RemovalState.Live;

    /// <summary>Last time the content (or part of it) was seen; the lower bound of "removed at".</summary>
    public DateTimeOffset? LastLiveAt { get; init; }

    /// <summary>First counting observation since it was last seen; the upper bound of "removed at". A gap breaks a run, not this.</summary>
    public DateTimeOffset? FirstGoneAt { get; init; }

    /// <summary>Latest observation that reset the counts. What was seen at that instant or before, and comes in late, counts no more.</summary>
    public DateTimeOffset? LastResetAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Vantages (and "human") that the confirmation rests on; empty while there is none.</summary>
    public IReadOnlyList<string> ConfirmedFrom { get; init; } = [];

    /// <summary>Start of the clean period that durable removal counts from.</summary>
    public DateTimeOffset? CleanSince { get; init; }

    public DateTimeOffset? DurableAt { get; init; }

    /// <summary>A confirmed removal was set aside because the item was seen withheld by place: seen live next, it has reappeared.</summary>
    public bool SetAside { get; init; }

    /// <summary>The present run, a row per vantage, ordered by vantage name.</summary>
    public IReadOnlyList<VantageRun> Runs { get; init; } = [];

    /// <summary>What each vantage saw last that was conclusive, ordered by vantage name: gone from one line and served on another is withheld by place.</summary>
    public IReadOnlyList<VantageSighting> Sightings { get; init; } = [];

    /// <summary>Vantages whose latest looks said nothing, ordered by name. A line that speaks again is taken off.</summary>
    public IReadOnlyList<VantageSilence> Silences { get; init; } = [];

    /// <summary>People who looked and saw it gone since it was last seen, the latest look of each.</summary>
    public IReadOnlyList<NamedConfirmation> People { get; init; } = [];

    /// <summary>How often it came back after a confirmation.</summary>
    public int Reappearances { get; init; }

    /// <summary>The removal is proven: confirmed, or durable.</summary>
    public bool IsProven => State is RemovalState.ConfirmedRemoved or RemovalState.DurablyRemoved;

    /// <summary>Inconclusive observations in a row of the line that has been silent longest.</summary>
    public int InconclusiveStreak => Silences.Count == 0 ? 0 : Silences.Max(silence => silence.Looks);
}

/// <summary>Consecutive counting observations from one vantage.</summary>
public sealed record VantageRun
{
    public required string Vantage { get; init; }

    /// <summary>Counted hard observations since the last soft one.</summary>
    public int Hard { get; init; }

    public DateTimeOffset? HardSince { get; init; }

    /// <summary>Counted observations of either kind.</summary>
    public int Counting { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The latest look, counted or not.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>The latest look that was counted.</summary>
    public DateTimeOffset? LastCounted { get; init; }

    /// <summary>Time since <see cref="Since"/> without the stretches that nobody watched.</summary>
    public TimeSpan Watched { get; init; }

    /// <summary>The same since <see cref="HardSince"/>.</summary>
    public TimeSpan HardWatched { get; init; }

    /// <summary>True while every soft observation of the run had a valid control probe that looked the same.</summary>
    public bool ControlsValid { get; init; } = true;
}

/// <param name="Gone">True: it counted as gone; false: it was there, whole or in part.</param>
/// <param name="Since">First of the unbroken series that says the same.</param>
public sealed record VantageSighting(string Vantage, bool Gone, DateTimeOffset Since, DateTimeOffset At);

/// <param name="Looks">Inconclusive observations in a row.</param>
/// <param name="ForEyes">How many of them a person could have told more of (<see cref="ProofFact.NeedsEyes"/>).</param>
/// <param name="Since">The first of them.</param>
/// <param name="Last">The latest.</param>
public sealed record VantageSilence(string Vantage, int Looks, int ForEyes, DateTimeOffset Since, DateTimeOffset Last);

/// <param name="Person">Id of the person; ids differ by more than the case of their letters.</param>
/// <param name="Captured">What they saw is sealed with their look.</param>
public sealed record NamedConfirmation(string Person, DateTimeOffset At, bool Captured);
