using System.CommandLine;
using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli.Verbs;

public static class TakedownVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("takedowns", "Yêu cầu gỡ bỏ", "Takedown requests",
    [
        List(verbs), Show(verbs), Preview(verbs), Approve(verbs), Signed(verbs), Cancel(verbs), Reply(verbs),
        Change(verbs, "hold", "Công an tạm giữ: không gửi gì thêm", "Police hold: nothing more is sent", (ops, actor, id, reason, token) => ops.HoldAsync(actor, id, reason, token)),
        Change(verbs, "release", "Công an thôi tạm giữ", "Police release the hold", (ops, actor, id, reason, token) => ops.ReleaseAsync(actor, id, reason, token)),
        Change(verbs, "retract", "Rút yêu cầu gửi nhầm", "Retract a request made in error", (ops, actor, id, reason, token) => ops.RetractAsync(actor, id, reason, token)),
        Redirect(verbs), TakedownFormVerb.Build(verbs), .. TakedownHandVerbs.Build(verbs), .. ObjectionVerbs.Build(verbs), .. TakedownBulkVerbs.Build(verbs),
    ]);

    private static Command List(VerbSet verbs)
    {
        var state = new Option<DemandState?>("--state") { Description = string.Join(" | ", Enum.GetNames<DemandState>()) };
        var drafts = new Option<bool>("--to-approve") { Description = verbs.Say("chỉ các dự thảo chờ phê duyệt", "only drafts that wait for approval") };
        var (after, count) = Paged.Options();
        return verbs.Read("list", "Liệt kê", "List", [state, drafts, after, count], async (house, actor, parsed, token) =>
        {
            if (parsed.GetValue(drafts))
            {
                var waiting = await house.Store.NoticesInAsync(DispatchState.Drafted, actor.Scope, Paged.Of(parsed, after, count), token);
                if (verbs.Context.Json)
                {
                    foreach (var notice in waiting)
                    {
                        verbs.Context.Line(new { id = notice.Id, request = notice.RequestId, requests = notice.RequestIds, pages = notice.Items.Count, @case = notice.CaseId, target = notice.TargetId, kind = notice.Kind, dispatch = notice.Dispatch, platform = notice.PlatformId, draftedAt = notice.DraftedAt, draftedBy = notice.DraftedBy });
                    }
                }
                else
                {
                    verbs.Context.Table([verbs.Say("Số", "Reference"), verbs.Say("Yêu cầu", "Request"), verbs.Say("Trang", "Pages"), verbs.Say("Loại", "Kind"), verbs.Say("Nền tảng", "Platform"), verbs.Say("Soạn lúc", "Drafted"), verbs.Say("Người soạn", "By")],
                        waiting.Select(notice => (IReadOnlyList<string>)[notice.Id, notice.RequestIds.Count == 1 ? notice.RequestId : $"{notice.RequestId} (+{notice.RequestIds.Count - 1})", notice.Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), verbs.Context.Word(notice.Kind), notice.PlatformId, Times.Local(notice.DraftedAt), notice.DraftedBy]));
                }

                return ExitCodes.Done;
            }

            var rows = new List<(TakedownRequest Request, Rules.WatchLists.Target? Target, IReadOnlyList<Notice> Notices)>();
            foreach (var request in await house.Takedowns.ListAsync(actor, parsed.GetValue(state), Paged.Of(parsed, after, count), token))
            {
                rows.Add((request, await house.Store.FindTargetAsync(request.TargetId, AgencyScope.All, token), await house.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, token)));
            }

            if (verbs.Context.Json)
            {
                foreach (var (request, target, notices) in rows)
                {
                    verbs.Context.Line(Rows.Request(request, target, notices));
                }
            }
            else
            {
                verbs.Context.Table(
                    [verbs.Say("Yêu cầu", "Request"), verbs.Say("Trạng thái", "Demand"), verbs.Say("Gỡ bỏ", "Removal"), verbs.Say("Nền tảng", "Platform"), verbs.Say("Thông báo", "Notices"), verbs.Say("Gửi lúc", "Sent"), verbs.Say("Hạn luật định", "Legal deadline"), verbs.Say("Nhắc", "Reminders")],
                    rows.Select(row => (IReadOnlyList<string>)[row.Request.Id, verbs.Context.Word(row.Request.Demand), row.Target is null ? "" : verbs.Context.StateName(row.Target.Progress.State), row.Request.PlatformId,
                        string.Join(", ", row.Notices.Select(notice => $"{notice.Id} {verbs.Context.Word(notice.Dispatch)}")), Times.Local(row.Request.SentAt), Times.Local(row.Request.LegalDeadline), row.Request.Reminders.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
            }

            return ExitCodes.Done;
        });
    }

    private static Command Show(VerbSet verbs)
    {
        var id = new Argument<string>("request") { Description = verbs.Say("số yêu cầu hoặc số thông báo", "request id or notice reference") };
        return verbs.Read("show", "Xem một yêu cầu, đồng hồ và dòng thời gian", "Show a request with its clocks and timeline", [id], async (house, actor, parsed, token) =>
        {
            var wanted = parsed.GetValue(id)!;
            var notice = await house.Store.FindNoticeAsync(wanted, actor.Scope, token);
            if (notice is { RequestIds.Count: > 1 })
            {
                await NoticePages.WriteAsync(verbs, house, actor, notice, token);
                return ExitCodes.Done;
            }

            var target = (await house.Store.FindRequestAsync(wanted, actor.Scope, token))?.TargetId ?? notice?.TargetId;
            return target is null
                ? verbs.Context.Refuse(Refusal.NotFound("request", wanted))
                : verbs.End(await house.Timelines.OfTargetAsync(actor, target, token), story => StoryOutput.Write(verbs.Context, story, house.Desk.Now));
        });
    }

    private static Command Preview(VerbSet verbs)
    {
        var id = new Argument<string>("notice") { Description = verbs.Say("số thông báo", "notice reference") };
        var eml = new Option<string?>("--eml") { Description = verbs.Say("ghi thư vào tệp; ngày gửi và chữ ký DKIM thêm lúc gửi", "write the mail to a file; its date and DKIM signature are set when it is sent") };
        var html = new Option<string?>("--html") { Description = verbs.Say("ghi bản HTML vào tệp", "write the HTML form to a file") };
        var pdf = new Option<string?>("--pdf") { Description = verbs.Say("ghi văn bản PDF vào tệp (để in, ký, đóng dấu)", "write the PDF document to a file (to print, sign and stamp)") };
        var xarf = new Option<string?>("--xarf") { Description = verbs.Say("ghi báo cáo X-ARF v4 vào tệp", "write the X-ARF v4 report to a file") };
        return verbs.Read("preview", "Xem đúng nội dung sẽ gửi", "Show exactly what will be sent", [id, eml, html, pdf, xarf], async (house, actor, parsed, token) =>
        {
            var wanted = parsed.GetValue(id)!;
            if (await house.Store.FindNoticeAsync(wanted, actor.Scope, token) is not { } notice)
            {
                return verbs.Context.Refuse(Refusal.NotFound("notice", wanted));
            }

            notice = NoticeContents.AsSeenBy(house.Desk, actor, notice);
            foreach (var (option, form) in new[] { (html, NoticeForm.Html), (pdf, NoticeForm.Pdf), (xarf, NoticeForm.Xarf) })
            {
                if (parsed.GetValue(option) is { } to && await FormAsync(verbs, house, notice, form, to, token) is { } missing)
                {
                    return verbs.Context.Refuse(missing);
                }
            }

            if (parsed.GetValue(eml) is { } file && await MailAsync(verbs, house, notice, file, token) is { } refused)
            {
                return verbs.Context.Refuse(refused);
            }

            if (verbs.Context.Json)
            {
                verbs.Context.Line(notice);
            }
            else
            {
                verbs.Context.Out.WriteLine($"To: {notice.To}\nSubject: {notice.Subject}\nMessage-ID: <{notice.MessageId}>\nSHA-256: {notice.ContentDigest}\n\n{notice.Body}");
                if (notice is { RequestIds.Count: > 1, Dispatch: DispatchState.Drafted })
                {
                    verbs.Context.Out.WriteLine(CliContext.Clean(verbs.Context.Say(
                        $"{notice.Items.Count} trang. Duyệt đúng bản này: monitor takedowns approve {notice.Id} --digest {notice.ContentDigest} --as {actor.Id}",
                        $"{notice.Items.Count} pages. To approve exactly this: monitor takedowns approve {notice.Id} --digest {notice.ContentDigest} --as {actor.Id}")));
                }
            }

            if (parsed.GetValue(eml) is { } written)
            {
                TellOfMail(verbs, house, written);
            }

            return ExitCodes.Done;
        });
    }

    /// <summary>The date and the signatures of a mail are made when it leaves: whoever keeps the file must know that they are not in it.</summary>
    private static void TellOfMail(VerbSet verbs, House house, string file)
    {
        var smtp = house.Desk.Configuration.Installation.Smtp;
        IReadOnlyList<string> later = [.. new[] { "Date", smtp.Smime is null ? "" : "S/MIME", smtp.Dkim is null ? "" : "DKIM" }.Where(one => one.Length > 0)];
        verbs.Context.Tell(
            new { eml = verbs.Context.PathOf(file), setWhenSent = later },
            $"{verbs.Context.PathOf(file)}: thư đúng như sẽ gửi, trừ những phần chỉ có lúc gửi: {string.Join(", ", later)}.",
            $"{verbs.Context.PathOf(file)}: the mail as it will be sent, but for what is set only then: {string.Join(", ", later)}.");
    }

    /// <summary>One form of the notice, the bytes that an approval seals or has sealed.</summary>
    private static async Task<Refusal?> FormAsync(VerbSet verbs, House house, Notice notice, NoticeForm form, string file, CancellationToken cancellation)
    {
        var (content, refused) = await ContentAsync(house, notice, cancellation);
        if (content is null)
        {
            return refused;
        }

        var bytes = form switch
        {
            NoticeForm.Html => System.Text.Encoding.UTF8.GetBytes(content.Html),
            NoticeForm.Pdf => content.Pdf,
            NoticeForm.Xarf => content.Xarf,
        };
        if (bytes.Length == 0)
        {
            return new Refusal(RefusalKind.NotFound, "no-such-form", notice.Id, form.ToString());
        }

        var path = verbs.Context.PathOf(file);
        try
        {
            await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await stream.WriteAsync(bytes, cancellation);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Invalid, "file-unwritable", path, problem.Message);
        }
    }

    /// <summary>Of an approved notice the sealed bytes, of a draft those that an approval would seal.</summary>
    private static async Task<(NoticeContent? Content, Refusal? Refused)> ContentAsync(House house, Notice notice, CancellationToken cancellation)
    {
        var content = await NoticeContents.FormsAsync(house.Desk, notice, cancellation);
        return content is not null ? (content, null)
            : (null, notice.ContentId is not null ? new Refusal(RefusalKind.Conflict, "content-changed", notice.Id) : new Refusal(RefusalKind.Conflict, "template-changed", notice.Id));
    }

    private enum NoticeForm
    {
        Html,
        Pdf,
        Xarf,
    }

    private static async Task<Refusal?> MailAsync(VerbSet verbs, House house, Notice notice, string file, CancellationToken cancellation)
    {
        var (content, refused) = await ContentAsync(house, notice, cancellation);
        if (content is null)
        {
            return refused;
        }

        var outgoing = await OutgoingNotices.OfAsync(house.Desk, notice, content, await NoticeContents.SignedDocumentAsync(house.Desk, notice, cancellation), cancellation);
        if (Channels.MailComposer.TryCompose(house.Mail.Mail(outgoing), house.Desk.Now.ToOffset(Desk.LocalOffset), out var message) is { } unsent)
        {
            return new Refusal(RefusalKind.Conflict, "not-composed", notice.Id, unsent.Reason.ToString(), unsent.Detail);
        }

        using (message)
        {
            try
            {
                await using var stream = new FileStream(verbs.Context.PathOf(file), FileMode.CreateNew, FileAccess.Write);
                await message.WriteToAsync(stream, cancellation);
                return null;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return new Refusal(RefusalKind.Invalid, "file-unwritable", verbs.Context.PathOf(file), problem.Message);
            }
        }
    }

    private static Command Approve(VerbSet verbs)
    {
        var id = new Argument<string>("notice") { Description = verbs.Say("số thông báo (hoặc số yêu cầu: dự thảo cũ nhất)", "notice reference (or request id: its oldest draft)") };
        var digest = new Option<string?>("--digest") { Description = verbs.Say("SHA-256 mà preview --as in ra: duyệt đúng bản đã xem (bắt buộc khi có nhiều trang)", "SHA-256 that preview --as printed: approve exactly what was looked at (required with several pages)") };
        return verbs.Act("approve", "Phê duyệt (người thứ hai)", "Approve (second person)", [id, digest], async (house, actor, parsed, token) =>
            verbs.End(await house.Takedowns.ApproveAsync(actor, parsed.GetValue(id)!, parsed.GetValue(digest), token), notice => Told(verbs, notice)));
    }

    private static Command Signed(VerbSet verbs)
    {
        var id = new Argument<string>("notice");
        var number = new Option<string>("--number") { Description = verbs.Say("số công văn", "document number"), Required = true };
        var file = new Option<string>("--file") { Description = "PDF", Required = true };
        return verbs.Act("signed", "Nộp bản đã ký và số công văn", "Upload the signed document with its number", [id, number, file], async (house, actor, parsed, token) =>
        {
            var (bytes, refused) = await GivenFile.ReadAsync(verbs.Context, parsed.GetValue(file)!, token);
            if (refused is not null)
            {
                return verbs.Context.Refuse(refused);
            }

            return verbs.End(await house.Takedowns.SignedAsync(actor, parsed.GetValue(id)!, parsed.GetValue(number)!, bytes!, token), notice => Told(verbs, notice));
        });
    }

    private static Command Cancel(VerbSet verbs)
    {
        var id = new Argument<string>("notice");
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("cancel", "Huỷ thông báo chưa gửi", "Cancel a notice that was not sent", [id, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Takedowns.CancelAsync(actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, token), notice => Told(verbs, notice)));
    }

    private static Command Reply(VerbSet verbs)
    {
        var id = new Argument<string>("request");
        var code = new Option<string>("--code") { Description = string.Join(" | ", ReplyCodes.All), Required = true };
        code.AcceptOnlyFromAmong(ReplyCodes.All);
        return verbs.Act("reply", "Ghi nhận trả lời của nền tảng (không phải bằng chứng)", "Record the platform's answer (never a proof)", [id, code], async (house, actor, parsed, token) =>
            ReplyCodes.TryRead(parsed.GetValue(code)!, out var meant)
                ? verbs.End(await house.Takedowns.ReplyAsync(actor, parsed.GetValue(id)!, meant, token), request => Told(verbs, request))
                : ExitCodes.Usage);
    }

    private static Command Redirect(VerbSet verbs)
    {
        var id = new Argument<string>("request");
        return verbs.Act("redirect", "Soạn văn bản bị trả lại cho kênh chưa thử của hồ sơ nền tảng", "Draft a bounced demand to a channel of the profile that was not tried", [id], async (house, actor, parsed, token) =>
            verbs.End(await house.FollowUps.RedirectAsync(actor, parsed.GetValue(id)!, token), notice => Told(verbs, notice)));
    }

    private static Command Change(VerbSet verbs, string name, string vietnamese, string english, Func<TakedownOperations, Actor, string, string, CancellationToken, Task<OperationResult<TakedownRequest>>> act)
    {
        var id = new Argument<string>("request");
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act(name, vietnamese, english, [id, reason], async (house, actor, parsed, token) =>
            verbs.End(await act(house.Takedowns, actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, token), request => Told(verbs, request)));
    }

    internal static void Told(VerbSet verbs, Notice notice) => verbs.Context.Tell(
        new { notice = notice.Id, request = notice.RequestId, requests = notice.RequestIds, dispatch = notice.Dispatch },
        $"{notice.Id}: {verbs.Context.Word(notice.Dispatch)}{(notice.RequestIds.Count > 1 ? $" ({notice.Items.Count} trang)" : "")}",
        $"{notice.Id}: {verbs.Context.Word(notice.Dispatch)}{(notice.RequestIds.Count > 1 ? $" ({notice.Items.Count} pages)" : "")}");

    private static void Told(VerbSet verbs, TakedownRequest request) => verbs.Context.Tell(new { request = request.Id, demand = request.Demand }, $"{request.Id}: {verbs.Context.Word(request.Demand)}", $"{request.Id}: {verbs.Context.Word(request.Demand)}");
}
