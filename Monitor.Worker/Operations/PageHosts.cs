using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Worker.Contacts;
using Monitor.Worker.Extracting;
using Monitor.Worker.Fetching;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>The hosts that have a part in showing a page: its own, where redirects led, and those of its media.</summary>
public sealed class PageHosts(Desk desk, IFetcher fetcher)
{
    /// <summary>From the newest observations of a known target; of another URL only its own host is known.</summary>
    private const int NewestObservations = 20;

    private const int MostMedia = 200;

    private static readonly PageReader Reader = new();

    /// <param name="fetch">Looks at the page once now, so that every redirect shows and the media that stand on it now.</param>
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

            if (outcome is FetchOutcome.Fetched fetched)
            {
                Add(parts, fetched.FinalUrl, "redirect");
                foreach (var media in MediaOf(fetched, cancellation))
                {
                    Add(parts, media, "media");
                }
            }
        }

        // Found by its id as well: another agency's target stays unseen.
        if (await desk.Store.FindTargetByUrlAsync(url.Value, cancellation) is { } known && await desk.Store.FindTargetAsync(known.Id, scope, cancellation) is { } target)
        {
            var from = Math.Max(1, target.Observations - NewestObservations + 1);
            foreach (var observation in (await desk.Store.ObservationsAsync(target.Id, from, NewestObservations, cancellation)).Reverse())
            {
                foreach (var hop in observation.Hops)
                {
                    Add(parts, hop, "redirect");
                }

                Add(parts, observation.FinalUrl, "redirect");
                foreach (var media in observation.Media)
                {
                    Add(parts, media.Url, "media");
                }
            }
        }

        return [.. parts.Distinct()];
    }

    /// <summary>What the page shows now, its furniture apart; nothing of it is fetched.</summary>
    private static IEnumerable<string> MediaOf(FetchOutcome.Fetched page, CancellationToken cancellation) =>
        page.Body.Length > 0 && Reader.Read(new PageSource(page.Body, page.Headers.GetValueOrDefault("content-type"), page.FinalUrl), cancellation) is { Outline: { } outline }
            ? outline.Media.Where(media => media.Kind != MediaKind.Other && media.Role is BlockRole.Main or BlockRole.Template or BlockRole.Dialog).Select(media => media.Url).Take(MostMedia)
            : [];

    private static void Add(List<HostPart> parts, string? url, string part)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IdnHost.Length > 0 && (part == "media" || uri.IdnHost != parts[0].Host))
        {
            parts.Add(new HostPart(uri.IdnHost.ToLowerInvariant(), part));
        }
    }
}
