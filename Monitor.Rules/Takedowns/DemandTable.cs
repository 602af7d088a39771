using Table = Monitor.Rules.Takedowns.TransitionTable<
    Monitor.Rules.Takedowns.DemandState,
    Monitor.Rules.Takedowns.DemandTrigger,
    Monitor.Rules.Takedowns.DemandEffect>;

namespace Monitor.Rules.Takedowns;

public enum DemandTrigger
{
    PlatformAcknowledged,
    PlatformRefused,

    /// <summary>A platform's own word: it only brings the next probe forward.</summary>
    PlatformSaysRemoved,
    PlaceHold,
    ReleaseHold,

    /// <summary>Sent in error: every addressee is told.</summary>
    Retract,

    /// <summary>The proof confirmed removal.</summary>
    RemovalConfirmed,

    /// <summary>It came back after a confirmation.</summary>
    ContentReappeared,
}

public enum DemandEffect
{
    ProbeNow,
    AlertPerson,
    StopReminders,
    ResumeReminders,
    DraftRetraction,
}

/// <summary>A takedown request between us and the platform. The ladder rung and "overdue" are derived from clocks, not states.</summary>
public static class DemandTable
{
    public static Table Instance { get; } = new Table.Builder("Demand")
        .On(DemandState.Open, DemandTrigger.PlatformAcknowledged, DemandState.Acknowledged)
        .On(DemandState.Open, DemandTrigger.PlatformRefused, DemandState.Refused, DemandEffect.AlertPerson)
        .On(DemandState.Open, DemandTrigger.PlatformSaysRemoved, DemandState.Acknowledged, DemandEffect.ProbeNow)
        .On(DemandState.Open, DemandTrigger.PlaceHold, DemandState.OnHold, DemandEffect.StopReminders)
        .On(DemandState.Open, DemandTrigger.Retract, DemandState.Withdrawn, DemandEffect.StopReminders, DemandEffect.DraftRetraction)
        .On(DemandState.Open, DemandTrigger.RemovalConfirmed, DemandState.Closed, DemandEffect.StopReminders)
        .Ignore(DemandState.Open, DemandTrigger.ReleaseHold, DemandTrigger.ContentReappeared)
        .On(DemandState.Acknowledged, DemandTrigger.PlatformRefused, DemandState.Refused, DemandEffect.AlertPerson)
        .On(DemandState.Acknowledged, DemandTrigger.PlatformSaysRemoved, DemandState.Acknowledged, DemandEffect.ProbeNow)
        .On(DemandState.Acknowledged, DemandTrigger.PlaceHold, DemandState.OnHold, DemandEffect.StopReminders)
        .On(DemandState.Acknowledged, DemandTrigger.Retract, DemandState.Withdrawn, DemandEffect.StopReminders, DemandEffect.DraftRetraction)
        .On(DemandState.Acknowledged, DemandTrigger.RemovalConfirmed, DemandState.Closed, DemandEffect.StopReminders)
        .Ignore(DemandState.Acknowledged, DemandTrigger.PlatformAcknowledged, DemandTrigger.ReleaseHold, DemandTrigger.ContentReappeared)
        .On(DemandState.Refused, DemandTrigger.PlatformAcknowledged, DemandState.Acknowledged)
        .On(DemandState.Refused, DemandTrigger.PlatformSaysRemoved, DemandState.Acknowledged, DemandEffect.ProbeNow)
        .On(DemandState.Refused, DemandTrigger.PlaceHold, DemandState.OnHold, DemandEffect.StopReminders)
        .On(DemandState.Refused, DemandTrigger.Retract, DemandState.Withdrawn, DemandEffect.StopReminders, DemandEffect.DraftRetraction)
        .On(DemandState.Refused, DemandTrigger.RemovalConfirmed, DemandState.Closed, DemandEffect.StopReminders)
        .Ignore(DemandState.Refused, DemandTrigger.PlatformRefused, DemandTrigger.ReleaseHold, DemandTrigger.ContentReappeared)
        .On(DemandState.OnHold, DemandTrigger.ReleaseHold, DemandState.Open, DemandEffect.ResumeReminders)
        .On(DemandState.OnHold, DemandTrigger.Retract, DemandState.Withdrawn, DemandEffect.DraftRetraction)
        .On(DemandState.OnHold, DemandTrigger.RemovalConfirmed, DemandState.Closed)
        .Ignore(DemandState.OnHold, DemandTrigger.PlaceHold, DemandTrigger.PlatformAcknowledged, DemandTrigger.PlatformRefused, DemandTrigger.PlatformSaysRemoved, DemandTrigger.ContentReappeared)
        .Ignore(DemandState.Withdrawn, DemandTrigger.Retract, DemandTrigger.RemovalConfirmed, DemandTrigger.ContentReappeared, DemandTrigger.PlatformAcknowledged, DemandTrigger.PlatformRefused, DemandTrigger.PlatformSaysRemoved)
        .On(DemandState.Closed, DemandTrigger.ContentReappeared, DemandState.Open, DemandEffect.AlertPerson)
        .On(DemandState.Closed, DemandTrigger.Retract, DemandState.Withdrawn, DemandEffect.DraftRetraction)
        .Ignore(DemandState.Closed, DemandTrigger.RemovalConfirmed, DemandTrigger.PlatformAcknowledged, DemandTrigger.PlatformRefused, DemandTrigger.PlatformSaysRemoved, DemandTrigger.ReleaseHold)
        .Build();
}
