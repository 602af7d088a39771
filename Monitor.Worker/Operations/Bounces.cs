using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// A notice that its addressee certainly does not have. What its delivery had set going is taken back, for nobody may be held to a deadline
/// they never heard of; and the demand is drafted to the platform's next channel, which needs its own approval.
/// </summary>
internal static class Bounces
{
    /// <param name="notice">As it stood before; the table has been asked.</param>
    /// <param name="next">Its state after the bounce.</param>
    /// <param name="problem">What the other side said, in short; shown to people, not logged.</param>
    /// <param name="code">What is logged: a reply or status code.</param>
    public static async Task AddAsync(Desk desk, NoticeDrafter drafter, ChangeSet changes, Actor actor, Notice notice, DispatchState next, string problem, string code, DateTimeOffset now, CancellationToken cancellation)
    {
        var bounced = notice with { Dispatch = next, LastProblem = problem };
        changes.Put(bounced).Log(actor.Log(now, "bounced", notice.Id, code));
        PageLog.Add(changes, actor, notice, now, "bounced");
        var requests = new List<TakedownRequest>();
        foreach (var id in notice.RequestIds)
        {
            if ((changes.Upserts.OfType<TakedownRequest>().FirstOrDefault(row => row.Id == id) ?? await desk.Store.FindRequestAsync(id, AgencyScope.All, cancellation)) is { } request)
            {
                requests.Add(await TakeBackAsync(desk, changes, request, notice, cancellation));
            }
        }

        foreach (var request in requests)
        {
            changes.Put(request);
        }

        await Attention.CallAsync(desk, changes, notice, Attention.Bounced, cancellation);
        var another = await RedirectAsync(desk, drafter, bounced, requests, Actor.System.Id, changes, now, cancellation);
        var words = another is DraftResult.Drafted drafted
            ? $"Đã soạn {drafted.Notice.Id} cho kênh tiếp theo, chờ phê duyệt. / {drafted.Notice.Id} is drafted to the next channel and waits for its approval."
            : "Không còn kênh nào khác: sửa địa chỉ trong hồ sơ nền tảng rồi 'monitor takedowns redirect'. / No other channel is left: mend the address in the platform's profile, then 'monitor takedowns redirect'.";
        await StaffAlerts.AddAsync(desk, changes, notice.OwnerAgency, $"Thông báo bị trả lại / notice bounced: {notice.Id}", $"{notice.Id} ({string.Join(", ", notice.RequestIds)})\nNơi nhận chưa có văn bản. / The addressee does not have it.\n{words}", cancellation);
    }

    /// <summary>Drafts the demand of a bounced notice to a channel of its platform that nothing was sent to yet. Null: there is none, or it is not a demand that may go elsewhere.</summary>
    /// <param name="requests">As this act leaves them.</param>
    public static async Task<DraftResult?> RedirectAsync(Desk desk, NoticeDrafter drafter, Notice bounced, IReadOnlyList<TakedownRequest> requests, string by, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        // A reminder's demand was delivered before; a rung and a relay have addressees of their own, which a person chooses.
        var pages = requests.Where(request => request is { Demand: DemandState.Open or DemandState.Acknowledged, AppearsGone: false }).ToList();
        if (bounced.Kind is not (NoticeKind.Takedown or NoticeKind.Media or NoticeKind.Reappearance) || pages.Count == 0 || !desk.Configuration.Platforms.TryGetValue(bounced.PlatformId, out var platform))
        {
            return null;
        }

        var tried = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { bounced.To };
        foreach (var page in pages)
        {
            foreach (var notice in await desk.Store.NoticesOfRequestAsync(page.Id, AgencyScope.All, cancellation))
            {
                // Whoever has it drafted or sent already needs no second one; what was cancelled was never tried.
                if (notice.Dispatch != DispatchState.Cancelled && notice.Kind is not (NoticeKind.Retraction or NoticeKind.Escalation or NoticeKind.Relay))
                {
                    tried.Add(notice.To);
                }
            }
        }

        if (platform.Channels.FirstOrDefault(channel => channel.Address.Length > 0 && !tried.Contains(channel.Address)) is not { } other)
        {
            return null;
        }

        var result = await Drafting.AddAsync(desk, drafter, pages, null, new DraftWish(bounced.Kind, bounced, by, To: new EscalationAddress("redirect", other, platform.Language)), changes, now, cancellation);
        foreach (var request in result is DraftResult.Drafted drafted ? drafted.Requests : [])
        {
            changes.Put(request);
        }

        return result;
    }

    /// <summary>Only what rests on the server's word is taken back: a receipt or an answer is stronger than a bounce that came later.</summary>
    private static async Task<TakedownRequest> TakeBackAsync(Desk desk, ChangeSet changes, TakedownRequest request, Notice notice, CancellationToken cancellation)
    {
        var others = (await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation)).Any(one => one.Id != notice.Id && one.Dispatch is DispatchState.Sent or DispatchState.Delivered && one.Kind != NoticeKind.Retraction);
        if (others || request.DeliveryLabel is not (DeliveryLabels.Server or DeliveryLabels.Reconciled) || notice.DeliveredAt is null)
        {
            return request;
        }

        if (request.LegalDeadline is { } deadline && await Attention.TargetAsync(desk, changes, request.TargetId, cancellation) is { } target && target.LegalDeadline == deadline)
        {
            changes.Put(target with { LegalDeadline = null });
        }

        return request with { DeliveredAt = null, DeliveryLabel = null, LadderSince = null, NextReminderAt = null, NextRungAt = null };
    }
}
