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
    public static Task<DraftResult> AddAsync(Desk desk, NoticeDrafter drafter, TakedownRequest request, Target? target, DraftWish wish, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation) =>
        AddAsync(desk, drafter, [request], target, wish, changes, now, cancellation);

    /// <param name="requests">Whose pages it names, as this act leaves them; the changed ones are put by the caller.</param>
    /// <param name="target">Of the first request, as this act leaves it; null: as it is stored.</param>
    public static async Task<DraftResult> AddAsync(Desk desk, NoticeDrafter drafter, IReadOnlyList<TakedownRequest> requests, Target? target, DraftWish wish, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        var subjects = new List<DraftSubject>();
        foreach (var request in requests)
        {
            var (subject, missing) = await SubjectAsync(desk, request, subjects.Count == 0 ? target : null, wish.LiveMedia, changes, cancellation);
            if (subject is null)
            {
                return new DraftResult.Incomplete([missing!]);
            }

            subjects.Add(subject);
        }

        return await AddAsync(desk, drafter, subjects, wish, changes, now, cancellation);
    }

    public static async Task<DraftResult> AddAsync(Desk desk, NoticeDrafter drafter, IReadOnlyList<DraftSubject> subjects, DraftWish wish, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        var name = NoticeDrafter.SeriesOf(subjects[0].Request.OwnerAgency, desk.Configuration, now);
        var series = changes.Upserts.OfType<NumberSeries>().FirstOrDefault(one => one.Id == name) ?? await desk.Store.SeriesAsync(name, cancellation);
        var result = drafter.Draft(new DraftOrder
        {
            Configuration = desk.Configuration,
            Subjects = subjects,
            Kind = wish.Kind,
            Series = series,
            Parent = wish.Parent,
            Standing = wish.Standing,
            To = wish.To,
            // The signed note without cosignatures: the newest may have none yet, and a draft made again must say the same.
            Checkpoint = (await desk.Store.LatestCheckpointAsync(cancellation))?.Note.Trim('\n'),
            By = wish.By,
            Now = now,
        });
        if (result is DraftResult.Drafted drafted)
        {
            changes.Put(drafted.Notice);
            if (wish.Standing is null)
            {
                changes.Put(drafted.Series);
            }

            changes.Log(Actor.System.Log(now, wish.Standing is null ? "draft" : "draft-anew", drafted.Notice.Id, string.Join(' ', drafted.Notice.RequestIds), null, drafted.Notice.ContentDigest));
            PageLog.Add(changes, Actor.System, drafted.Notice, drafted.Requests, now, wish.Standing is null ? "draft" : "draft-anew");
        }

        return result;
    }

    /// <summary>The page of a request as this act has left it so far, or what is not there.</summary>
    public static async Task<(DraftSubject? Subject, MissingPart? Missing)> SubjectAsync(Desk desk, TakedownRequest request, Target? target, IReadOnlyList<string>? liveMedia, ChangeSet changes, CancellationToken cancellation)
    {
        var @case = changes.Upserts.OfType<Rules.Cases.Case>().FirstOrDefault(row => row.Id == request.CaseId) ?? await desk.Store.FindCaseAsync(request.CaseId, AgencyScope.All, cancellation);
        target ??= await Attention.TargetAsync(desk, changes, request.TargetId, cancellation);
        return @case is null ? (null, new MissingPart(NoticePart.Case)) : target is null ? (null, new MissingPart(NoticePart.Target)) : (new DraftSubject(request, @case, target, liveMedia), null);
    }

    public static Refusal Refusal(DraftResult.Incomplete incomplete) => new(RefusalKind.Conflict, "notice-incomplete", [.. incomplete.Missing.Select(part => part.ToString())]);
}

/// <param name="Parent">The version it follows; its addressee is the new one's too, unless <paramref name="To"/> says otherwise.</param>
/// <param name="LiveMedia">Media URLs to name; null: all known.</param>
/// <param name="Standing">The draft that is rendered anew with these pages.</param>
internal sealed record DraftWish(NoticeKind Kind, Notice? Parent, string By, IReadOnlyList<string>? LiveMedia = null, EscalationAddress? To = null, Notice? Standing = null);
