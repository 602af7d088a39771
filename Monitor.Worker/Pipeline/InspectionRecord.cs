using Monitor.Rules.Assessing;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Recording;
using Monitor.Worker.Fetching.Vantages;
using Monitor.Worker.Media;
using Monitor.Worker.Scoring;

namespace Monitor.Worker.Pipeline;

/// <summary>All that one run saw and concluded, before it is recorded. Values only: recording may be decided again after a conflict.</summary>
public sealed record InspectionRecord
{
    public required DateTimeOffset At { get; init; }

    public required FetchOutcome Page { get; init; }

    public required PageObservation Observation { get; init; }

    public PageOutline? Outline { get; init; }

    /// <summary>Of <see cref="Outline"/>; null without one.</summary>
    public PageSketch? Sketch { get; init; }

    /// <summary>Title and visible text; what rules were held against and what is sealed as "text".</summary>
    public string Text { get; init; } = "";

    public byte[] Body { get; init; } = [];

    /// <summary>The tree that a browser showed; <see cref="Outline"/> is its outline. Null when none did.</summary>
    public string? RenderedHtml { get; init; }

    public Digest? PageDigest { get; init; }

    public IReadOnlyList<MediaSeen> Media { get; init; } = [];

    public ControlSeen? Control { get; init; }

    /// <summary>How the page compares with the control; null when there is nothing to compare.</summary>
    public ControlObservation? Compared { get; init; }

    public required LivenessVerdict Verdict { get; init; }

    public required ProofFact Fact { get; init; }

    public IReadOnlyList<Match> Matches { get; init; } = [];

    public IReadOnlyList<RuleFinding> Findings { get; init; } = [];

    /// <summary>Null: no model in force, or the page is not live. The assessment knows nothing of it.</summary>
    public PageScore? Score { get; init; }

    public required Assessment Assessment { get; init; }

    /// <summary>What the resolvers said; only when the host's name was missing.</summary>
    public DnsEvidence? Dns { get; init; }

    /// <summary>Seen from the first of the required vantages: the one that keeps the baseline, captures and candidates.</summary>
    public bool Primary { get; init; } = true;

    /// <summary>What went over the wire for it, media apart, in the order it ended; empty once it was sealed.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; init; } = [];

    /// <summary>Vault items made by this run: texts, what a browser showed, pictures that have no address of their own.</summary>
    public IReadOnlyList<string> Captures { get; init; } = [];

    /// <summary>Vault items with the exchanges of this run, as WARC records.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];

    /// <summary>SHA-256 of the content of each of <see cref="Records"/>.</summary>
    public IReadOnlyList<Digest> RecordDigests { get; init; } = [];

    /// <summary>Where the page's bytes are kept, now or from an earlier look; null: nowhere whole.</summary>
    public CapturedRecord? PageRecord { get; init; }
}

/// <summary>What one media URL answered.</summary>
public sealed record MediaSeen
{
    public required string Url { get; init; }

    /// <summary>Belongs to the target's own content: removal is asked of it too.</summary>
    public required bool Own { get; init; }

    public required MediaObservation Observation { get; init; }

    public DigestSet? Digests { get; init; }

    /// <summary>What decoding and hashing it gave, turned and mirrored forms too; null when no body was read.</summary>
    public MediaHashing? Picture { get; init; }

    /// <summary>Empty once it was sealed.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>What went over the wire for it; empty once it was sealed, and for pictures that have no address of their own.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; init; } = [];

    /// <summary>Of a large file, sealed as soon as it was judged.</summary>
    public SealedMedia? Sealed { get; init; }

    /// <summary>Where the file is kept, now or from an earlier look; null: nowhere.</summary>
    public CapturedRecord? Record { get; init; }

    public IReadOnlyList<Match> Matches { get; init; } = [];

    /// <summary>A bank says it is known material: its bytes are not kept.</summary>
    public bool Known => KnownMaterial.Is(Matches);
}
