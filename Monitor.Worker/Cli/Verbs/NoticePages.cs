using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>A notice of several pages with where each of them stands: one may be gone while the others are reminded of.</summary>
internal static class NoticePages
{
    public static async Task WriteAsync(VerbSet verbs, House house, Actor actor, Notice notice, CancellationToken cancellation)
    {
        var context = verbs.Context;
        var pages = new List<(NoticeItem Item, TakedownRequest? Request, Rules.WatchLists.Target? Target)>();
        foreach (var item in notice.Items)
        {
            pages.Add((item, await house.Store.FindRequestAsync(item.RequestId, actor.Scope, cancellation), await house.Store.FindTargetAsync(item.TargetId, actor.Scope, cancellation)));
        }

        if (context.Json)
        {
            context.Line(new
            {
                notice = notice.Id,
                notice.Kind,
                notice.Dispatch,
                notice.Channel,
                notice.To,
                platform = notice.PlatformId,
                digest = notice.ContentDigest.ToString(),
                notice.ApprovedBy,
                notice.SentAt,
                notice.DeliveredAt,
                problem = notice.LastProblem,
                pages = pages.Select(page => new
                {
                    url = page.Item.Url,
                    request = page.Item.RequestId,
                    @case = page.Item.CaseId,
                    target = page.Item.TargetId,
                    verifiedBy = page.Request?.VerifiedBy,
                    demand = page.Request?.Demand,
                    removal = page.Target?.Progress.State,
                    reminders = page.Request?.Reminders,
                    rungs = page.Request?.Rungs.Count,
                    legalDeadline = page.Request?.LegalDeadline,
                    nextReminderAt = page.Request?.NextReminderAt,
                }),
            });
            return;
        }

        context.Out.WriteLine(CliContext.Clean($"{notice.Id}  {context.Word(notice.Kind)}  {context.Word(notice.Dispatch)}  {notice.PlatformId}  {notice.To}"));
        context.Out.WriteLine($"SHA-256: {notice.ContentDigest}");
        if (notice.SentAt is { } sent)
        {
            context.Out.WriteLine(context.Say($"Gửi lúc {Times.Local(sent)}", $"Sent {Times.Local(sent)}"));
        }

        context.Table(
            [verbs.Say("Yêu cầu", "Request"), verbs.Say("Hồ sơ", "Case"), verbs.Say("Người xác minh", "Verified by"), verbs.Say("Trạng thái", "Demand"), verbs.Say("Gỡ bỏ", "Removal"), verbs.Say("Nhắc", "Reminders"), verbs.Say("Trang", "Page")],
            pages.Select(page => (IReadOnlyList<string>)
            [
                page.Item.RequestId, page.Item.CaseId, page.Request?.VerifiedBy ?? "", page.Request is null ? "" : context.Word(page.Request.Demand),
                page.Target is null ? "" : context.StateName(page.Target.Progress.State),
                page.Request?.Reminders.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", page.Item.Url,
            ]));
        context.Out.WriteLine(context.Say("Chi tiết từng trang: monitor takedowns show YÊU-CẦU", "Each page by itself: monitor takedowns show REQUEST"));
    }
}
