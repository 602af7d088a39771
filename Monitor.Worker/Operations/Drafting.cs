using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>The next notice of a request, drafted within an act's own save.</summary>
internal static class Drafting
{
    /// <summary>Puts the draft and its number into the changes. Nothing is put when something is missing; several drafts of one act get numbers in turn.</summary>
    /// <param name="target">As this act leaves it; null: as it is stored.</param>
    public static async Task<DraftResult> AddAsync(Desk desk, NoticeDrafter drafter, TakedownRequest request, Target? target, DraftWish wish, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        var @case = await desk.Store.FindCaseAsync(request.CaseId, AgencyScope.All, cancellation);
        target ??= await desk.Store.FindTargetAsync(request.TargetId, AgencyScope.All, cancellation);
        if (@case is null || target is null)
        {
            return new DraftResult.Incomplete([@case is null ? "case" : "target"]);
        }

        var name = NoticeDrafter.SeriesOf(request.OwnerAgency, desk.Configuration, now);
        var series = changes.Upserts.OfType<NumberSeries>().FirstOrDefault(one => one.Id == name) ?? await desk.Store.SeriesAsync(name, cancellation);
        var result = drafter.Draft(new DraftOrder
        {
            Configuration = desk.Configuration,
            Request = request,
            Case = @case,
            Target = target,
            Kind = wish.Kind,
            Series = series,
            Parent = wish.Parent,
            LiveMedia = wish.LiveMedia,
            To = wish.To,
            By = wish.By,
            Now = now,
        });
        if (result is DraftResult.Drafted drafted)
        {
            changes.Put(drafted.Notice).Put(drafted.Series).Log(Actor.System.Log(now, "draft", drafted.Notice.Id, request.Id, null, drafted.Notice.ContentDigest));
        }

        return result;
    }

    public static Refusal Refusal(DraftResult.Incomplete incomplete) => new(RefusalKind.Conflict, "notice-incomplete", string.Join(", ", incomplete.Missing));
}

/// <param name="Parent">The version it follows; its addressee is the new one's too, unless <paramref name="To"/> says otherwise.</param>
/// <param name="LiveMedia">Media URLs to name; null: all known.</param>
internal sealed record DraftWish(NoticeKind Kind, Notice? Parent, string By, IReadOnlyList<string>? LiveMedia = null, EscalationAddress? To = null);
