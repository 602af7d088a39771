using Monitor.Rules.Assessing;

namespace Monitor.Rules.Takedowns;

/// <summary>A demand to one platform about one target; its notices are versions that went (or go) out.</summary>
public sealed record TakedownRequest : IVersioned
{
    /// <summary>"R000001-1": case number and running number.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string CaseId { get; init; }

    public required string TargetId { get; init; }

    public required string OwnerAgency { get; init; }

    public required string PlatformId { get; init; }

    public required Category Category { get; init; }

    public required string LegalBasisId { get; init; }

    public required DateOnly LegalBasisValidFrom { get; init; }

    public required string VerifiedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DemandState Demand { get; init; }

    /// <summary>Account id the platform profile found in the URL, for strike counts.</summary>
    public string? Account { get; init; }

    public int DeadlineHours { get; init; } = 24;

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>DSN, receipt, confirmation, or the receiving server's 250 (<see cref="DeliveryLabel"/> says which).</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>"server-250", "dsn", "receipt".</summary>
    public string? DeliveryLabel { get; init; }

    public DateTimeOffset? FirstGoneAt { get; init; }

    /// <summary>Gone as far as anybody has seen. Not the same as <see cref="FirstGoneAt"/>, which what came back later does not undo.</summary>
    public bool AppearsGone { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public DateTimeOffset? ReplyAt { get; init; }

    /// <summary>removed / geo-restricted / partial / refused / more-info, as the platform said; never a proof.</summary>
    public string? ReplyCode { get; init; }

    public int Reminders { get; init; }

    /// <summary>When the next reminder is due; null: none.</summary>
    public DateTimeOffset? NextReminderAt { get; init; }

    /// <summary>When the demand that the ladder follows was delivered: the first, or the latest after a reappearance.</summary>
    public DateTimeOffset? LadderSince { get; init; }

    /// <summary>Rungs of the platform's ladder climbed so far, reminders apart.</summary>
    public IReadOnlyList<Rung> Rungs { get; init; } = [];

    /// <summary>When the next rung is due; null: none, or the ladder stands still.</summary>
    public DateTimeOffset? NextRungAt { get; init; }

    /// <summary>When its drafts must be looked at again: it left a shared draft, or one is missing. Null: they are as they should be.</summary>
    public DateTimeOffset? DraftDueAt { get; init; }

    /// <summary>Versions so far.</summary>
    public int Notices { get; init; }

    public Cases.Decision? Hold { get; init; }

    public Cases.Decision? Withdrawal { get; init; }

    /// <summary>Authority the demand was passed to because our own competence does not reach (id of its profile or agency), or null.</summary>
    public string? RelayTo { get; init; }

    /// <summary>Hours the authority has to acknowledge a relay.</summary>
    public int RelayHours { get; init; }

    /// <summary>What somebody said against it, in order; never erased.</summary>
    public IReadOnlyList<Objection> Objections { get; init; } = [];

    /// <summary>Time by which pauses of the legal deadline, each by name and reason, have moved it.</summary>
    public TimeSpan DeadlineShift { get; init; }

    /// <summary>The legal deadline runs from delivery to the platform. A relay starts none: the authority's own request does.</summary>
    public DateTimeOffset? LegalDeadline => RelayTo is null ? DeliveredAt?.AddHours(DeadlineHours) + DeadlineShift : null;

    /// <summary>By when the authority should have acknowledged a relay.</summary>
    public DateTimeOffset? RelayDeadline => RelayTo is null ? null : DeliveredAt?.AddHours(RelayHours);

    /// <summary>When something about it is due: a reminder, a rung or a draft, whichever comes first.</summary>
    public DateTimeOffset? NextActAt => Earlier(Earlier(NextReminderAt, NextRungAt), DraftDueAt);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is { } at && !(other < at) ? at : other;
}
