using Monitor.Rules.Sharing;

namespace Monitor.Rules.Transfers;

/// <summary>Terms of transfers as configured: what is due when, and who is told when it is late.</summary>
public sealed record TransferRules
{
    public TransferTerms Ordinary { get; init; } = new(TimeSpan.FromHours(24), TimeSpan.FromDays(10));

    public TransferTerms Urgent { get; init; } = new(TimeSpan.FromHours(4), TimeSpan.FromDays(3));

    public TransferTerms Danger { get; init; } = new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24));

    /// <summary>In order of time after what is due; the receiver is told at the sending in any case.</summary>
    public IReadOnlyList<OverdueStep> Ladder { get; init; } =
    [
        new(TimeSpan.Zero, OverdueTo.Receiver),
        new(TimeSpan.FromHours(24), OverdueTo.Sender),
        new(TimeSpan.FromHours(72), OverdueTo.Staff),
    ];

    public TransferTerms Of(TransferUrgency urgency) => urgency switch
    {
        TransferUrgency.Ordinary => Ordinary,
        TransferUrgency.Urgent => Urgent,
        TransferUrgency.Danger => Danger,
    };

    /// <summary>When the ladder's next step is due; null: nothing is due, or every step was taken.</summary>
    public DateTimeOffset? NextStep(Transfer transfer) =>
        transfer.DueAt is { } due && transfer.Steps < Ladder.Count ? due + Ladder[transfer.Steps].After : null;
}

/// <param name="Receipt">From sending to the receipt.</param>
/// <param name="Result">From sending to the result.</param>
public sealed record TransferTerms(TimeSpan Receipt, TimeSpan Result);

public sealed record OverdueStep(TimeSpan After, OverdueTo To);

public enum OverdueTo
{
    /// <summary>The receiving agency's mailbox; its duty contact where a child is in danger.</summary>
    Receiver,
    Sender,

    /// <summary>smtp.alerts-to.</summary>
    Staff,
}

/// <summary>Which agency sees what of a transfer. The child's identity is none of its fields: keys decide about it, not rules.</summary>
public static class TransferSharing
{
    public static TransferView Of(Transfer transfer, string agencyId, AgencyKind? kind, bool inspector) =>
        transfer.FromAgency == agencyId || transfer.ToAgency == agencyId ? TransferView.Party
        : inspector || kind == AgencyKind.Inspectorate ? TransferView.Facts
        : TransferView.Nothing;
}

public enum TransferView
{
    /// <summary>Not even that it is there.</summary>
    Nothing,

    /// <summary>Between whom, when, what came of it; no words.</summary>
    Facts,

    /// <summary>Everything but the child's identity.</summary>
    Party,
}
