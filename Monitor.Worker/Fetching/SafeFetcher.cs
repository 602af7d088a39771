using Monitor.Rules.Matching;
using Polly;
using Polly.CircuitBreaker;

namespace Monitor.Worker.Fetching;

/// <summary>
/// The one way out to the network for content under watch. In order, for the URL asked for and for every redirect it leads to:
/// <list type="number">
/// <item>The URL is brought into canonical form; anything but http(s), credentials or control characters is refused. A link found on a page, or a redirect, that would act is refused too.</item>
/// <item>The origin's entry is taken from a bounded table. A host that asked for a pause, or whose breaker is open, ends the fetch at once: nobody waits for it here.</item>
/// <item>robots.txt is read once a day per origin; what it says of the URL is recorded, and obeyed if the request says so (unknown counts as disallowed then, RFC 9309 section 2.3.1.4).</item>
/// <item>The host's turn is awaited: one request at a time, with the larger of the configured delay and its Crawl-delay between two. This waiting does not count against the time cap.</item>
/// <item>Inside the breaker and the time-out, a pooled connection is used or a new one made: the name is resolved once, every address checked, and exactly those contacted.</item>
/// <item>GET or HEAD is sent over HTTP/1.1 without cookies; headers and body are read within their caps, decompressed here and bounded on both sides.</item>
/// <item>Transient failures and 502, 503, 504 are tried again with jitter, each time waiting for a new turn. 429 and Retry-After pause the host instead.</item>
/// <item>A redirect is recorded as a hop, resolved, and starts over at the first step; loops and too many end the fetch.</item>
/// </list>
/// Expected ends are <see cref="FetchOutcome"/> cases; only the caller's own cancellation is thrown. <see cref="FetchOutcome.Elapsed"/> leaves out the waiting for turns.
/// Safe for concurrent use. Dispose after the last fetch has ended: it closes all connections.
/// </summary>
public sealed class SafeFetcher : IFetcher, IAsyncDisposable
{
    private readonly FetcherOptions _options;
    private readonly TimeProvider _time;
    private readonly AuthorityTable _table;
    private readonly HostTurns _turns;
    private readonly HopSender _sender;
    private readonly HopPipelines _pipelines;
    private readonly RobotsReader _robots;

    /// <param name="resolver">Null: the operating system's.</param>
    public SafeFetcher(FetcherOptions options, TimeProvider time, INameResolver? resolver = null)
    {
        _options = options;
        _time = time;
        _table = new AuthorityTable(Math.Max(1, options.MaxHosts), options.MaxRobotsMemory);
        _turns = new HostTurns(options, time);
        _sender = new HopSender(options, resolver ?? new SystemNameResolver(), time);
        _pipelines = new HopPipelines(options, time);
        _robots = new RobotsReader(options, time, _table, _turns, _sender);
    }

    /// <summary>Authorities remembered at the moment.</summary>
    public int KnownHosts => _table.Count;

    public ValueTask DisposeAsync()
    {
        _sender.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <exception cref="OperationCanceledException">Only for <paramref name="cancellation"/>.</exception>
    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var flow = new Flow(request, new TimeBudget(_time, request.Limits.TotalTime), _time.GetUtcNow());
        if (!CanonicalUrl.TryCreate(request.Url, CanonicalUrlOptions.KeepAll, out CanonicalUrl? url, out UrlProblem problem))
            return flow.Refused(Reason(problem));
        if (url.SchemeAssumed)
            return flow.Refused(RefusalReason.Malformed);
        if (request.Discovered && ActingLinks.Matches(url))
            return flow.Refused(RefusalReason.ActingLink);

        while (true)
        {
            (FetchOutcome? ended, CanonicalUrl? next) = await HopAsync(flow, url, cancellation);
            if (ended is not null)
                return ended;
            url = next!;
        }
    }

    /// <summary>Scheme, host and port: what robots.txt, pauses and turns belong to.</summary>
    internal static string Origin(CanonicalUrl url) => string.Concat(url.Scheme, "://", url.Authority);

