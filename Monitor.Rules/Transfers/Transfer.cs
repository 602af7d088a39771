using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Transfers;

/// <summary>
/// What one agency hands to another under the coordination regulation: what it is about, what is asked for, and until when. What people wrote in confidence lies in
/// the vault; who the child is lies there too, under keys that only those have who are named in <see cref="Identity"/>. Nothing is changed once it was sent; decisions are added.
/// </summary>
public sealed record Transfer : IVersioned
{
    /// <summary>"X000001".</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    /// <summary>Id of the agency that hands over.</summary>
    public required string FromAgency { get; init; }

    /// <summary>Its department or office; empty: the agency as a whole.</summary>
    public string FromUnit { get; init; } = "";

    public required string ToAgency { get; init; }

    public string ToUnit { get; init; } = "";

    /// <summary>Clause of the coordination regulation (điều, khoản) that it rests on.</summary>
    public required string Clause { get; init; }

    public required TransferPurpose Purpose { get; init; }

    public TransferUrgency Urgency { get; init; }

    public required TransferSource Source { get; init; }

    /// <summary>How it reached us: "111", "vn-cop", mail, letter, in person.</summary>
    public string IntakeChannel { get; init; } = "";

    /// <summary>When it reached us.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>True: who reported it wants to stay unnamed; the name is not handed over.</summary>
    public bool ReporterAnonymous { get; init; } = true;

    public required Category Category { get; init; }

    /// <summary>Targets of ours that it is about; their URLs, media digests and evidence go with them.</summary>
    public IReadOnlyList<string> TargetIds { get; init; } = [];

    /// <summary>Digests of media, also of files that no target has.</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>Items of evidence that are handed over or may be asked for.</summary>
    public IReadOnlyList<TransferEvidence> Evidence { get; init; } = [];

    /// <summary>ISO 3166-1 alpha-2 of the country where it is hosted; empty: not known.</summary>
    public string HostCountry { get; init; } = "";

    public ChildRisk Child { get; init; } = new(false, false, "");

    public TransferConfidentiality Confidentiality { get; init; }

    /// <summary>Vault item with summary, URLs, accounts, actions taken and the output that is asked for (<see cref="TransferText"/>).</summary>
    public required string TextItem { get; init; }

    /// <summary>SHA-256 of what <see cref="TextItem"/> seals.</summary>
    public required Digest TextDigest { get; init; }

    /// <summary>Who the child is; null: not handed over, or not known.</summary>
    public SealedIdentity? Identity { get; init; }

    /// <summary>Who handed it over, and why.</summary>
    public required Decision Sent { get; init; }

    /// <summary>Until when the receipt is due.</summary>
    public required DateTimeOffset ReceiptDueAt { get; init; }

    /// <summary>Until when the result is due.</summary>
    public required DateTimeOffset ResultDueAt { get; init; }

    public TransferState State { get; init; }

    /// <summary>The receiving agency has it: who, when.</summary>
    public Decision? Receipt { get; init; }

    public Decision? Accepted { get; init; }

    /// <summary>Person who works on it for the receiving agency; null: not named yet.</summary>
    public string? Assigned { get; init; }

    public Decision? Returned { get; init; }

    public Decision? Recalled { get; init; }

    public Decision? Answered { get; init; }

    /// <summary>Vault item with the words of the result.</summary>
    public string? ResultItem { get; init; }

    /// <summary>The sender took note of the result and said what came of it.</summary>
    public Decision? Feedback { get; init; }

    /// <summary>Steps of the overdue ladder that were taken.</summary>
    public int Steps { get; init; }

    /// <summary>When the next step is due; null: nothing is.</summary>
    public DateTimeOffset? NextStepAt { get; init; }

    /// <summary>Alerts that were sent for it.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];

    /// <summary>From another installation; null: made here.</summary>
    public TransferOrigin? Origin { get; init; }

    /// <summary>What is due next by law of the regulation: the receipt, then the result; null: nothing.</summary>
    public DateTimeOffset? DueAt => State switch
    {
        TransferState.Sent => ReceiptDueAt,
        TransferState.Received or TransferState.Accepted => ResultDueAt,
        _ => null,
    };
}

public enum TransferPurpose
{
    /// <summary>Xác minh.</summary>
    Verify,

    /// <summary>Điều tra.</summary>
    Investigate,

    /// <summary>Xử lý.</summary>
    Handle,

    /// <summary>Hỗ trợ trẻ em.</summary>
    ChildSupport,

    /// <summary>Thống kê.</summary>
    Statistics,
}

public enum TransferUrgency
{
    Ordinary,
    Urgent,

    /// <summary>A child is in danger.</summary>
    Danger,
}

public enum TransferSource
{
    /// <summary>Hotline 111 (Tổng đài quốc gia bảo vệ trẻ em).</summary>
    Hotline,

    /// <summary>The national network vn-cop.vn.</summary>
    VnCop,
    Police,
    Platform,
    Crawler,
    Citizen,
}

public enum TransferConfidentiality
{
    /// <summary>For those who work on it.</summary>
    Restricted,

    /// <summary>Mật: a state secret of the lowest degree by the Law on State Secrets; the software only marks it.</summary>
    Secret,
}

/// <param name="CommuneCode">Code of the commune as the General Statistics Office gives it; empty: not known.</param>
public sealed record ChildRisk(bool InDanger, bool Identified, string CommuneCode);

/// <param name="Item">Id in the vault, or of an evidence request.</param>
public sealed record TransferEvidence(string Item, Digest Sha256);

/// <param name="Installation">Name of the key that signed the file.</param>
/// <param name="Id">Id there.</param>
/// <param name="Digest">SHA-256 of the file.</param>
public sealed record TransferOrigin(string Installation, string Id, Digest Digest);

/// <summary>Who the child is, encrypted to persons: the content lies in the vault, its key under the key of each person.</summary>
/// <param name="Item">Vault item with the ciphertext.</param>
public sealed record SealedIdentity(string Item, IReadOnlyList<IdentityWrap> Wraps);

/// <param name="Person">Whose key opens it.</param>
/// <param name="KeyId">Which of the person's keys: a new password by link brings a new one.</param>
/// <param name="Wrapped">The content's key, encrypted to it.</param>
/// <param name="By">Who let them.</param>
public sealed record IdentityWrap(string Person, string KeyId, string Wrapped, string By);

/// <summary>What people wrote; sealed as a whole.</summary>
public sealed record TransferText
{
    public required string Summary { get; init; }

    public IReadOnlyList<string> Urls { get; init; } = [];

    public IReadOnlyList<string> Accounts { get; init; } = [];

    public string ActionsTaken { get; init; } = "";

    public required string RequestedOutput { get; init; }
}

/// <summary>Who the child is.</summary>
public sealed record ChildIdentity
{
    public required string Name { get; init; }

    public string BirthDate { get; init; } = "";

    public string Address { get; init; } = "";

    public string Guardian { get; init; } = "";

    public string School { get; init; } = "";

    public string Notes { get; init; } = "";
}
