using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Operations;

/// <summary>Why a person should look at a target, as far as its removal is concerned.</summary>
internal static class Attention
{
    /// <summary>Nothing but named people is missing.</summary>
    public const string ConfirmGone = "confirm-gone";

    /// <summary>The machine sees nothing time and again.</summary>
    public const string Inconclusive = "inconclusive";

    /// <summary>The clean period is over, or a day on which reappearance is looked for has come, and only people can see.</summary>
    public const string LookAgain = "look-again";

    /// <summary>The page was not read whole.</summary>
    public const string Truncated = "truncated";

    /// <summary>Whoever said what they saw is not asked for the same again before this.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromDays(3);

    public static string? After(Target target, ProofStep step, RemovalRules rules, DateTimeOffset at)
    {
        if (step.WaitsForPeople)
        {
            return ConfirmGone;
        }

        if (RemovalProof.PersonDue(step.Progress, rules, at))
        {
            return LookAgain;
        }

        // A wall before what people have confirmed is no news; nor is one that somebody looked behind just now.
        var settled = step.Progress.State is RemovalState.ConfirmedRemoved or RemovalState.DurablyRemoved && RemovalProof.PeopleDecide(step.Progress, rules);
        if (step.Progress.InconclusiveStreak >= rules.InconclusiveBeforePerson && !settled && !(at - target.HumanLookAt < Quiet))
        {
            return Inconclusive;
        }

        return target.Attention is ConfirmGone or Inconclusive or LookAgain or Truncated ? null : target.Attention;
    }
}
