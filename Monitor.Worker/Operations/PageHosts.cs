using Monitor.Rules.Matching;
using Monitor.Worker.Contacts;
using Monitor.Worker.Fetching;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>The hosts that have a part in showing a page: its own, where redirects led, and those of its media.</summary>
public sealed class PageHosts(Desk desk, IFetcher fetcher)
{
    /// <summary>From the newest observations of a known target; of another URL only its own host is known.</summary>
    private const int NewestObservations = 20;

    /// <param name="fetch">Looks at the page once now, so that every redirect shows.</param>
    public async Task<IReadOnlyList<HostPart>> OfAsync(CanonicalUrl url, AgencyScope scope, bool fetch, CancellationToken cancellation)
    {
        var parts = new List<HostPart> { new(url.Host, "page") };
        if (fetch)
        {
            var outcome = await fetcher.FetchAsync(new FetchRequest { Url = url.Value }, cancellation);
            foreach (var hop in outcome.Hops)
            {
                Add(parts, hop.Url, "redirect");
            }

            Add(parts, (outcome as FetchOutcome.Fetched)?.FinalUrl, "redirect");
        }

        // Found by its id as well: another agency's target stays unseen.
        if (await desk.Store.FindTargetByUrlAsync(url.Value, cancellation) is { } known && await desk.Store.FindTargetAsync(known.Id, scope, cancellation) is { } target)
        {
            var from = Math.Max(1, target.Observations - NewestObservations + 1);
            foreach (var observation in (await desk.Store.ObservationsAsync(target.Id, from, NewestObservations, cancellation)).Reverse())
            {
                Add(parts, observation.FinalUrl, "redirect");
                foreach (var media in observation.Media)
                {
                    Add(parts, media.Url, "media");
                }
            }
        }

        return [.. parts.Distinct()];
    }

    private static void Add(List<HostPart> parts, string? url, string part)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IdnHost.Length > 0 && (part == "media" || uri.IdnHost != parts[0].Host))
        {
            parts.Add(new HostPart(uri.IdnHost.ToLowerInvariant(), part));
        }
    }
}
