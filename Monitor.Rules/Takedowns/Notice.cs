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

    /// <summary>Most pages it may come to name while it is a draft; what the platform's profile said when it was drafted.</summary>
    public int MostItems { get; init; } = 1;

    /// <summary>A first demand that may still take in another page.</summary>
    public bool HasRoom => Dispatch == DispatchState.Drafted && Kind == NoticeKind.Takedown && Items.Count < MostItems;

    public required string Subject { get; init; }

    /// <summary>The text form.</summary>
    public required string Body { get; init; }

    /// <summary>True: it is sent as HTML and PDF as well; drafts of before that are sent as they were drafted.</summary>
    public bool Typeset { get; init; }

    /// <summary>What the mail has beside its text, as the channel said when it was drafted.</summary>
    public IReadOnlyList<MailPart> MailParts { get; init; } = ChannelProfile.AllParts;

    /// <summary>Vault id of all forms of the approved notice (text, HTML, PDF, X-ARF); null until it is approved.</summary>
    public string? ContentId { get; init; }

    /// <summary>Vault id of the signed and sealed document the clerk gave back, or null.</summary>
    public string? SignedDocumentId { get; init; }

    /// <summary>SHA-256 of it; null in rows of before it was kept.</summary>
    public Digest? SignedDocumentDigest { get; init; }

    public NoticeUrgency Urgency { get; init; }

    /// <summary>Why it is urgent; empty when it is not.</summary>
    public string UrgencyGround { get; init; } = "";

    /// <summary>SHA-256 over everything that will be sent (NoticeContent.Digest): what was approved is what is sent.</summary>
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

    /// <summary>When the addressee had it, as far as anything says so; <see cref="DeliveryLabel"/> says what.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>One of <see cref="DeliveryLabels"/>.</summary>
    public string? DeliveryLabel { get; init; }

    /// <summary>When a read receipt said it was opened.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Number of the API's receipt or of the form's confirmation.</summary>
    public string? Receipt { get; init; }

    /// <summary>What answers and delivery reports prove with that they come from whoever it was sent to; null before it was approved, and where the installation has no key.</summary>
    public string? ReplyToken { get; init; }

    /// <summary>The addressee's own ticket number, from an answer.</summary>
    public string? ExternalTicket { get; init; }

    /// <summary>How often somebody was asked what became of a send of unknown fate.</summary>
    public int FateAsked { get; init; }

    /// <summary>Requests that it speaks for, each with its own state; the first is <see cref="RequestId"/>.</summary>
    public IReadOnlyList<string> RequestIds => Items.Any(item => item.RequestId.Length > 0) ? [.. Items.Select(item => item.RequestId.Length > 0 ? item.RequestId : RequestId).Distinct(StringComparer.Ordinal)] : [RequestId];

    /// <summary>Targets that it names; the first is <see cref="TargetId"/>.</summary>
    public IReadOnlyList<string> TargetIds => Items.Any(item => item.TargetId.Length > 0) ? [.. Items.Select(item => item.TargetId.Length > 0 ? item.TargetId : TargetId).Distinct(StringComparer.Ordinal)] : [TargetId];

    public string? LastProblem { get; init; }
}
