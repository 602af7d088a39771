using Monitor.Rules.Assessing;
using Monitor.Rules.Takedowns;

namespace Monitor.Rules.Cases;

/// <summary>What people decide about a target: triage, verification, dismissal.</summary>
public sealed record Case : IVersioned
{
    /// <summary>"C000001", the number of its first target.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string OwnerAgency { get; init; }

    public required string TargetId { get; init; }

    public required Category Category { get; init; }

    public required Severity Severity { get; init; }

    public CaseState State { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Why it was opened: what matched, who reported.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    public bool Danger { get; init; }

    public Decision? Triage { get; init; }

    public Decision? Verification { get; init; }

    public Decision? Dismissal { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Clocks that stand or stood still, in time order.</summary>
    public IReadOnlyList<ClockPause> Pauses { get; init; } = [];

    /// <summary>Takedown requests made so far.</summary>
    public int Requests { get; init; }
}

public enum CaseState
{
    AwaitingTriage,
    AwaitingVerification,
    Verified,
    Dismissed,
    Closed,
}

/// <summary>Who decided what and why.</summary>
public sealed record Decision(string Person, DateTimeOffset At, string Reason);

/// <summary>The four phases of the national network, under which people see every case.</summary>
public enum Phase
{
    /// <summary>Tiếp nhận.</summary>
    Receive,

    /// <summary>Thu thập.</summary>
    Collect,

    /// <summary>Xác minh và đánh giá.</summary>
    VerifyAndAssess,

    /// <summary>Điều phối xử lý.</summary>
    CoordinateHandling,
}
