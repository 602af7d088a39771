using Monitor.Rules.Removal;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Recording;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Pipeline;

/// <summary>The parts of a page as one vantage fetches them, with the fetcher's guards: checked addresses, no acting links, caps, robots.</summary>
public sealed class FetchedParts(IFetcher fetcher, RobotsPolicy robots, ExchangeLog? log = null) : IPartSource
{
    public async Task<PartAnswer> AskAsync(PartAsk ask, CancellationToken cancellation)
    {
        var outcome = await fetcher.FetchAsync(new FetchRequest
        {
            Url = ask.Url,
            Method = ask.Head ? FetchMethod.Head : FetchMethod.Get,
            Purpose = ask.Kind is PartKind.Document or PartKind.Frame ? FetchPurpose.PagePart : FetchPurpose.Part,
            Robots = robots,
            // The browser follows, and asks again.
            FollowRedirects = false,
            Discovered = true,
            Log = log,
            Limits = FetchLimits.Page with
            {
                MaxWireBytes = Math.Min(ask.MaxBytes, FetchLimits.Page.MaxWireBytes),
                MaxBodyBytes = Math.Min(ask.MaxBytes, FetchLimits.Page.MaxBodyBytes),
                TotalTime = ask.Time,
            },
        }, cancellation);
        return outcome switch
        {
            FetchOutcome.Fetched fetched => new PartAnswer { Status = fetched.Status, Headers = fetched.Headers, Body = fetched.Body, Elapsed = fetched.Elapsed },
            FetchOutcome.Refused or FetchOutcome.UnsafeAddress or FetchOutcome.RobotsDisallowed => new PartAnswer { Problem = ObservationFacts.Name(outcome), Refused = true, Elapsed = outcome.Elapsed },
            _ => new PartAnswer { Problem = ObservationFacts.Name(outcome), Elapsed = outcome.Elapsed },
        };
    }
}
