using Monitor.Rules.Takedowns;
using State = Monitor.Rules.Evidence.EvidenceRequestState;
using Table = Monitor.Rules.Takedowns.TransitionTable<
    Monitor.Rules.Evidence.EvidenceRequestState,
    Monitor.Rules.Evidence.EvidenceRequestTrigger,
    Monitor.Rules.Evidence.EvidenceRequestEffect>;
using Trigger = Monitor.Rules.Evidence.EvidenceRequestTrigger;

namespace Monitor.Rules.Evidence;

public enum EvidenceRequestTrigger
{
    /// <summary>One person has checked ground, decision and scope.</summary>
    AcceptBasis,

    /// <summary>With reasons, at any time before a package leaves.</summary>
    Refuse,

    /// <summary>Another person agrees.</summary>
    Approve,
    PackageBuilt,
    HandOver,
    ConfirmReceipt,

    /// <summary>Two people lift the hold.</summary>
    LiftHold,
}

public enum EvidenceRequestEffect
{
    ReleaseHold,
    StartRetention,
}

/// <summary>An evidence request from its arrival to the end of its hold. The material is held from the moment it is taken in.</summary>
public static class EvidenceRequestTable
{
    public static Table Instance { get; } = new Table.Builder("EvidenceRequest")
        .On(State.Received, Trigger.AcceptBasis, State.Checked)
        .On(State.Received, Trigger.Refuse, State.Refused, EvidenceRequestEffect.ReleaseHold)
        .On(State.Checked, Trigger.Approve, State.Approved)
        .On(State.Checked, Trigger.Refuse, State.Refused, EvidenceRequestEffect.ReleaseHold)
        .On(State.Approved, Trigger.PackageBuilt, State.Built)
        .On(State.Approved, Trigger.Refuse, State.Refused, EvidenceRequestEffect.ReleaseHold)
        .On(State.Approved, Trigger.LiftHold, State.Closed, EvidenceRequestEffect.ReleaseHold)
        .On(State.Built, Trigger.PackageBuilt, State.Built)
        .On(State.Built, Trigger.HandOver, State.Delivered)
        .On(State.Built, Trigger.Refuse, State.Refused, EvidenceRequestEffect.ReleaseHold)
        .On(State.Delivered, Trigger.ConfirmReceipt, State.Receipted, EvidenceRequestEffect.StartRetention)
        .On(State.Receipted, Trigger.LiftHold, State.Closed, EvidenceRequestEffect.ReleaseHold)
        .Ignore(State.Receipted, Trigger.ConfirmReceipt)
        .Ignore(State.Closed, Trigger.LiftHold)
        .Ignore(State.Refused, Trigger.Refuse)
        .Build();
}
