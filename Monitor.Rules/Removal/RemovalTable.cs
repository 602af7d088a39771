using Table = Monitor.Rules.Takedowns.TransitionTable<
    Monitor.Rules.Removal.RemovalState,
    Monitor.Rules.Removal.RemovalTrigger,
    Monitor.Rules.Removal.RemovalEffect>;

namespace Monitor.Rules.Removal;

public enum RemovalTrigger
{
    SeenLive,

    /// <summary>Page gone, a media URL still answers.</summary>
    SeenPartial,

    /// <summary>Withheld by place.</summary>
    SeenRestricted,

    /// <summary>A counting observation.</summary>
    SeenGone,

    /// <summary>Neither counts nor resets.</summary>
    SeenNothing,

    /// <summary>Seen after a confirmed removal had been set aside by a look that found it withheld by place.</summary>
    SeenBack,

    /// <summary>All that <see cref="RemovalRules"/> ask for confirmation is there.</summary>
    ProofComplete,

    /// <summary>Clean for the durable period.</summary>
    CleanPeriodComplete,
}

public enum RemovalEffect
{
    PauseReminders,
    ResumeReminders,
    DraftMediaNotice,
    CloseDemand,
    ReopenDemand,
    DraftReappearanceNotice,
    AlertPerson,
}

/// <summary>Removal of one target (DOMAIN: observation is not verdict). A platform's word is no trigger here.</summary>
public static class RemovalTable
{
    public static Table Instance { get; } = new Table.Builder("Removal")
        .On(RemovalState.Live, RemovalTrigger.SeenPartial, RemovalState.Partial, RemovalEffect.DraftMediaNotice)
        .On(RemovalState.Live, RemovalTrigger.SeenRestricted, RemovalState.Restricted)
        .On(RemovalState.Live, RemovalTrigger.SeenGone, RemovalState.ApparentlyGone, RemovalEffect.PauseReminders)
        .Ignore(RemovalState.Live, RemovalTrigger.SeenLive, RemovalTrigger.SeenNothing)
        .On(RemovalState.Partial, RemovalTrigger.SeenLive, RemovalState.Live)
        .On(RemovalState.Partial, RemovalTrigger.SeenRestricted, RemovalState.Restricted)
        .On(RemovalState.Partial, RemovalTrigger.SeenGone, RemovalState.ApparentlyGone, RemovalEffect.PauseReminders)
        .Ignore(RemovalState.Partial, RemovalTrigger.SeenPartial, RemovalTrigger.SeenNothing)
        .On(RemovalState.Restricted, RemovalTrigger.SeenLive, RemovalState.Live)
        .On(RemovalState.Restricted, RemovalTrigger.SeenPartial, RemovalState.Partial, RemovalEffect.DraftMediaNotice)
        .On(RemovalState.Restricted, RemovalTrigger.SeenGone, RemovalState.ApparentlyGone, RemovalEffect.PauseReminders)
        .Ignore(RemovalState.Restricted, RemovalTrigger.SeenRestricted, RemovalTrigger.SeenNothing)
        .On(RemovalState.Restricted, RemovalTrigger.SeenBack, RemovalState.Reappeared, RemovalEffect.DraftReappearanceNotice, RemovalEffect.AlertPerson)
        .On(RemovalState.ApparentlyGone, RemovalTrigger.SeenBack, RemovalState.Reappeared, RemovalEffect.ResumeReminders, RemovalEffect.DraftReappearanceNotice, RemovalEffect.AlertPerson)
        .On(RemovalState.ApparentlyGone, RemovalTrigger.SeenLive, RemovalState.Live, RemovalEffect.ResumeReminders)
        .On(RemovalState.ApparentlyGone, RemovalTrigger.SeenPartial, RemovalState.Partial, RemovalEffect.ResumeReminders, RemovalEffect.DraftMediaNotice)
        .On(RemovalState.ApparentlyGone, RemovalTrigger.SeenRestricted, RemovalState.Restricted, RemovalEffect.ResumeReminders)
        .On(RemovalState.ApparentlyGone, RemovalTrigger.ProofComplete, RemovalState.ConfirmedRemoved, RemovalEffect.CloseDemand)
        .Ignore(RemovalState.ApparentlyGone, RemovalTrigger.SeenGone, RemovalTrigger.SeenNothing)
        .On(RemovalState.ConfirmedRemoved, RemovalTrigger.SeenLive, RemovalState.Reappeared, RemovalEffect.ReopenDemand, RemovalEffect.DraftReappearanceNotice, RemovalEffect.AlertPerson)
        .On(RemovalState.ConfirmedRemoved, RemovalTrigger.SeenPartial, RemovalState.Reappeared, RemovalEffect.ReopenDemand, RemovalEffect.DraftReappearanceNotice, RemovalEffect.AlertPerson)
        .On(RemovalState.ConfirmedRemoved, RemovalTrigger.SeenRestricted, RemovalState.Restricted, RemovalEffect.ReopenDemand, RemovalEffect.AlertPerson)
        .On(RemovalState.ConfirmedRemoved, RemovalTrigger.CleanPeriodComplete, RemovalState.DurablyRemoved)
        .Ignore(RemovalState.ConfirmedRemoved, RemovalTrigger.SeenGone, RemovalTrigger.SeenNothing)
        .On(RemovalState.DurablyRemoved, RemovalTrigger.SeenLive, RemovalState.Reappeared, RemovalEffect.ReopenDemand, RemovalEffect.DraftReappearanceNotice, RemovalEffect.AlertPerson)
        .On(RemovalState.DurablyRemoved, RemovalTrigger.SeenPartial, RemovalState.Reappeared, RemovalEffect.ReopenDemand, RemovalEffect.DraftReappearanceNotice, RemovalEffect.AlertPerson)
        .On(RemovalState.DurablyRemoved, RemovalTrigger.SeenRestricted, RemovalState.Restricted, RemovalEffect.ReopenDemand, RemovalEffect.AlertPerson)
        .Ignore(RemovalState.DurablyRemoved, RemovalTrigger.SeenGone, RemovalTrigger.SeenNothing)
        .On(RemovalState.Reappeared, RemovalTrigger.SeenRestricted, RemovalState.Restricted)
        .On(RemovalState.Reappeared, RemovalTrigger.SeenGone, RemovalState.ApparentlyGone, RemovalEffect.PauseReminders)
        .Ignore(RemovalState.Reappeared, RemovalTrigger.SeenLive, RemovalTrigger.SeenPartial, RemovalTrigger.SeenNothing)
        .Build();
}
