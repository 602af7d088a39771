using Monitor.Rules.Cases;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Evidence;

/// <summary>What police ask of us: which material, on what ground, for whom. Nothing of it is changed once it was taken in; decisions are added.</summary>
public sealed record EvidenceRequest : IVersioned
{
    /// <summary>"E000001".</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    /// <summary>Agency that holds the material and answers for handing it out.</summary>
    public required string OwnerAgency { get; init; }

    /// <summary>Number of the police's own document.</summary>
    public required string Number { get; init; }

    public required string PoliceUnit { get; init; }

    /// <summary>Điều tra viên.</summary>
    public required string Investigator { get; init; }

    /// <summary>Number of the investigator's certificate (giấy chứng nhận điều tra viên).</summary>
    public required string InvestigatorId { get; init; }

    /// <summary>Police case number.</summary>
    public required string PoliceCase { get; init; }

    /// <summary>Id in legal-bases.yaml.</summary>
    public required string LegalBasisId { get; init; }

    /// <summary>The decision that authorises it (số quyết định).</summary>
    public required string Decision { get; init; }

    /// <summary>Who signed that decision.</summary>
    public required string Signer { get; init; }

    public required string Purpose { get; init; }

    public required EvidenceScope Scope { get; init; }

    /// <summary>Keep it, and hand out nothing yet.</summary>
    public bool PreservationOnly { get; init; }

    public EvidenceUrgency Urgency { get; init; }

    /// <summary>Why it is urgent; empty when it is not.</summary>
    public string UrgencyGround { get; init; } = "";

    public EvidenceDelivery Delivery { get; init; }

    /// <summary>The officer's public key: OpenPGP (armoured) or an X.509 certificate (PEM); empty for preservation only.</summary>
    public string RecipientKey { get; init; } = "";

    /// <summary>Fingerprint of that key, as a person compares it.</summary>
    public string RecipientFingerprint { get; init; } = "";

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Vault item with the request itself as it came on paper; null: none was given.</summary>
    public string? LetterItem { get; init; }

    public EvidenceRequestState State { get; init; }

    /// <summary>Who took it in.</summary>
    public required Decision Received { get; init; }

    /// <summary>The legal basis holds.</summary>
    public Decision? Checked { get; init; }

    public Decision? Approved { get; init; }

    public Decision? Refused { get; init; }

    /// <summary>Pictures of the looks' pages, made once before the first package: a package that is built again holds the same.</summary>
    public IReadOnlyList<RenderedLook> Renderings { get; init; } = [];

    public PackageFacts? Package { get; init; }

    /// <summary>Handed over: by whom and how.</summary>
    public Decision? Delivered { get; init; }

    /// <summary>The officer's receipt: its number or words.</summary>
    public Decision? Receipt { get; init; }

    /// <summary>First of the two people who lift the hold.</summary>
    public Decision? ReleaseAsked { get; init; }

    public Decision? Released { get; init; }

    /// <summary>Until when a copy of the package and the material are kept after the receipt; null before it.</summary>
    public DateTimeOffset? RetainUntil { get; init; }

    /// <summary>True while nothing of its targets may be destroyed.</summary>
    public bool Holds => State is not (EvidenceRequestState.Refused or EvidenceRequestState.Closed);
}

/// <param name="Observation">Id of the look.</param>
/// <param name="Items">Vault items; empty: it could not be rendered.</param>
/// <param name="Browser">Name and version; empty without items.</param>
/// <param name="Cut">The page was higher than the picture.</param>
/// <param name="Problem">Why there is none; empty with items.</param>
public sealed record RenderedLook(string Observation, IReadOnlyList<string> Items, string Browser, bool Cut, DateTimeOffset At, string Problem);

/// <param name="TargetIds">At least one.</param>
/// <param name="From">First instant of the looks that are wanted; null: from the beginning.</param>
/// <param name="To">Last instant; null: up to the building of the package.</param>
/// <param name="Artefacts">At least one.</param>
public sealed record EvidenceScope(IReadOnlyList<string> TargetIds, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<EvidenceArtefact> Artefacts);

public enum EvidenceArtefact
{
    /// <summary>Everything that went over the wire, media apart.</summary>
    Exchanges,

    /// <summary>Media files' exchanges, as far as they are kept.</summary>
    Media,

    /// <summary>Pictures, pages and prints that a browser made.</summary>
    Renderings,

    /// <summary>Texts of the pages.</summary>
    Texts,

    /// <summary>What people brought of what they saw.</summary>
    HumanCaptures,

    /// <summary>Demands, their proofs of dispatch, and answers.</summary>
    Notices,
}

public enum EvidenceUrgency
{
    Ordinary,
    Urgent,

    /// <summary>A child is in danger.</summary>
    Danger,
}

public enum EvidenceDelivery
{
    /// <summary>A file on a medium or over a channel of the police's own.</summary>
    File,

    /// <summary>A link that works once.</summary>
    DownloadOnce,
}

public enum EvidenceRequestState
{
    /// <summary>Taken in; the material is held from here on.</summary>
    Received,

    /// <summary>The legal basis holds; a second person decides.</summary>
    Checked,

    /// <summary>May be built; for preservation only: the hold stands.</summary>
    Approved,
    Built,
    Delivered,
    Receipted,
    Refused,

    /// <summary>The hold was lifted by two people.</summary>
    Closed,
}

/// <summary>The package as it left, and what ties it to the log.</summary>
/// <param name="Sha256">Of the encrypted file.</param>
/// <param name="Length">Of the encrypted file, in bytes.</param>
/// <param name="Manifest">SHA-256 of the bag's tagmanifest: what was signed and time-stamped.</param>
/// <param name="Files">Files in the bag.</param>
/// <param name="LogSize">Entries of the custody log that the package's checkpoint covers; 0: it holds none.</param>
public sealed record PackageFacts(DateTimeOffset BuiltAt, string By, Digest Sha256, long Length, Digest Manifest, int Files, long LogSize);
