using Monitor.Rules.Evidence;
using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Pictures of the pages that an evidence request asks for, made from their sealed records by a browser without a network. Made once, sealed, and noted with the
/// request; what cannot be made is noted with why, and holds up no package.
/// </summary>
public sealed class EvidenceRenderings(Desk desk, ISealedPages pages, IPageRenderer renderer)
{
    /// <summary>Looks of one request that are rendered: each takes the browser some seconds.</summary>
    private const int Most = 40;

    /// <returns>The request with its renderings; as it was where none are asked for, or all are there.</returns>
    public async Task<EvidenceRequest> MakeAsync(Actor actor, EvidenceRequest request, CancellationToken cancellation)
    {
        if (!request.Scope.Artefacts.Contains(EvidenceArtefact.Renderings) || request.Renderings.Count > 0)
        {
            return request;
        }

        var made = new List<RenderedLook>();
        foreach (var id in request.Scope.TargetIds)
        {
            if (await desk.Store.FindTargetAsync(id, AgencyScope.All, cancellation) is { } target)
            {
                foreach (var look in await LooksAsync(request, target, cancellation))
                {
                    made.Add(made.Count >= Most ? Without(look, "too-many") : await OneAsync(target, look, cancellation));
                }
            }
        }

        if (made.Count == 0)
        {
            return request;
        }

        var result = await desk.ActAsync<EvidenceRequest>(async token =>
        {
            if (await desk.Store.FindEvidenceRequestAsync(request.Id, AgencyScope.All, token) is not { } now)
            {
                return Refusal.NotFound("evidence request", request.Id);
            }

            var changed = now with { Renderings = made };
            return Decided<EvidenceRequest>.To(changed, new ChangeSet().Put(changed).Log(actor.Log(desk.Now, "evidence-rendered", request.Id, $"{made.Count(static one => one.Items.Count > 0)} of {made.Count}")));
        }, cancellation);
        return result is OperationResult<EvidenceRequest>.Done done ? done.Value with { Version = done.Value.Version + 1 } : request;
    }

    /// <summary>Those with a page, and of several that show the same page from the same line the first: a picture of it says it all.</summary>
    private async Task<IEnumerable<Observation>> LooksAsync(EvidenceRequest request, Target target, CancellationToken cancellation) =>
        (await desk.Store.ObservationsAsync(target.Id, 1, int.MaxValue, cancellation))
            .Where(look => look.PageDigest is not null && (request.Scope.From is not { } from || look.At >= from) && (request.Scope.To is not { } to || look.At <= to))
            .DistinctBy(static look => (look.Vantage, look.PageDigest, look.Status));

    private async Task<RenderedLook> OneAsync(Target target, Observation look, CancellationToken cancellation)
    {
        if (await pages.PageAsync(target, look, cancellation) is not { } page)
        {
            return Without(look, "not-kept");
        }

        switch (await renderer.RenderAsync(page.Page, page.Parts, cancellation))
        {
            case RenderOutcome.Rendered { Pictures: { } pictures }:
                var items = await desk.Vault.SealAsync(
                    [new SealRequest(target.Id, VaultKinds.RenderPng, pictures.Png), new SealRequest(target.Id, VaultKinds.RenderPdf, pictures.Pdf), new SealRequest(target.Id, VaultKinds.RenderMhtml, pictures.Mhtml)],
                    cancellation);
                return new RenderedLook(look.Id, items, pictures.Browser, pictures.Cut, desk.Now, "");
            case RenderOutcome.Rendered rendered:
                return Without(look, rendered.PicturesProblem);
            case RenderOutcome.Failed failed:
                return Without(look, failed.Reason);
            case RenderOutcome.Unavailable unavailable:
                return Without(look, "unavailable: " + unavailable.Reason);
            default:
                throw new InvalidOperationException("unknown outcome");
        }
    }

    private RenderedLook Without(Observation look, string problem) => new(look.Id, [], "", false, desk.Now, problem);
}