    private async ValueTask<(FetchOutcome? Ended, CanonicalUrl? Next)> HopAsync(Flow flow, CanonicalUrl url, CancellationToken cancellation)
    {
        FetchRequest request = flow.Request;
        AuthorityEntry entry = _table.Rent(Origin(url));
        try
        {
            if (!HopContext.TryCreate(url, request.Method, request.Purpose, request.Limits, entry, flow.Budget, request.Log, out HopContext? hop))
                return (flow.Refused(RefusalReason.Malformed), null);
            if (entry.PausedUntil is var until && until > _time.GetUtcNow())
                return (flow.Tell(new HopEnd.Paused(until), url), null);

            if (_options.ReadRobots)
            {
                flow.Budget.Pause();
                HopEnd? failure = await _robots.EnsureAsync(entry, url, request.Log, cancellation);
                bool? allowed = entry.Robots?.Rules?.Allows(url.PathAndQuery);
                if (flow.Hops.Count == 0)
                    flow.RobotsAllowed = allowed;
                if (request.Robots == RobotsPolicy.Obey && allowed != true)
                {
                    // That the host cannot be reached is the truer finding while it is news.
                    return (failure is null ? flow.Disallowed() : flow.Tell(failure, url), null);
                }
            }

            HopEnd end = await SendWithRetriesAsync(hop, cancellation);
            if (end is not HopEnd.Answer { Location: { } location } answer || !request.FollowRedirects)
                return (flow.Tell(end, url), null);
            return Redirect(flow, url, answer.Status, location);
        }
        finally
        {
            _table.Return(entry);
        }
    }

    private static (FetchOutcome? Ended, CanonicalUrl? Next) Redirect(Flow flow, CanonicalUrl url, int status, string location)
    {
        flow.Hops.Add(new FetchHop(url.Value, status, location));
        if (!CanonicalUrl.TryResolve(url, location, CanonicalUrlOptions.KeepAll, out CanonicalUrl? next, out UrlProblem problem))
            return (flow.Refused(Reason(problem)), null);

        // The same path on https or on www is still the link that a person flagged, not a new one.
        if (ActingLinks.Matches(next) && next.PathAndQuery.TrimEnd('/') != url.PathAndQuery.TrimEnd('/'))
            return (flow.Refused(RefusalReason.ActingLink), null);
        foreach (FetchHop hop in flow.Hops)
        {
            if (hop.Url == next.Value)
                return (flow.TooManyRedirects(loop: true), null);
        }

        return flow.Hops.Count > flow.Request.Limits.MaxRedirects ? (flow.TooManyRedirects(loop: false), null) : (null, next);
    }

