using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Hashing;
using Monitor.Rules.Removal;

namespace Monitor.Rules.WatchLists;

/// <summary>A flagged URL under watch.</summary>
public sealed record Target : IVersioned
{
    /// <summary>"T000001".</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    /// <summary>Canonical URL; unique among targets.</summary>
    public required string Url { get; init; }

    public required string Host { get; init; }

    public required string WatchListId { get; init; }

    public required string OwnerAgency { get; init; }

    public required Category Category { get; init; }

    public required string PlatformId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public TargetStatus Status { get; init; } = TargetStatus.Watched;

    public RemovalProgress Progress { get; init; } = new();

    public PageBaseline? Baseline { get; init; }

    /// <summary>Every media URL ever seen on it while alive; each is checked on its own.</summary>
    public IReadOnlyList<KnownMedia> Media { get; init; } = [];

    /// <summary>Observations made so far; the next one's number is this plus one.</summary>
    public int Observations { get; init; }

    public LastObservation? Last { get; init; }

    /// <summary>Score of the last live look that has one, 0 to 1: orders queues and does nothing else.</summary>
    public double? Score { get; init; }

    /// <summary>Name of the model that gave <see cref="Score"/>.</summary>
    public string? ScoredBy { get; init; }

    /// <summary>SHA-256 of the page bytes sealed last: the same bytes are not sealed again.</summary>
    public Digest? CapturedPage { get; init; }

    /// <summary>Where the bytes of <see cref="CapturedPage"/> are kept; null: nowhere whole.</summary>
    public CapturedRecord? PageRecord { get; init; }

    /// <summary>SHA-256 of the text that a browser showed when a rendering was sealed last; null: none was.</summary>
    public Digest? CapturedRendering { get; init; }

    /// <summary>Observations until then count as their sealed pages are judged today, not as they were judged then: by a person's decision. Null: no such decision.</summary>
    public DateTimeOffset? PagesJudgedTo { get; init; }

    /// <summary>When it is due; null: not scheduled.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>When the latest demand was sent: the cadence counts from here.</summary>
    public DateTimeOffset? RequestSentAt { get; init; }

    /// <summary>Legal deadline of its open demand: where more is due than can be done, the oldest goes first. Null: no open demand.</summary>
    public DateTimeOffset? LegalDeadline { get; init; }

    /// <summary>Why a person should look ("confirm-gone", "inconclusive", "truncated", "reappeared" …); null: nobody need.</summary>
    public string? Attention { get; init; }

    /// <summary>When a person last said what they saw; null: never.</summary>
    public DateTimeOffset? HumanLookAt { get; init; }

    /// <summary>Vantages that need not agree for this target, each by a person's decision.</summary>
    public IReadOnlyList<VantageWaiver> Waivers { get; init; } = [];

    public string? CaseId { get; init; }

    /// <summary>Somebody said a child is in danger.</summary>
    public bool Danger { get; init; }

    /// <summary>A police preservation order stands: nothing captured may be destroyed.</summary>
    public bool Preserve { get; init; }
}

/// <summary>A vantage that its platform asks for, waived for one target; who, when and why stays with it.</summary>
public sealed record VantageWaiver(string Vantage, Decision Decision);

public enum TargetStatus
{
    Watched,

    /// <summary>Its watch list expired, or a person paused it.</summary>
    Paused,
    Retired,
}

public sealed record KnownMedia
{
    public required string Url { get; init; }

    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>Of the picture as first captured; null when it could not be decoded.</summary>
    public PdqFingerprint? Pdq { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Where its bytes are kept; null: nowhere.</summary>
    public CapturedRecord? Record { get; init; }

    /// <summary>In a hash bank: bytes are never kept.</summary>
    public bool Known { get; init; }
}

public sealed record LastObservation(string Id, DateTimeOffset At, Liveness Liveness, LivenessReason Reason);
