using Monitor.Rules.Evidence;

namespace Monitor.Worker.Operations;

/// <summary>An evidence request as it is taken in; see <see cref="EvidenceRequest"/> for the fields.</summary>
public sealed record EvidenceRequestOrder
{
    public required string Number { get; init; }

    public required string PoliceUnit { get; init; }

    public required string Investigator { get; init; }

    public required string InvestigatorId { get; init; }

    public required string PoliceCase { get; init; }

    public required string LegalBasisId { get; init; }

    public required string Decision { get; init; }

    public required string Signer { get; init; }

    public required string Purpose { get; init; }

    /// <summary>Ids of targets, or addresses under watch.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public IReadOnlyList<EvidenceArtefact> Artefacts { get; init; } = [];

    public bool PreservationOnly { get; init; }

    public EvidenceUrgency Urgency { get; init; }

    public string UrgencyGround { get; init; } = "";

    public EvidenceDelivery Delivery { get; init; }

    /// <summary>Armoured OpenPGP key or PEM certificate; empty for preservation only.</summary>
    public string RecipientKey { get; init; } = "";

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The request as it came on paper; empty: none.</summary>
    public byte[] Letter { get; init; } = [];

    public string Reason { get; init; } = "";
}
