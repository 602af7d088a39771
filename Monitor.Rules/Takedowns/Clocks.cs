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
}

/// <param name="DueAt">Only clocks with a deadline.</param>
public sealed record Clock(ClockKind Kind, string StartedBy, DateTimeOffset StartedAt, DateTimeOffset? StoppedAt, DateTimeOffset? DueAt)
{
    public bool IsOverdue(DateTimeOffset now) => DueAt is { } due && (StoppedAt ?? now) > due;
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
            clocks.Add(new Clock(ClockKind.LegalDeadline, $"delivery ({request.DeliveryLabel})", delivered, ended, request.LegalDeadline));
            clocks.Add(new Clock(ClockKind.DeliveredToFirstGone, $"delivery ({request.DeliveryLabel})", delivered, request.FirstGoneAt, null));
        }

        if (request?.FirstGoneAt is { } gone)
        {
            clocks.Add(new Clock(ClockKind.FirstGoneToConfirmed, "first gone", gone, request.ConfirmedAt, null));
        }

        return clocks;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
