using Monitor.Rules.Assessing;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Takedowns;

/// <summary>One version of a request as it goes out: exactly these bytes.</summary>
public sealed record Notice : IVersioned
{
    /// <summary>Own reference, gapless per agency and year: "SKHCN-2026-00001".</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string RequestId { get; init; }

    public required string CaseId { get; init; }

    public required string TargetId { get; init; }

    public required string OwnerAgency { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>Running number within the request, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Reference of the version this one follows, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>Notice whose approval covers this one (reminders), or null.</summary>
    public string? CoveredBy { get; init; }

    public required Category Category { get; init; }

    public required string LegalBasisId { get; init; }

    public required string PlatformId { get; init; }

    public required ChannelKind Channel { get; init; }

    public required string To { get; init; }

    public required string Addressee { get; init; }

    public required string Language { get; init; }

    public required IReadOnlyList<NoticeItem> Items { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    /// <summary>SHA-256 of subject, LF, body in UTF-8: what was approved is what is sent.</summary>
    public required Digest ContentDigest { get; init; }

    /// <summary>Person whose name stands under it. Whoever approves signs: an approval by another approver renders it anew with their name.</summary>
    public string? Signer { get; init; }

    /// <summary>"takedown.vi" and the like, with the digest of the template it was rendered from.</summary>
    public string Template { get; init; } = "";

    public Digest? TemplateDigest { get; init; }

    /// <summary>What the template was filled with, as JSON: the same bytes can be rendered again.</summary>
    public string Model { get; init; } = "";

    public DispatchState Dispatch { get; init; }

    public required string DraftedBy { get; init; }

    public required DateTimeOffset DraftedAt { get; init; }

    public string? ApprovedBy { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Clerk's register number, where a signed document is needed.</summary>
    public string? DocumentNumber { get; init; }

    public required string MessageId { get; init; }

    public int Attempts { get; init; }

    /// <summary>When the present or last sending began.</summary>
    public DateTimeOffset? SendingSince { get; init; }

    /// <summary>Since when its fate is unknown.</summary>
    public DateTimeOffset? UnknownSince { get; init; }

    public bool ResentCopy { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public string? ServerResponse { get; init; }

    public string? LastProblem { get; init; }
}

public sealed record NoticeItem
{
    public required string Url { get; init; }

    public IReadOnlyList<string> Media { get; init; } = [];

    public string? Account { get; init; }

    public string? Post { get; init; }

    public IReadOnlyList<Digest> Digests { get; init; } = [];

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }
}

public enum NoticeKind
{
    Takedown,

    /// <summary>The page is gone, media URLs still answer.</summary>
    Media,

    /// <summary>Same addressee, same demand; covered by the first approval.</summary>
    Reminder,

    /// <summary>It came back after a confirmed removal.</summary>
    Reappearance,

    /// <summary>A notice was sent in error.</summary>
    Retraction,

    /// <summary>A rung of the ladder: the same content, demanded of or reported to somebody new. Needs an approval of its own.</summary>
    Escalation,
}
