using Monitor.Rules.Cases;

namespace Monitor.Rules.Takedowns;

/// <summary>The clocks people are measured by; each with its start event.</summary>
public enum ClockKind
{
    ReceiptToTriage,
    TriageToVerified,
    VerifiedToSent,

    /// <summary>Delivered → the legal deadline (Decree 147/2024: 24 hours).</summary>
    LegalDeadline,
    DeliveredToFirstGone,
    FirstGoneToConfirmed,

    /// <summary>A relay delivered → the authority's acknowledgement.</summary>
    RelayToAcknowledged,
}

/// <summary>A stretch in which a clock stood still: never without a reason and a name.</summary>
/// <param name="Ended">Null: it still stands.</param>
public sealed record ClockPause(ClockKind Clock, Decision Began, Decision? Ended = null);

/// <param name="StartedBy">The event that started it.</param>
/// <param name="DueAt">Only clocks with a deadline; pauses that have ended are added to it.</param>
public sealed record Clock(ClockKind Kind, string StartedBy, DateTimeOffset StartedAt, DateTimeOffset? StoppedAt, DateTimeOffset? DueAt)
{
    /// <summary>Those of this clock, in time order.</summary>
    public IReadOnlyList<ClockPause> Pauses { get; init; } = [];

    /// <summary>Who stopped it and why, while it stands still.</summary>
    public Decision? PausedBy => StoppedAt is null ? Pauses.FirstOrDefault(pause => pause.Ended is null)?.Began : null;

    /// <summary>Time that counts: without the pauses.</summary>
    public TimeSpan Elapsed(DateTimeOffset now)
    {
        var until = StoppedAt ?? now;
        return until <= StartedAt ? TimeSpan.Zero : until - StartedAt - Paused(until);
    }

    /// <summary>Nothing runs out while the clock stands still.</summary>
    public bool IsOverdue(DateTimeOffset now) => DueAt is { } due && (StoppedAt ?? PausedBy?.At ?? now) > due;

    /// <summary>Time paused until then; pauses do not overlap.</summary>
    private TimeSpan Paused(DateTimeOffset until)
    {
        var sum = TimeSpan.Zero;
        foreach (var pause in Pauses)
        {
            var from = pause.Began.At > StartedAt ? pause.Began.At : StartedAt;
            var to = pause.Ended is { } ended && ended.At < until ? ended.At : until;
            sum += to > from ? to - from : TimeSpan.Zero;
        }

        return sum;
    }
}

public static class Clocks
{
    /// <summary>Every clock that has started, in order.</summary>
    public static IReadOnlyList<Clock> Of(Case @case, TakedownRequest? request)
    {
        var clocks = new List<Clock>
        {
            new(ClockKind.ReceiptToTriage, "receipt", @case.OpenedAt, @case.Triage?.At ?? @case.Dismissal?.At, null),
        };
        if (@case.Triage is { } triage)
        {
            clocks.Add(new Clock(ClockKind.TriageToVerified, "triage", triage.At, @case.Verification?.At ?? @case.Dismissal?.At, null));
        }

        if (@case.Verification is { } verification)
        {
            clocks.Add(new Clock(ClockKind.VerifiedToSent, "verification", verification.At, request?.SentAt ?? request?.Withdrawal?.At, null));
        }

        if (request?.DeliveredAt is { } delivered)
        {
            // A demand taken back binds nobody any more.
            var ended = Earlier(request.FirstGoneAt, request.Withdrawal?.At);
            clocks.Add(request.RelayTo is null
                ? new Clock(ClockKind.LegalDeadline, $"delivery ({request.DeliveryLabel})", delivered, ended, request.LegalDeadline)
                : new Clock(ClockKind.RelayToAcknowledged, $"delivery ({request.DeliveryLabel})", delivered, Earlier(request.ReplyAt, ended), request.RelayDeadline));
            clocks.Add(new Clock(ClockKind.DeliveredToFirstGone, $"delivery ({request.DeliveryLabel})", delivered, request.FirstGoneAt, null));
        }

        if (request?.FirstGoneAt is { } gone)
        {
            clocks.Add(new Clock(ClockKind.FirstGoneToConfirmed, "first gone", gone, request.ConfirmedAt, null));
        }

        return @case.Pauses.Count == 0 ? clocks : [.. clocks.Select(clock => clock with { Pauses = [.. @case.Pauses.Where(pause => pause.Clock == clock.Kind)] })];
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
