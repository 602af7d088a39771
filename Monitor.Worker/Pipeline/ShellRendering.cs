using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Hashing;
using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Recording;
using Monitor.Worker.Fetching.Vantages;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Pipeline;

/// <summary>Shows pages that are nothing without their scripts to a browser, and reads what it shows as any page is read.</summary>
public sealed class ShellRendering(IPageRenderer renderer)
{
    private static readonly PageReader Reader = new();

    /// <returns>The look as it is, unless a browser could tell more; then with the browser's outline, or with the reason why there is none.</returns>
    public async Task<ShellLook> LookAsync(FetchOutcome page, PageObservation facts, LivenessVerdict verdict, PageBaseline? baseline, VantagePoint point, RobotsPolicy robots, ExchangeLog log, CancellationToken cancellation)
    {
        if (page is not FetchOutcome.Fetched fetched || !RenderPlan.Wants(facts, verdict, baseline))
        {
            return new ShellLook(facts, null);
        }

        var (outcome, outline, render) = await ShowAsync(fetched, point.Fetcher, robots, log, cancellation);
        return outcome is RenderOutcome.Rendered rendered
            ? new ShellLook(facts with { Outline = outline, FinalUrl = rendered.FinalUrl, Render = render }, rendered.Html)
            : new ShellLook(facts with { Render = render }, null);
    }

    /// <summary>How a control is shown, so that it is compared like with like; null where the page itself was not. One that was shown in part is no control.</summary>
    public ControlShowing? ControlFor(PageObservation facts, VantagePoint point, RobotsPolicy robots, ExchangeLog log) => facts.IsRendered
        ? async (control, cancellation) => await ShowAsync(control, point.Fetcher, robots, log, cancellation) is { Facts.Whole: true, Outline: { } outline } ? outline : null
        : null;

    private async Task<(RenderOutcome Outcome, PageOutline? Outline, RenderFacts Facts)> ShowAsync(FetchOutcome.Fetched page, IFetcher fetcher, RobotsPolicy robots, ExchangeLog log, CancellationToken cancellation)
    {
        var request = new RenderRequest { Url = WithFragment(page.FinalUrl, page.RequestedUrl), Status = page.Status, Headers = page.Headers, Body = page.Body };
        var outcome = await renderer.RenderAsync(request, new FetchedParts(fetcher, robots, log), cancellation);
        RenderFacts Facts(RenderEnd end, string reason, bool settled = false) => RenderFacts.Of(end, reason, settled, outcome.Parts, outcome.Elapsed);
        switch (outcome)
        {
            case RenderOutcome.Rendered rendered:
                var reading = Reader.Read(new PageSource(Encoding.UTF8.GetBytes(rendered.Html), "text/html; charset=utf-8", rendered.FinalUrl), cancellation);
                var outline = reading.Outline ?? new PageOutline();
                var text = Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(Encoding.UTF8.GetBytes(PageText.Of(outline))));
                return (outcome, outline, Facts(RenderEnd.Rendered, "", rendered.Settled && !outline.Truncated) with { Text = text });
            case RenderOutcome.Failed failed:
                return (outcome, null, Facts(RenderEnd.Failed, failed.Reason));
            case RenderOutcome.Unavailable unavailable:
                return (outcome, null, Facts(RenderEnd.Unavailable, unavailable.Reason));
            default:
                throw new InvalidOperationException($"unknown render outcome {outcome.GetType().Name}");
        }
    }

    /// <summary>What stands after # never travels, but an application's address may be all in there.</summary>
    private static string WithFragment(string finalUrl, string requestedUrl) =>
        !finalUrl.Contains('#', StringComparison.Ordinal) && requestedUrl.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? finalUrl + requestedUrl[at..] : finalUrl;
}

/// <param name="Html">The tree that a browser showed; null when none did.</param>
public sealed record ShellLook(PageObservation Facts, string? Html);
