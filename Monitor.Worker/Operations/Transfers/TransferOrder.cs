using Monitor.Rules.Assessing;
using Monitor.Rules.Hashing;
using Monitor.Rules.Transfers;

namespace Monitor.Worker.Operations.Transfers;

/// <summary>What somebody wants to hand to another agency.</summary>
public sealed record TransferOrder
{
    public required string ToAgency { get; init; }

    public string FromUnit { get; init; } = "";

    public string ToUnit { get; init; } = "";

    public required string Clause { get; init; }

    public required TransferPurpose Purpose { get; init; }

    public TransferUrgency Urgency { get; init; }

    public required TransferSource Source { get; init; }

    public string IntakeChannel { get; init; } = "";

    /// <summary>Null: now.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    public bool ReporterAnonymous { get; init; } = true;

    /// <summary>Null: that of the first target.</summary>
    public Category? Category { get; init; }

    public IReadOnlyList<string> TargetIds { get; init; } = [];

    public IReadOnlyList<Digest> Digests { get; init; } = [];

    public IReadOnlyList<TransferEvidence> Evidence { get; init; } = [];

    public string HostCountry { get; init; } = "";

    public ChildRisk Child { get; init; } = new(false, false, "");

    public TransferConfidentiality Confidentiality { get; init; }

    public required TransferText Text { get; init; }

    /// <summary>Who the child is; null: not handed over.</summary>
    public ChildIdentity? Identity { get; init; }

    /// <summary>Investigator who may read <see cref="Identity"/> beside child protection; null: nobody named yet.</summary>
    public string? Investigator { get; init; }

    /// <summary>Null: as the regulation's terms say.</summary>
    public DateTimeOffset? ResultDueAt { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A transfer as one agency sees it.</summary>
/// <param name="Text">Null: not for this agency, or not received yet.</param>
/// <param name="Result">Null: none, or not for this agency.</param>
public sealed record TransferSeen(Transfer Transfer, TransferView View, TransferText? Text, string? Result);
