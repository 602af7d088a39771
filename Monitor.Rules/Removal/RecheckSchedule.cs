namespace Monitor.Rules.Removal;

/// <summary>
/// When to look again. Pure: the jitter comes from the target's id and the observation's number, so it can be computed again. It is wide
/// and goes both ways: looks that came due together after a downtime of ours drift apart within days, and a page that shows itself by
/// the clock cannot learn ours.
/// </summary>
public static class RecheckSchedule
{
    /// <summary>Days after durable removal on which reappearance is looked for; afterwards every <see cref="Year"/>.</summary>
    private static readonly int[] ReappearanceDays = [30, 90, 365];

    private const int Year = 365;

    /// <summary>A quarter of an hour doubled this often is 64 hours: the pause of the ordinary rhythm rules by then.</summary>
    private const int MostDoublings = 8;

    /// <summary>Nothing is looked at more often than this, whatever a cadence says.</summary>
    private static readonly TimeSpan Quickest = TimeSpan.FromMinutes(1);

    /// <summary>Share of the pause that is added or taken.</summary>
    private const double Spread = 0.25;

    /// <summary>The same while removal is under proof.</summary>
    private const double ProofSpread = 0.4;

    /// <summary>
    /// Of <see cref="RemovalRules.BlindAfter"/>, the pause of the later days of a proof: with its whole spread it stays seven eighths of what
    /// still counts as watched, so that one host asking for a short pause leaves no hole.
    /// </summary>
    private const double ProofPace = 0.625;

    /// <param name="requestSentAt">When the latest demand went out, or null.</param>
    /// <param name="cadence">The watch list's own rhythm while nothing is requested.</param>
    /// <param name="inconclusive">The look just made saw nothing, from any vantage.</param>
    /// <param name="seed">Target id and observation number.</param>
    public static DateTimeOffset Next(RemovalProgress progress, RemovalRules rules, DateTimeOffset? requestSentAt, TimeSpan cadence, bool inconclusive, DateTimeOffset now, string seed)
    {
        // Errors and walls are tried again sooner, then less and less often, never faster than a quarter of an hour.
        var retry = TimeSpan.FromMinutes(15 * Math.Pow(2, Math.Clamp(progress.InconclusiveStreak, 0, MostDoublings)));
        if (progress is { State: RemovalState.DurablyRemoved, DurableAt: { } durable })
        {
            if (inconclusive && progress.InconclusiveStreak < MostDoublings)
            {
                // A look that saw nothing is not the look this day asked for.
                return now + Jittered(retry, Spread, seed);
            }

            return NextReappearanceDay(durable, now) + (TimeSpan.FromHours(12) * Draw(seed));
        }

        var pause = requestSentAt is { } sent ? AfterRequest(now - sent) : cadence;
        var spread = Spread;
        switch (progress.State)
        {
            case RemovalState.ApparentlyGone when !rules.Walled:
                pause = Shorter(pause, UnderProof(progress, rules, now));
                spread = ProofSpread;
                break;
            case RemovalState.ApparentlyGone or RemovalState.Reappeared:
                pause = Shorter(pause, TimeSpan.FromHours(6));
                break;
            case RemovalState.ConfirmedRemoved:
                pause = Shorter(pause, TimeSpan.FromHours(24));
                break;
        }

        if (inconclusive)
        {
            // In the clean period too: two looks a day apart that saw nothing would tear a gap into it.
            pause = Shorter(pause, retry);
        }

        pause = pause < Quickest ? Quickest : pause;
        return now + Jittered(pause, spread, seed) is var next && next - now < Quickest ? now + Quickest : next;
    }

    /// <summary>Hourly in the first 24 h after sending, every 6 h to day 7, then daily.</summary>
    public static TimeSpan AfterRequest(TimeSpan sinceSent) =>
        sinceSent < TimeSpan.FromHours(24) ? TimeSpan.FromHours(1) : sinceSent < TimeSpan.FromDays(7) ? TimeSpan.FromHours(6) : TimeSpan.FromHours(24);

    /// <summary>The latest day on which reappearance was due to be looked for; null before the first.</summary>
    public static DateTimeOffset? LatestReappearanceDay(DateTimeOffset durable, DateTimeOffset now)
    {
        DateTimeOffset? latest = null;
        foreach (var day in ReappearanceDays)
        {
            latest = durable.AddDays(day) <= now ? durable.AddDays(day) : latest;
        }

        var years = (int)((now - durable).TotalDays / Year);
        return years > 1 ? durable.AddDays(years * Year) : latest;
    }

    private static DateTimeOffset NextReappearanceDay(DateTimeOffset durable, DateTimeOffset now)
    {
        foreach (var day in ReappearanceDays)
        {
            if (durable.AddDays(day) > now)
            {
                return durable.AddDays(day);
            }
        }

        return now.AddDays(Year);
    }

    /// <summary>
    /// Hourly on the first day, when a removal that does not last is likeliest to show; then as often as it takes to have it watched. What
    /// still waits after twice the longest proof waits for people: whoever looks then has the machine look once more (<see cref="ProofGapKind.Look"/>).
    /// </summary>
    private static TimeSpan UnderProof(RemovalProgress progress, RemovalRules rules, DateTimeOffset now)
    {
        var pace = rules.BlindAfter * ProofPace;
        var since = progress.FirstGoneAt is { } gone ? now - gone : TimeSpan.Zero;
        return since < rules.HardSpan ? Shorter(TimeSpan.FromHours(1), pace) : since < 2 * rules.SoftSpan ? pace : TimeSpan.FromHours(6);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Jittered(TimeSpan pause, double spread, string seed) => pause * (1 + (spread * ((2 * Draw(seed)) - 1)));

    /// <summary>[0, 1), the same for the same seed (FNV-1a, mixed: its low bits alone follow the seed's last letter).</summary>
    private static double Draw(string seed)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in seed)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93UL;
        hash ^= hash >> 32;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }
}
