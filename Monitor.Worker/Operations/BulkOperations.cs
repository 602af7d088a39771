using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Many notices by one reviewed act: what was reviewed has a code, and only exactly that is approved or reminded of. Each one still is an
/// act of its own, with its own two people and its own entry in the custody log; one that is refused does not stop the others.
/// </summary>
public sealed class BulkOperations(Desk desk, TakedownOperations takedowns, FollowUpOperations followUps)
{
    public const int Most = 500;

    /// <summary>Drafts as this person would approve them, with the code of the whole list.</summary>
    /// <param name="references">Empty: all drafts of the person's agency, oldest first.</param>
    public async Task<OperationResult<Review>> ReviewDraftsAsync(Actor actor, IReadOnlyList<string> references, string? platformId, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Approver) is { } refused)
        {
            return refused;
        }

        var drafts = new List<Notice>();
        if (references.Count == 0)
        {
            drafts.AddRange(await desk.Store.NoticesInAsync(DispatchState.Drafted, AgencyScope.Of(actor.AgencyId), new Paging(null, Most), cancellation));
        }
        else if (references.Count > Most)
        {
            return new Refusal(RefusalKind.Invalid, "too-many", Most.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (var reference in references.Distinct(StringComparer.Ordinal))
        {
            if (await desk.Store.FindNoticeAsync(reference, actor.Scope, cancellation) is not { } notice)
            {
                return Refusal.NotFound("notice", reference);
            }

            drafts.Add(notice);
        }

        var lines = new List<ReviewLine>();
        foreach (var draft in drafts.Where(one => platformId is null || one.PlatformId == platformId))
        {
            var mine = actor.Person is { } person ? NoticeDrafter.Resign(draft, person, desk.Configuration) ?? draft : draft;
            lines.Add(new ReviewLine(mine.Id, mine.RequestIds, mine.PlatformId, mine.Kind, [.. mine.Items.Select(item => item.Url)], mine.ContentDigest.ToString()));
        }

        return new OperationResult<Review>.Done(new Review(lines, CodeOf(lines)));
    }

    public async Task<OperationResult<IReadOnlyList<BulkEnd>>> ApproveAsync(Actor actor, IReadOnlyList<string> references, string code, CancellationToken cancellation)
    {
        if (references.Count == 0)
        {
            return new Refusal(RefusalKind.Invalid, "none-named");
        }

        var review = await ReviewDraftsAsync(actor, references, null, cancellation);
        if (review is not OperationResult<Review>.Done { Value: var looked })
        {
            return ((OperationResult<Review>.Refused)review).Refusal;
        }

        if (!string.Equals(looked.Code, code.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal(RefusalKind.Conflict, "review-changed");
        }

        var ends = new List<BulkEnd>();
        foreach (var line in looked.Lines)
        {
            ends.Add(await takedowns.ApproveAsync(actor, line.Notice, line.Digest, cancellation) switch
            {
                OperationResult<Notice>.Done done => new BulkEnd(line.Notice, done.Value.Dispatch, null),
                OperationResult<Notice>.Refused refused => new BulkEnd(line.Notice, null, refused.Refusal),
                _ => throw new InvalidOperationException("unknown result"),
            });
        }

        return new OperationResult<IReadOnlyList<BulkEnd>>.Done(ends);
    }

    /// <summary>Requests that a reminder could be sent of now, with the code of the whole list.</summary>
    /// <param name="requestIds">Empty: all of the person's agency whose content is still up.</param>
    public async Task<OperationResult<Review>> ReviewRemindersAsync(Actor actor, IReadOnlyList<string> requestIds, string? platformId, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Analyst, Role.Verifier, Role.Approver) is { } refused)
        {
            return refused;
        }

        var requests = new List<TakedownRequest>();
        if (requestIds.Count == 0)
        {
            foreach (var state in (DemandState[])[DemandState.Open, DemandState.Acknowledged])
            {
                requests.AddRange((await desk.Store.ListRequestsAsync(state, AgencyScope.Of(actor.AgencyId), new Paging(null, Most), cancellation)).Where(one => one is { SentAt: not null, AppearsGone: false }));
            }
        }
        else if (requestIds.Count > Most)
        {
            return new Refusal(RefusalKind.Invalid, "too-many", Most.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (var id in requestIds.Distinct(StringComparer.Ordinal))
        {
            if (await desk.Store.FindRequestAsync(id, actor.Scope, cancellation) is not { } request)
            {
                return Refusal.NotFound("request", id);
            }

            requests.Add(request);
        }

        var lines = new List<ReviewLine>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var request in requests.Where(one => platformId is null || one.PlatformId == platformId).Take(Most))
        {
            // Pages of one notice are reminded of by one notice, and stand in one line.
            if (taken.Contains(request.Id))
            {
                continue;
            }

            var pages = await followUps.TogetherAsync(request, page => !taken.Contains(page.Id), cancellation);
            var urls = new List<string>();
            foreach (var page in pages)
            {
                taken.Add(page.Id);
                urls.Add((await desk.Store.FindTargetAsync(page.TargetId, AgencyScope.All, cancellation))?.Url ?? "");
            }

            lines.Add(new ReviewLine(request.Id, [.. pages.Select(page => page.Id)], request.PlatformId, NoticeKind.Reminder, urls, string.Join(' ', pages.Select(page => $"{page.Id} {page.Demand} {page.Reminders}"))));
        }

        return new OperationResult<Review>.Done(new Review(lines, CodeOf(lines)));
    }

    public async Task<OperationResult<IReadOnlyList<BulkEnd>>> RemindAsync(Actor actor, IReadOnlyList<string> requestIds, string code, CancellationToken cancellation)
    {
        if (requestIds.Count == 0)
        {
            return new Refusal(RefusalKind.Invalid, "none-named");
        }

        var review = await ReviewRemindersAsync(actor, requestIds, null, cancellation);
        if (review is not OperationResult<Review>.Done { Value: var looked })
        {
            return ((OperationResult<Review>.Refused)review).Refusal;
        }

        if (!string.Equals(looked.Code, code.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal(RefusalKind.Conflict, "review-changed");
        }

        var ends = new List<BulkEnd>();
        foreach (var line in looked.Lines)
        {
            ends.Add(await followUps.RemindNowAsync(actor, line.Notice, cancellation, line.Requests) switch
            {
                OperationResult<Notice>.Done done => new BulkEnd($"{line.Notice} {done.Value.Id}", done.Value.Dispatch, null),
                OperationResult<Notice>.Refused refused => new BulkEnd(line.Notice, null, refused.Refusal),
                _ => throw new InvalidOperationException("unknown result"),
            });
        }

        return new OperationResult<IReadOnlyList<BulkEnd>>.Done(ends);
    }

    /// <summary>Ten hex digits over every line: another draft, another text or another order has another code.</summary>
    private static string CodeOf(IReadOnlyList<ReviewLine> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line.Notice}\t{line.Digest}\n")))))[..10];
}

/// <param name="Lines">In the order in which they will be acted on.</param>
/// <param name="Code">What the reviewer gives back to say "exactly these".</param>
public sealed record Review(IReadOnlyList<ReviewLine> Lines, string Code);

/// <param name="Notice">Reference of the draft; for reminders the request, or the first of those that one notice reminds of.</param>
/// <param name="Digest">Of the content to approve; for reminders the state it was seen in.</param>
public sealed record ReviewLine(string Notice, IReadOnlyList<string> Requests, string Platform, NoticeKind Kind, IReadOnlyList<string> Urls, string Digest);

/// <param name="Dispatch">Where it stands now; null: refused.</param>
public sealed record BulkEnd(string Id, DispatchState? Dispatch, Refusal? Refusal);
