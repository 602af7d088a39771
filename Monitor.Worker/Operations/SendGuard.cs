using Monitor.Rules.Assessing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>What must hold before a notice leaves: asked at approval and again at the last moment, for every page it names.</summary>
internal static class SendGuard
{
    /// <summary>The requests a notice speaks for, the first one first; null: one of them is not there.</summary>
    public static async Task<IReadOnlyList<TakedownRequest>?> RequestsOfAsync(Desk desk, Notice notice, CancellationToken cancellation)
    {
        var requests = new List<TakedownRequest>();
        foreach (var id in notice.RequestIds)
        {
            if (await desk.Store.FindRequestAsync(id, AgencyScope.All, cancellation) is not { } request)
            {
                return null;
            }

            requests.Add(request);
        }

        return requests;
    }

    /// <summary>The first reason not to send it now, or null.</summary>
    public static Refusal? Check(Desk desk, IReadOnlyList<TakedownRequest> requests, Notice notice, string approver) =>
        requests.Select(request => Unsendable(request, notice) ?? Scope(desk, request, notice, approver)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>The scope lock at this moment, with both people.</summary>
    public static Refusal? Scope(Desk desk, TakedownRequest request, Notice notice, string approver) =>
        // Taking a notice back must always be possible: it needs two people, but no ground that is still valid.
        notice.Kind == NoticeKind.Retraction ? null
        : ScopeLock.Check(request.Category, desk.Configuration.LegalBases.GetValueOrDefault(request.LegalBasisId), request.OwnerAgency, desk.Today, request.VerifiedBy, approver, request.RelayTo is not null) is ScopeAnswer.Refused refused
            ? new Refusal(RefusalKind.NotAllowed, refused.Code, notice.Id)
            : null;

    /// <summary>A withdrawn demand sends nothing but its retraction; a held one nothing at all.</summary>
    public static Refusal? Unsendable(TakedownRequest request, Notice notice) => request.Demand switch
    {
        DemandState.OnHold => new Refusal(RefusalKind.Conflict, "on-hold", request.Id),
        DemandState.Withdrawn when notice.Kind != NoticeKind.Retraction => new Refusal(RefusalKind.Conflict, "withdrawn", request.Id),
        _ => null,
    };

    /// <summary>The pages of a shared notice that must not go out with the others now, each with why; a copy of what may have arrived is not asked about what is gone.</summary>
    public static IReadOnlyList<(TakedownRequest Page, string Code)> Leaving(IReadOnlyList<TakedownRequest> requests, Notice notice) =>
        !SharedDrafts.IsShared(notice) || notice.Kind == NoticeKind.Retraction ? []
        : [.. requests.Select(request => (request, Unsendable(request, notice)?.Code ?? (request.AppearsGone ? "page-gone" : ""))).Where(one => one.Item2.Length > 0)];

    /// <summary>The first of them as a refusal, or null.</summary>
    public static Refusal? MustLeave(IReadOnlyList<TakedownRequest> requests, Notice notice) =>
        Leaving(requests, notice) is [var first, ..] ? new Refusal(RefusalKind.Conflict, first.Code, first.Page.Id) : null;

    /// <summary>The outbox row of an approved notice; null where a person carries it (a web form).</summary>
    public static OutboxMessage? Outgoing(Notice notice, DateTimeOffset now) => notice.Channel == ChannelKind.Form ? null : new OutboxMessage
    {
        Id = notice.Id,
        Kind = OutboxKind.Notice,
        OwnerAgency = notice.OwnerAgency,
        CreatedAt = now,
        DueAt = now,
        Lane = LaneOf(notice),
    };

    /// <summary>By the addressee's host: a rung of the ladder or a relay goes to somebody else than the platform's own notices.</summary>
    public static string LaneOf(Notice notice) => notice.Channel.ToString().ToLowerInvariant() + "/" +
        (Uri.TryCreate(notice.To, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url.Host : notice.To[(notice.To.LastIndexOf('@') + 1)..]).ToLowerInvariant();

    /// <summary>Puts the approved notice on its way: into the outbox, or before a person where only a person can carry it.</summary>
    public static async Task ReleaseAsync(Desk desk, ChangeSet changes, Notice approved, DateTimeOffset now, CancellationToken cancellation)
    {
        if (Outgoing(approved, now) is { } message)
        {
            changes.Put(message);
            return;
        }

        await Attention.CallAsync(desk, changes, approved, Attention.SendByHand, cancellation);
    }
}
