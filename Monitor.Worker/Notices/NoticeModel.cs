namespace Monitor.Worker.Notices;

/// <summary>
/// What a notice template may print. Templates see the members in snake_case ("notice.parent_reference"). There is no place in here
/// for media, page text or anything about a child, on purpose: what is not in the model cannot be sent.
/// </summary>
public sealed record NoticeModel
{
    public required NoticeFacts Notice { get; init; }

    public required NoticeAgency Agency { get; init; }

    public required NoticeSigner Signer { get; init; }

    /// <summary>Template: platform.name.</summary>
    public required string PlatformName { get; init; }

    /// <summary>As printed after "Kính gửi".</summary>
    public required string Addressee { get; init; }

    /// <summary>Template: category.vi, category.en.</summary>
    public required string CategoryVietnamese { get; init; }

    public required string CategoryEnglish { get; init; }

    public required NoticeBasis Basis { get; init; }

    public required IReadOnlyList<NoticeItem> Items { get; init; }

    /// <summary>Of "remove-everywhere", "lock-account", "preserve-6-months".</summary>
    public required IReadOnlyList<string> RequestedActions { get; init; }

    /// <summary>Template: deadline.hours, deadline.text.</summary>
    public required int DeadlineHours { get; init; }

    /// <summary>The moment in words of the notice's language, or what starts the clock.</summary>
    public required string DeadlineText { get; init; }

    /// <summary>Mail address or link that answers go to.</summary>
    public required string ReplyTo { get; init; }

    public required string CaseId { get; init; }

    /// <summary>The newest signed checkpoint of the custody log, as C2SP writes notes; several lines. Null: none was published yet.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Escalations only; template: escalation.action, escalation.first_reference, escalation.since.</summary>
    public NoticeEscalation? Escalation { get; init; }
}

/// <param name="Action">second-channel | infrastructure | authority | sanction.</param>
/// <param name="FirstReference">The notice that the platform did not follow.</param>
/// <param name="Since">Day it was delivered.</param>
public sealed record NoticeEscalation(string Action, string FirstReference, DateOnly Since);

/// <param name="Reference">Our own gapless number.</param>
/// <param name="Version">From 1.</param>
/// <param name="ParentReference">Of the notice that this one reminds of or retracts, or null.</param>
/// <param name="ResentCopy">True: the same notice once more, because nobody knows whether the first arrived.</param>
/// <param name="Kind">takedown | media | reminder | retraction | escalation.</param>
/// <param name="Urgency">normal | urgent.</param>
/// <param name="DocumentNumber">Số công văn of the clerk's register, or null.</param>
public sealed record NoticeFacts(
    string Reference,
    int Version,
    string? ParentReference,
    bool ResentCopy,
    string Kind,
    string Urgency,
    DateOnly CreatedOn,
    string? DocumentNumber);

/// <param name="Superior">Printed above the agency's name; may be empty.</param>
/// <param name="Place">Địa danh before the date; may be empty.</param>
public sealed record NoticeAgency(string Name, string NameEnglish, string Superior, string Place, string Address, string Email, string Phone);

/// <param name="Title">Chức vụ; may be empty.</param>
public sealed record NoticeSigner(string Name, string Title);

public sealed record NoticeBasis(string Citation, string CitationEnglish, DateOnly ValidFrom);

/// <param name="Url">Of the page.</param>
/// <param name="Media">URLs of the media on it, copies on other hosts included.</param>
/// <param name="FirstSeen">UTC; printed in the time of Việt Nam.</param>
public sealed record NoticeItem(
    string Url,
    IReadOnlyList<string> Media,
    string? Account,
    string? Post,
    IReadOnlyList<NoticeDigest> Digests,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen);

/// <param name="Kind">"sha256", "pdq" …</param>
/// <param name="Value">Lower hex.</param>
public sealed record NoticeDigest(string Kind, string Value);
