using Monitor.Rules.Matching;
using Monitor.Worker.Fetching.Recording;

namespace Monitor.Worker.Fetching;

/// <summary>
/// Fetches robots.txt, once per origin and lifetime (RFC 9309 section 2.3): 2xx is parsed, 4xx allows everything, 5xx, 429 and no answer leave it unknown
/// and are asked again after an hour. Up to five redirects are followed. Each hop takes and gives back its own host's slot, so that two hosts
/// whose files point at each other cannot wait for one another.
/// </summary>
internal sealed class RobotsReader(FetcherOptions options, TimeProvider time, AuthorityTable table, HostTurns turns, HopSender sender)
{
    private const int MaxRedirects = 5;

    private static readonly FetchLimits Limits = new() { MaxWireBytes = RobotsRules.MaxBytes, MaxBodyBytes = RobotsRules.MaxBytes };

    /// <summary>After this <see cref="AuthorityEntry.Robots"/> is set, unless the host is paused. Returns how the attempt failed when one was made now and no answer came.</summary>
    public async ValueTask<HopEnd?> EnsureAsync(AuthorityEntry entry, CanonicalUrl url, ExchangeLog? log, CancellationToken cancellation)
    {
        if (IsFresh(entry))
            return null;
        await entry.RobotsGate.WaitAsync(cancellation);
        try
        {
            if (IsFresh(entry))
                return null;
            (RobotsRules? rules, HopEnd? failure) = await ReadAsync(url, log, cancellation);

            // Not asked is not unknown: after the pause it is asked for.
            if (failure is HopEnd.Paused)
                return failure;
            entry.Robots = new RobotsState(rules, time.GetUtcNow() + (rules is null ? options.RobotsRetry : options.RobotsLifetime));
            return failure;
        }
        finally
        {
            entry.RobotsGate.Release();
        }
    }

    private bool IsFresh(AuthorityEntry entry) => entry.Robots is { } robots && robots.ExpiresAt > time.GetUtcNow();

    private async ValueTask<(RobotsRules? Rules, HopEnd? Failure)> ReadAsync(CanonicalUrl url, ExchangeLog? log, CancellationToken cancellation)
    {
        var budget = new TimeBudget(time, options.RobotsTimeout);
        CanonicalUrl current = url;
        string reference = "/robots.txt";
        for (int redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (!CanonicalUrl.TryResolve(current, reference, CanonicalUrlOptions.KeepAll, out CanonicalUrl? next, out _))
                return (null, null);
            current = next;
            if (await SendAsync(current, budget, log, cancellation) is not { } end)
                return (null, null);
            if (end is not HopEnd.Answer answer)
                return (null, end);

            switch (answer.Status)
            {
                case >= 200 and <= 299:
                    return (RobotsRules.Parse(answer.Body, options.Product), null);
                case >= 300 and <= 399 when answer.Location is not null:
                    reference = answer.Location;
                    continue;
                case 429 or >= 500 or < 200:
                    return (null, null);
                default:
                    return (RobotsRules.AllowAll, null);
            }
        }

        return (RobotsRules.AllowAll, null);
    }

    private async ValueTask<HopEnd?> SendAsync(CanonicalUrl url, TimeBudget budget, ExchangeLog? log, CancellationToken cancellation)
    {
        AuthorityEntry entry = table.Rent(SafeFetcher.Origin(url));
        try
        {
            if (!HopContext.TryCreate(url, FetchMethod.Get, FetchPurpose.Control, Limits, entry, budget, log, out HopContext? hop))
                return null;
            return await turns.TakeAsync(
                hop,
                static async (self, hop, cancellation) =>
                {
                    TimeSpan left = hop.Budget.Remaining;
                    if (left <= TimeSpan.Zero)
                        return new HopEnd.TimedOut(FetchStage.Headers);
                    using var deadline = new CancellationTokenSource(left, self.Time);
                    using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
                    return await self.Sender.SendAsync(hop, linked.Token);
                },
                (Time: time, Sender: sender),
                cancellation);
        }
        finally
        {
            table.Return(entry);
        }
    }
}
