namespace Monitor.Rules.Removal;

/// <summary>When to look again. Pure: the jitter comes from the target's id and the observation's number, so it can be computed again.</summary>
public static class RecheckSchedule
{
    /// <summary>Days after durable removal on which reappearance is looked for; afterwards every <c>365</c> days.</summary>
    private static readonly int[] ReappearanceDays = [30, 90, 365];

    /// <summary>A quarter of an hour doubled this often is 64 hours: the pause of the ordinary rhythm rules by then.</summary>
    private const int MostDoublings = 8;

    /// <summary>Nothing is looked at more often than this, whatever a cadence says.</summary>
    private static readonly TimeSpan Quickest = TimeSpan.FromMinutes(1);

    /// <param name="requestSentAt">When the latest demand went out, or null.</param>
    /// <param name="cadence">The watch list's own rhythm while nothing is requested.</param>
    /// <param name="seed">Target id and observation number.</param>
    public static DateTimeOffset Next(RemovalProgress progress, DateTimeOffset? requestSentAt, TimeSpan cadence, bool inconclusive, DateTimeOffset now, string seed)
    {
        // Errors and walls are tried again sooner, then less and less often, never faster than a quarter of an hour.
        var retry = TimeSpan.FromMinutes(15 * Math.Pow(2, Math.Clamp(progress.InconclusiveStreak, 0, MostDoublings)));
        if (progress is { State: RemovalState.DurablyRemoved, DurableAt: { } durable })
        {
            if (inconclusive && progress.InconclusiveStreak < MostDoublings)
            {
                // A look that saw nothing is not the look this day asked for.
                return now + retry + Jitter(retry, seed);
            }

            foreach (var day in ReappearanceDays)
            {
                var at = durable.AddDays(day);
                if (at > now)
                {
                    return at + Jitter(TimeSpan.FromHours(12), seed);
                }
            }

            return now.AddDays(365);
        }

        var pause = requestSentAt is { } sent ? AfterRequest(now - sent) : cadence;
        if (progress.State is RemovalState.ApparentlyGone or RemovalState.ConfirmedRemoved or RemovalState.Reappeared)
        {
            // Proof needs consecutive looks no further apart than two days, and soon after the first sign.
            var limit = progress.State == RemovalState.ConfirmedRemoved ? TimeSpan.FromHours(24) : TimeSpan.FromHours(6);
            pause = pause < limit ? pause : limit;
        }

        if (inconclusive)
        {
            // In the clean period too: two looks a day apart that saw nothing would tear a gap into it.
            pause = pause < retry ? pause : retry;
        }

        pause = pause < Quickest ? Quickest : pause;

        return now + pause + Jitter(pause, seed);
    }

    /// <summary>Hourly in the first 24 h after sending, every 6 h to day 7, then daily.</summary>
    public static TimeSpan AfterRequest(TimeSpan sinceSent) =>
        sinceSent < TimeSpan.FromHours(24) ? TimeSpan.FromHours(1) : sinceSent < TimeSpan.FromDays(7) ? TimeSpan.FromHours(6) : TimeSpan.FromHours(24);

    /// <summary>Up to a tenth of the pause, never negative: spreads bursts, keeps the order of magnitude.</summary>
    private static TimeSpan Jitter(TimeSpan pause, string seed)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in seed)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return pause * ((hash >> 11) % 1000 / 10_000.0);
    }
}
