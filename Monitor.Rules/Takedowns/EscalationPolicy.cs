namespace Monitor.Rules.Takedowns;

/// <summary>
/// The ladder of a platform: which rung comes next and when. Reminders are no rung, they repeat by themselves. Time on the ladder runs from
/// delivery; it stands still while the content is apparently gone or police hold the request, and is caught up one rung at a time.
/// </summary>
public static class EscalationPolicy
{
    /// <summary>The steps that address somebody new, in order.</summary>
    public static IReadOnlyList<LadderStep> Rungs(IReadOnlyList<LadderStep> ladder) => [.. ladder.Where(step => step.Action != LadderAction.Reminder)];

    /// <summary>The next rung of the request, or null: all are climbed, or the demand was never delivered.</summary>
    public static LadderStep? Next(TakedownRequest request, IReadOnlyList<LadderStep> ladder) =>
        request is { LadderSince: not null, RelayTo: null } && Rungs(ladder) is var rungs && request.Rungs.Count < rungs.Count ? rungs[request.Rungs.Count] : null;

    /// <summary>When the next rung is due; null while there is none or the ladder stands still.</summary>
    /// <param name="now">A rung that came due while the ladder stood still is due now, not in the past.</param>
    public static DateTimeOffset? NextAt(TakedownRequest request, IReadOnlyList<LadderStep> ladder, DateTimeOffset now)
    {
        if (!Climbs(request) || Next(request, ladder) is not { } step)
        {
            return null;
        }

        var due = request.LadderSince!.Value + step.After;
        return due > now ? due : now;
    }

    /// <summary>The request with the instant of its next rung as it stands now.</summary>
    public static TakedownRequest Scheduled(TakedownRequest request, IReadOnlyList<LadderStep> ladder, DateTimeOffset now) =>
        NextAt(request, ladder, now) is var next && next == request.NextRungAt ? request : request with { NextRungAt = next };

    /// <summary>The demand begins anew: what came back is asked of everybody again.</summary>
    public static TakedownRequest Restarted(TakedownRequest request) => request with { LadderSince = null, Rungs = [], NextRungAt = null };

    /// <summary>A refusal is a reason to climb, not to stop.</summary>
    public static bool Climbs(TakedownRequest request) =>
        !request.AppearsGone && request.Demand is DemandState.Open or DemandState.Acknowledged or DemandState.Refused;
}

/// <summary>A rung that was climbed.</summary>
/// <param name="Notice">The draft that was made for it; null: nobody is configured to write to, a person must act.</param>
public sealed record Rung(LadderAction Action, DateTimeOffset At, string? Notice);
