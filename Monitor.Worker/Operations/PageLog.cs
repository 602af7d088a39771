using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Of a notice with several pages each page gets an entry of its own, so that the history of one never has to be read out of another's.</summary>
internal static class PageLog
{
    /// <param name="requests">As this act leaves them; a notice of one page needs nothing beside its own entry.</param>
    /// <param name="approver">The other of the two people is the page's own verifier.</param>
    public static void Add(ChangeSet changes, Actor actor, Notice notice, IEnumerable<TakedownRequest> requests, DateTimeOffset now, string act, string? approver = null)
    {
        if (notice.RequestIds.Count < 2)
        {
            return;
        }

        foreach (var request in requests)
        {
            changes.Log(actor.Log(now, act, request.Id, notice.Id, approver ?? request.VerifiedBy, notice.ContentDigest));
        }
    }

    /// <summary>Where only the notice is at hand.</summary>
    public static void Add(ChangeSet changes, Actor actor, Notice notice, DateTimeOffset now, string act)
    {
        if (notice.RequestIds.Count < 2)
        {
            return;
        }

        foreach (var request in notice.RequestIds)
        {
            changes.Log(actor.Log(now, act, request, notice.Id, notice.ApprovedBy, notice.ContentDigest));
        }
    }
}
