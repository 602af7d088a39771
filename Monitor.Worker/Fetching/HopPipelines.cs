using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Monitor.Worker.Fetching;

/// <summary>
/// Resilience around a hop, from the outside in: retry with jitter (one pipeline for all, it remembers nothing), then the host's turn,
/// then per origin the breaker, and inside it the time-out over what is left of the request's budget.
/// </summary>
internal sealed class HopPipelines
{
    private readonly CircuitBreakerStrategyOptions<HopEnd> _breaker;
    private readonly TimeProvider _time;
    private readonly TimeoutStrategyOptions _timeout = new()
    {
        TimeoutGenerator = static args => ValueTask.FromResult(Hop(args.Context).Budget.Remaining),
    };

    public HopPipelines(FetcherOptions options, TimeProvider time)
    {
        _time = time;
        _breaker = new CircuitBreakerStrategyOptions<HopEnd>
        {
            FailureRatio = options.BreakerFailureRatio,
            MinimumThroughput = Math.Max(2, options.BreakerMinimumAttempts),
            SamplingDuration = options.BreakerSampling,
            BreakDuration = options.BreakerPause,
            ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { IsTransient: true }),
        };
        Retry = options.Retries <= 0
            ? ResiliencePipeline<HopEnd>.Empty
            : new ResiliencePipelineBuilder<HopEnd> { TimeProvider = time }
                .AddRetry(new RetryStrategyOptions<HopEnd>
                {
                    MaxRetryAttempts = options.Retries,
                    Delay = options.RetryDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = args => ValueTask.FromResult(
                        args.Outcome.Result is { IsTransient: true }
                        && Hop(args.Context).Budget.Remaining > options.RetryDelay
                        && Hop(args.Context).Entry.PausedUntil <= time.GetUtcNow()),
                })
                .Build();
    }

    public ResiliencePipeline<HopEnd> Retry { get; }

    /// <summary>Built on first use and kept with the origin. Called inside the origin's slot.</summary>
    public ResiliencePipeline<HopEnd> For(AuthorityEntry entry) => entry.Pipeline ??= new ResiliencePipelineBuilder<HopEnd> { TimeProvider = _time }
        .AddCircuitBreaker(_breaker)
        .AddTimeout(_timeout)
        .Build();

    private static HopContext Hop(ResilienceContext context) =>
        context.Properties.TryGetValue(HopContext.PollyKey, out HopContext? hop) ? hop : throw new InvalidOperationException("pipeline run without a hop");
}
