using System.Globalization;

namespace Monitor.Worker.Fetching;

/// <summary>
/// Politeness: one request at a time per origin, the least pause between two, and the pauses a host asks for (Retry-After of 429 and 503).
/// Waiting holds no thread and stops the request's time budget.
/// </summary>
internal sealed class HostTurns(FetcherOptions options, TimeProvider time)
{
    public delegate ValueTask<HopEnd> Send<in TState>(TState state, HopContext hop, CancellationToken cancellation);

    /// <exception cref="OperationCanceledException">The caller gave up while waiting or sending.</exception>
    public async ValueTask<HopEnd> TakeAsync<TState>(HopContext hop, Send<TState> send, TState state, CancellationToken cancellation)
    {
        AuthorityEntry entry = hop.Entry;
        hop.Budget.Pause();
        await entry.Slot.WaitAsync(cancellation);
        try
        {
            // Whoever queued before may have learnt that the host wants to be left alone.
            if (entry.PausedUntil is var until && until > time.GetUtcNow())
                return new HopEnd.Paused(until);
            // A page's parts belong to the visit that their page has waited for.
            bool visiting = hop.Purpose is FetchPurpose.Part or FetchPurpose.PagePart;
            if (!visiting && entry.LastEndedAt is { } ended && ended + Delay(entry) - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellation);

            hop.Budget.Resume();
            HopEnd end;
            try
            {
                end = await send(state, hop, cancellation);
            }
            finally
            {
                entry.LastEndedAt = time.GetUtcNow();
            }

            cancellation.ThrowIfCancellationRequested();
            if (end is HopEnd.Answer answer && PauseAskedBy(answer) is { } pause)
                entry.PauseUntil(time.GetUtcNow() + pause);
            return end;
        }
        finally
        {
            entry.Slot.Release();
        }
    }

    private TimeSpan Delay(AuthorityEntry entry)
    {
        TimeSpan asked = entry.Robots?.Rules?.CrawlDelay ?? TimeSpan.Zero;
        if (asked > options.MaxCrawlDelay)
            asked = options.MaxCrawlDelay;
        return asked > options.HostDelay ? asked : options.HostDelay;
    }

    /// <summary>Seconds or an HTTP date (RFC 9110 section 10.2.3). A 503 without the header is ordinary trouble and is retried instead.</summary>
    private TimeSpan? PauseAskedBy(HopEnd.Answer answer)
    {
        if (answer.Status is not (429 or 503))
            return null;
        TimeSpan? asked = null;
        if (long.TryParse(answer.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
            asked = TimeSpan.FromSeconds(Math.Min(seconds, 100_000_000));
        else if (DateTimeOffset.TryParseExact(answer.RetryAfter, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
            asked = date - time.GetUtcNow();

        if (asked is null)
            return answer.Status == 429 ? options.DefaultPause : null;
        if (asked < TimeSpan.Zero)
            return TimeSpan.Zero;
        return asked > options.MaxRetryAfter ? options.MaxRetryAfter : asked;
    }
}
