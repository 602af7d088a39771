using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Why a person should look at a target. Each code has its words in Cli/Words.</summary>
internal static class Attention
{
    /// <summary>It came back after a confirmed removal.</summary>
    public const string Reappeared = "reappeared";

    /// <summary>A notice could not be sent for hours, or never will be as it is.</summary>
    public const string CannotSend = "cannot-send";

    /// <summary>Nobody knows whether a notice arrived.</summary>
    public const string DeliveryUnknown = "delivery-unknown";

    /// <summary>The addressee's server refused a notice for good.</summary>
    public const string Bounced = "bounced";

    /// <summary>A rung of the ladder is drafted and waits for its approval.</summary>
    public const string ApproveEscalation = "approve-escalation";

    /// <summary>A rung of the ladder has no addressee: a person carries it.</summary>
    public const string EscalateByHand = "escalate-by-hand";

    /// <summary>An approved notice goes through a web form: a person fills it in.</summary>
    public const string SendByHand = "send-by-hand";

    public const string PlatformRefused = "platform-refused";

    /// <summary>An answer waits in the inbox.</summary>
    public const string ReplyWaiting = "reply-waiting";

    /// <summary>Somebody objected to the demand.</summary>
    public const string ObjectionWaiting = "objection-waiting";

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

    /// <summary>Of a notice that went out: what had been asked of a person because it had not.</summary>
    public static bool IsAnsweredBySending(string? attention) => attention is Reappeared or CannotSend or DeliveryUnknown or ApproveEscalation or SendByHand or Bounced;

    /// <summary>Puts every page of a notice before a person.</summary>
    public static async Task CallAsync(Desk desk, ChangeSet changes, Notice notice, string attention, CancellationToken cancellation)
    {
        foreach (var id in notice.TargetIds)
        {
            if (await TargetAsync(desk, changes, id, cancellation) is { } target)
            {
                changes.Put(target with { Attention = attention });
            }
        }
    }

    /// <summary>The target as this act has left it so far.</summary>
    public static async Task<Target?> TargetAsync(Desk desk, ChangeSet changes, string id, CancellationToken cancellation) =>
        changes.Upserts.OfType<Target>().FirstOrDefault(row => row.Id == id) ?? await desk.Store.FindTargetAsync(id, AgencyScope.All, cancellation);

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
        var settled = step.Progress.IsProven && RemovalProof.PeopleDecide(step.Progress, rules);
        if (step.Progress.InconclusiveStreak >= rules.InconclusiveBeforePerson && !settled && !(at - target.HumanLookAt < Quiet))
        {
            return Inconclusive;
        }

        return target.Attention is ConfirmGone or Inconclusive or LookAgain or Truncated ? null : target.Attention;
    }
}
