using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Text;
using Monitor.Rules.WatchLists;

namespace Monitor.Rules.Removal;

/// <summary>
/// What one inspection of a target saw. Append-only: never edited, verdicts about removal are computed from rows like this.
/// Holds no page text: that is sealed in the vault under <see cref="Captures"/>.
/// </summary>
public sealed record Observation
{
    /// <summary>"T000001/00000042": target and running number.</summary>
    public required string Id { get; init; }

    public required string TargetId { get; init; }

    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Vantage { get; init; }

    /// <summary>Kind of the fetch outcome in kebab-case ("fetched", "timed-out", "dns-failed" …).</summary>
    public required string Outcome { get; init; }

    public int? Status { get; init; }

    public string? FinalUrl { get; init; }

    /// <summary>Addresses that the request was redirected through, between the target's own and <see cref="FinalUrl"/>, in order.</summary>
    public IReadOnlyList<string> Hops { get; init; } = [];

    public string? RemoteAddress { get; init; }

    public long ElapsedMilliseconds { get; init; }

    public long BodyLength { get; init; }

    public bool? RobotsAllowed { get; init; }

    /// <summary>Verdict on the page alone.</summary>
    public required LivenessVerdict Page { get; init; }

    public IReadOnlyList<MediaObservation> Media { get; init; } = [];

    public ControlObservation? Control { get; init; }

    /// <summary>What the resolvers said of the page's host; only when its name was missing.</summary>
    public DnsEvidence? Dns { get; init; }

    /// <summary>How it went when a browser was asked to show the page; null when none was asked.</summary>
    public RenderFacts? Render { get; init; }

    /// <summary>Page and media together, and with what other vantages saw in the same round: what the proof is fed with.</summary>
    public required ProofFact Fact { get; init; }

    public IReadOnlyList<Match> Matches { get; init; } = [];

    public IReadOnlyList<FindingSummary> Findings { get; init; } = [];

    /// <summary>From 0 to 1: orders queues and does nothing else; null where no model was in force or the page was not live.</summary>
    public double? Score { get; init; }

    /// <summary>Name of the model that scored it; scores of different models do not compare.</summary>
    public string? ScoredBy { get; init; }

    /// <summary>Vault items: text, what a browser showed, a person's picture of what they saw.</summary>
    public IReadOnlyList<string> Captures { get; init; } = [];

    /// <summary>Vault items with everything that went over the wire, as WARC records.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];

    /// <summary>Where the page's bytes are kept, from this look or an earlier one that got the same; null: nowhere whole.</summary>
    public CapturedRecord? PageRecord { get; init; }

    /// <summary>SHA-256 of the page's bytes, or null.</summary>
    public Digest? PageDigest { get; init; }

    /// <summary>Fingerprint of the configuration in force.</summary>
    public required string Configuration { get; init; }

    public required string ToolVersion { get; init; }
}

/// <summary>What one media URL answered.</summary>
public sealed record MediaObservation
{
    public required string Url { get; init; }

    public int? Status { get; init; }

    public required Liveness Liveness { get; init; }

    public required LivenessReason Reason { get; init; }

    public long Length { get; init; }

    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>Of the picture, or of an animation's first frame; null when it was none that could be decoded.</summary>
    public PdqFingerprint? Pdq { get; init; }

    /// <summary>Differing bits between the picture known at this address and the nearest turned or mirrored form of what it answered now; null when either says too little.</summary>
    public int? PdqDistance { get; init; }
}

/// <param name="Valid">True when, while the target was alive, the control looked different from it.</param>
/// <param name="LooksSame">True when the target now looks like the control.</param>
public sealed record ControlObservation(int? Status, bool Valid, bool LooksSame, double Similarity);

/// <summary>A rule finding without the page's text.</summary>
/// <param name="Technique">How the place was recognised; null for a fact of the page that is no place in its text, and in observations of before it was kept.</param>
/// <param name="Version">The version of the set, with the beginning of its digest, under which the set can be read back; null in observations of before it was kept.</param>
public sealed record FindingSummary(string RuleSet, string Rule, string? Keyword, int Start, int Length, Strength Strength, Technique? Technique = null, string? Version = null);