    private async ValueTask<HopEnd> SendWithRetriesAsync(HopContext hop, CancellationToken cancellation)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellation);
        try
        {
            context.Properties.Set(HopContext.PollyKey, hop);
            Outcome<HopEnd> outcome = await _pipelines.Retry.ExecuteOutcomeAsync(
                static async (context, state) =>
                {
                    try
                    {
                        return Outcome.FromResult(await state.Self._turns.TakeAsync(
                            state.Hop,
                            static (state, hop, _) => state.Self.SendGuardedAsync(hop, state.Context),
                            (state.Self, Context: context),
                            context.CancellationToken));
                    }
                    catch (OperationCanceledException e)
                    {
                        return Outcome.FromException<HopEnd>(e);
                    }
                },
                context,
                (Self: this, Hop: hop));
            outcome.ThrowIfException();
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<HopEnd> SendGuardedAsync(HopContext hop, ResilienceContext context)
    {
        if (hop.Budget.Remaining <= TimeSpan.Zero)
            return new HopEnd.TimedOut(hop.Stage);
        Outcome<HopEnd> outcome = await _pipelines.For(hop.Entry).ExecuteOutcomeAsync(
            static async (context, state) => Outcome.FromResult(await state.Sender.SendAsync(state.Hop, context.CancellationToken)),
            context,
            (Sender: _sender, Hop: hop));
        if (outcome.Exception is BrokenCircuitException broken)
        {
            DateTimeOffset until = _time.GetUtcNow() + (broken.RetryAfter ?? _options.BreakerPause);
            hop.Entry.PauseUntil(until);
            return new HopEnd.Paused(until);
        }

        outcome.ThrowIfException();
        return outcome.Result!;
    }

    private static RefusalReason Reason(UrlProblem problem) => problem switch
    {
        UrlProblem.UnsupportedScheme => RefusalReason.UnsupportedScheme,
        UrlProblem.Credentials => RefusalReason.Credentials,
        _ => RefusalReason.Malformed,
    };

    /// <summary>What accumulates over the hops of one fetch, and how an end is told with it.</summary>
    private sealed class Flow(FetchRequest request, TimeBudget budget, DateTimeOffset asked)
    {
        public FetchRequest Request { get; } = request;

        public TimeBudget Budget { get; } = budget;

        public List<FetchHop> Hops { get; } = [];

        public bool? RobotsAllowed { get; set; }

        private DateTimeOffset StartedAt => Budget.StartedAt ?? asked;

        public FetchOutcome.Refused Refused(RefusalReason reason) => new()
        {
            StartedAt = StartedAt,
            Elapsed = Budget.Spent,
            RequestedUrl = Request.Url,
            Hops = Hops,
            RobotsAllowed = RobotsAllowed,
            Reason = reason,
        };

        public FetchOutcome.RobotsDisallowed Disallowed() => new()
        {
            StartedAt = StartedAt,
            Elapsed = Budget.Spent,
            RequestedUrl = Request.Url,
            Hops = Hops,
            RobotsAllowed = RobotsAllowed,
        };

        public FetchOutcome.TooManyRedirects TooManyRedirects(bool loop) => new()
        {
            StartedAt = StartedAt,
            Elapsed = Budget.Spent,
            RequestedUrl = Request.Url,
            Hops = Hops,
            RobotsAllowed = RobotsAllowed,
            Loop = loop,
        };

        public FetchOutcome Tell(HopEnd end, CanonicalUrl url)
        {
            DateTimeOffset at = StartedAt;
            TimeSpan elapsed = Budget.Spent;
            return end switch
            {
                HopEnd.Answer { Cap: { } cap } cut => new FetchOutcome.TooLarge
                {
                    StartedAt = at,
                    Elapsed = elapsed,
                    RequestedUrl = Request.Url,
                    Hops = Hops,
                    RobotsAllowed = RobotsAllowed,
                    Status = cut.Status,
                    FinalUrl = url.Value,
                    Headers = cut.Headers,
                    Cap = cap,
                    Partial = cut.Body,
                },
                HopEnd.Answer whole => new FetchOutcome.Fetched
                {
                    StartedAt = at,
                    Elapsed = elapsed,
                    RequestedUrl = Request.Url,
                    Hops = Hops,
                    RobotsAllowed = RobotsAllowed,
                    Status = whole.Status,
                    FinalUrl = url.Value,
                    Headers = whole.Headers,
                    Body = whole.Body,
                    RemoteAddress = whole.Remote?.ToString(),
                },
                HopEnd.TimedOut late => new FetchOutcome.TimedOut
                {
                    StartedAt = at,
                    Elapsed = elapsed,
                    RequestedUrl = Request.Url,
                    Hops = Hops,
                    RobotsAllowed = RobotsAllowed,
                    Stage = late.Stage,
                },
                HopEnd.Dns dns => new FetchOutcome.DnsFailed
                {
                    StartedAt = at,
                    Elapsed = elapsed,
                    RequestedUrl = Request.Url,
                    Hops = Hops,
                    RobotsAllowed = RobotsAllowed,
                    NameDoesNotExist = dns.NameDoesNotExist,
                },
                HopEnd.Tls tls => new FetchOutcome.TlsFailed
                {
                    StartedAt = at,
                    Elapsed = elapsed,
                    RequestedUrl = Request.Url,
                    Hops = Hops,
                    RobotsAllowed = RobotsAllowed,
                    Problem = tls.Problem,
                },
                HopEnd.Connection connection => new FetchOutcome.ConnectionFailed
                {
                    StartedAt = at,
                    Elapsed = elapsed,
                    RequestedUrl = Request.Url,
                    Hops = Hops,
                    RobotsAllowed = RobotsAllowed,
                    Problem = connection.Problem,
                },
                HopEnd.Unsafe guarded => new FetchOutcome.UnsafeAddress
                {
                    StartedAt = at,
                    Elapsed = elapsed,
                    RequestedUrl = Request.Url,
                    Hops = Hops,
                    RobotsAllowed = RobotsAllowed,
                    Host = guarded.Host,
                    Kind = guarded.Kind,
                },
                HopEnd.Protocol protocol => new FetchOutcome.ProtocolError
                {
                    StartedAt = at,
                    Elapsed = elapsed,
                    RequestedUrl = Request.Url,
                    Hops = Hops,
                    RobotsAllowed = RobotsAllowed,
                    Problem = protocol.Problem,
                },
                HopEnd.Paused paused => new FetchOutcome.HostPaused
                {
                    StartedAt = at,
                    Elapsed = elapsed,
                    RequestedUrl = Request.Url,
                    Hops = Hops,
                    RobotsAllowed = RobotsAllowed,
                    RetryAt = paused.Until,
                },
                _ => throw new InvalidOperationException($"no outcome for {end}"),
            };
        }
    }
}
