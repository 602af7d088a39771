namespace Monitor.Rules.Takedowns;

/// <summary>When a lock of an account may be asked for. Decree 147/2024: five in 30 days or ten in 90; after three temporary locks for good.</summary>
public sealed record StrikeRules
{
    public int InThirtyDays { get; init; } = 5;

    public int InNinetyDays { get; init; } = 10;

    /// <summary>Temporary locks after which the permanent one may be asked for.</summary>
    public int LocksBeforePermanent { get; init; } = 3;
}

/// <summary>What stands against one account of one platform.</summary>
/// <param name="InThirtyDays">Strikes in the last 30 days, and so on.</param>
public sealed record StrikeCount(int InThirtyDays, int InNinetyDays, int Ever, AccountLock MayBeAsked);

public enum AccountLock
{
    None,
    Temporary,
    Permanent,
}

/// <summary>
/// Counts and shows; whether a lock is asked for, and by whom, people decide: the count and its clock belong to the competent bodies.
/// A strike is a delivered demand about one item of the account; a demand taken back was none, and one passed to an authority is
/// counted there.
/// </summary>
public static class StrikeCounter
{
    /// <param name="requests">Of one account on one platform.</param>
    /// <param name="locks">Temporary locks already carried out.</param>
    public static StrikeCount Of(IEnumerable<TakedownRequest> requests, int locks, DateTimeOffset now, StrikeRules rules)
    {
        var (thirty, ninety, ever) = (0, 0, 0);
        // The same item demanded again is no further violation.
        foreach (var delivered in requests
            .Where(request => request is { DeliveredAt: not null, Withdrawal: null, RelayTo: null } && request.Demand != DemandState.Withdrawn && request.DeliveredAt <= now)
            .GroupBy(request => request.TargetId, StringComparer.Ordinal)
            .Select(item => item.Min(request => request.DeliveredAt!.Value)))
        {
            ever++;
            thirty += now - delivered <= TimeSpan.FromDays(30) ? 1 : 0;
            ninety += now - delivered <= TimeSpan.FromDays(90) ? 1 : 0;
        }

        var reached = thirty >= rules.InThirtyDays || ninety >= rules.InNinetyDays;
        return new StrikeCount(thirty, ninety, ever, !reached ? AccountLock.None : locks >= rules.LocksBeforePermanent ? AccountLock.Permanent : AccountLock.Temporary);
    }
}
