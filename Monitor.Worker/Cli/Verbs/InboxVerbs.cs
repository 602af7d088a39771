using System.CommandLine;
using System.Globalization;
using Monitor.Rules.Replies;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Mail that came in: answers, delivery reports, and what belongs to nothing yet.</summary>
public static class InboxVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("inbox", "Hộp thư đến: trả lời của nền tảng, báo cáo chuyển thư", "Inbox: answers of platforms, delivery reports",
        List(verbs), Show(verbs), Text(verbs), Accept(verbs), Match(verbs), Dismiss(verbs), Fetch(verbs));

    internal static object Row(InboundMail mail) => new
    {
        mail = mail.Id,
        mail.Kind,
        mail.State,
        receivedAt = mail.ReceivedAt,
        takenAt = mail.TakenAt,
        notice = mail.NoticeId,
        requests = mail.RequestIds,
        matchedBy = mail.MatchedBy is { } by ? CodeName.Of(by) : null,
        proposed = mail.ProposedReply is { } code ? CodeName.Of(code) : null,
        signals = mail.Signals.Select(CodeName.Of),
        from = mail.From,
        proofs = mail.Proofs,
        ticket = mail.ExternalTicket,
        status = mail.StatusCode,
        contained = mail.Contained is { } contained ? CodeName.Of(contained) : null,
        attachments = mail.Attachments.Select(one => new { type = one.Type, bytes = one.Bytes, sha256 = one.Sha256.ToString() }),
        size = mail.Size,
        sha256 = mail.MessageDigest.ToString(),
        decision = mail.Decision,
    };

    private static Command List(VerbSet verbs)
    {
        var state = new Option<InboundState?>("--state") { Description = string.Join(" | ", Enum.GetNames<InboundState>()) };
        var all = new Option<bool>("--all") { Description = verbs.Say("cả thư đã xong", "settled ones too") };
        var (after, count) = Paged.Options();
        return verbs.Read("list", "Thư chờ người xem", "Mail that waits for a person", [state, all, after, count], async (house, actor, parsed, token) =>
        {
            var page = Paged.Of(parsed, after, count);
            var wanted = parsed.GetValue(state);
            var mails = wanted is not null || parsed.GetValue(all)
                ? await house.Store.ListMailAsync(wanted, actor.Scope, page, token)
                : [.. (await house.Inbox.WaitingAsync(actor.Scope, page, token)).Take(page.Count)];
            foreach (var mail in verbs.Context.Json ? mails : [])
            {
                verbs.Context.Line(Row(mail));
            }

            if (verbs.Context.Json)
            {
                return ExitCodes.Done;
            }

            if (house.MailIntake.Failing is { } failing)
            {
                verbs.Context.Out.WriteLine(verbs.Say($"Không đọc được hộp thư từ {Times.Local(failing.Since)}: {failing.Problem}", $"The mailbox cannot be read since {Times.Local(failing.Since)}: {failing.Problem}"));
            }

            verbs.Context.Table([verbs.Say("Thư", "Mail"), verbs.Say("Lúc", "Received"), verbs.Say("Loại", "Kind"), verbs.Say("Văn bản", "Notice"), verbs.Say("Đề xuất", "Proposed"), verbs.Say("Từ", "From"), verbs.Say("Trạng thái", "State")],
                mails.Select(mail => (IReadOnlyList<string>)[mail.Id, Times.Local(mail.ReceivedAt), verbs.Context.Word(mail.Kind), mail.NoticeId ?? "", mail.ProposedReply is { } code ? verbs.Context.Word(code) : "", mail.From, verbs.Context.Word(mail.State)]));
            return ExitCodes.Done;
        });
    }

    private static Command Show(VerbSet verbs)
    {
        var id = new Argument<string>("mail");
        return verbs.Read("show", "Xem thư và vì sao máy đề xuất như vậy", "Show a mail and what its proposal rests on", [id], async (house, actor, parsed, token) =>
        {
            if (await house.Store.FindMailAsync(parsed.GetValue(id)!, actor.Scope, token) is not { } mail)
            {
                return verbs.Context.Refuse(Refusal.NotFound("mail", parsed.GetValue(id)!));
            }

            if (verbs.Context.Json)
            {
                verbs.Context.Line(Row(mail));
                return ExitCodes.Done;
            }

            verbs.Context.Table(["", ""], Facts(verbs, mail).Where(static row => row.Value.Length > 0).Select(row => (IReadOnlyList<string>)[row.Name, row.Value]));
            return ExitCodes.Done;
        });
    }

    private static IEnumerable<(string Name, string Value)> Facts(VerbSet verbs, InboundMail mail)
    {
        yield return (verbs.Say("Thư", "Mail"), mail.Id);
        yield return (verbs.Say("Loại", "Kind"), verbs.Context.Word(mail.Kind));
        yield return (verbs.Say("Trạng thái", "State"), verbs.Context.Word(mail.State));
        yield return (verbs.Say("Nhận lúc", "Received"), Times.Local(mail.ReceivedAt));
        yield return (verbs.Say("Từ", "From"), mail.From);
        yield return (verbs.Say("Xác thực người gửi", "Sender backed by"), mail.Proofs.Count == 0 ? verbs.Say("không có gì", "nothing") : string.Join(", ", mail.Proofs));
        yield return (verbs.Say("Văn bản", "Notice"), mail.NoticeId ?? "");
        yield return (verbs.Say("Ghép theo", "Matched by"), mail.MatchedBy is { } by ? verbs.Context.Word(by) : "");
        yield return (verbs.Say("Về các yêu cầu", "About requests"), string.Join(", ", mail.RequestIds));
        yield return (verbs.Say("Đề xuất", "Proposed"), mail.ProposedReply is { } code ? verbs.Context.Word(code) : "");
        foreach (var signal in mail.Signals)
        {
            yield return (verbs.Say("Vì", "Because"), verbs.Context.Word(signal));
        }

        yield return (verbs.Say("Số phiếu của nơi nhận", "Addressee's ticket"), mail.ExternalTicket ?? "");
        yield return (verbs.Say("Mã trạng thái", "Status code"), mail.StatusCode ?? "");
        yield return (verbs.Say("Không đọc hết", "Not read whole"), mail.Contained is { } contained ? verbs.Context.Word(contained) : "");
        foreach (var one in mail.Attachments)
        {
            yield return (verbs.Say("Tệp kèm (cách ly)", "Attachment (quarantined)"), string.Create(CultureInfo.InvariantCulture, $"{one.Type}, {one.Bytes} B, SHA-256 {one.Sha256}"));
        }

        yield return (verbs.Say("Quyết định", "Decision"), mail.Decision is { } decision ? $"{decision.Person}, {Times.Local(decision.At)}: {decision.Reason}" : "");
    }

    private static Command Text(VerbSet verbs)
    {
        var id = new Argument<string>("mail");
        var whole = new Option<bool>("--whole") { Description = verbs.Say("cả phần trích dẫn thư trước", "with what it quotes") };
        return verbs.Act("text", "Đọc lời thư (được ghi vào nhật ký; không mở tệp kèm)", "Read its words (written to the custody log; attachments stay closed)", [id, whole], async (house, actor, parsed, token) =>
            verbs.End(await house.Inbox.TextAsync(actor, parsed.GetValue(id)!, token), text => verbs.Context.Tell(
                new { mail = text.Mail.Id, from = text.From, subject = text.Subject, text = parsed.GetValue(whole) ? text.Whole : text.Said },
                $"{text.From}\n{text.Subject}\n\n{(parsed.GetValue(whole) ? text.Whole : text.Said)}",
                $"{text.From}\n{text.Subject}\n\n{(parsed.GetValue(whole) ? text.Whole : text.Said)}")));
    }

    private static Command Accept(VerbSet verbs)
    {
        var id = new Argument<string>("mail");
        var reply = new Option<string?>("--reply") { Description = verbs.Say($"nghĩa của thư, nếu khác đề xuất: {string.Join(" | ", ReplyCodes.All)}", $"what it means, where that is not what is proposed: {string.Join(" | ", ReplyCodes.All)}") };
        reply.AcceptOnlyFromAmong(ReplyCodes.All);
        var pages = new Option<string[]>("--page") { Description = verbs.Say("riêng từng trang: R000001-1=removed", "of single pages: R000001-1=removed"), AllowMultipleArgumentsPerToken = true };
        return verbs.Act("accept", "Nhận trả lời (lời nền tảng không phải bằng chứng: chỉ đẩy lần xem kế tiếp lên)", "Accept the answer (never a proof: it only brings the next look forward)", [id, reply, pages], async (house, actor, parsed, token) =>
        {
            var meant = new Dictionary<string, ReplyCode>(StringComparer.Ordinal);
            foreach (var text in parsed.GetValue(pages) ?? [])
            {
                if (text.Split('=', 2) is not [{ Length: > 0 } page, var code] || !ReplyCodes.TryRead(code, out var read))
                {
                    return verbs.Context.Usage($"--page: '{text}' không đúng dạng YÊU_CẦU=NGHĨA (R000001-1=removed).", $"--page: '{text}' is not REQUEST=MEANING (R000001-1=removed).");
                }

                meant[page] = read;
            }

            ReplyCode? all = parsed.GetValue(reply) is { } word && ReplyCodes.TryRead(word, out var one) ? one : null;
            return verbs.End(await house.Inbox.AcceptAsync(actor, parsed.GetValue(id)!, all, meant, token), mail => Told(verbs, mail));
        });
    }

    private static Command Match(VerbSet verbs)
    {
        var id = new Argument<string>("mail");
        var notice = new Argument<string>("notice") { Description = verbs.Say("số văn bản", "reference of the notice") };
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("match", "Ghép thư với văn bản mà thư trả lời", "Say which notice a mail answers", [id, notice, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Inbox.MatchAsync(actor, parsed.GetValue(id)!, parsed.GetValue(notice)!, parsed.GetValue(reason)!, token), mail => Told(verbs, mail)));
    }

    private static Command Dismiss(VerbSet verbs)
    {
        var id = new Argument<string>("mail");
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("dismiss", "Thư không liên quan (vẫn được giữ niêm phong)", "It concerns nothing here (it stays sealed)", [id, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Inbox.DismissAsync(actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, token), mail => Told(verbs, mail)));
    }

    private static Command Fetch(VerbSet verbs) =>
        verbs.Stateful("fetch", "Đọc hộp thư ngay", "Read the mailbox now", [], async (house, _, token) =>
        {
            var taken = await house.Sweeps.ReadInboxAsync(token);
            if (house.MailIntake.Failing is { } failing)
            {
                return verbs.Context.Refuse(new Refusal(RefusalKind.Conflict, "mailbox-fails", failing.Problem));
            }

            verbs.Context.Tell(new { taken, readAt = house.MailIntake.ReadAt },
                house.MailIntake.ReadAt is null ? "Chưa cấu hình hộp thư (inbox.host trong monitor.yaml)." : $"Đã nhận {taken} thư.",
                house.MailIntake.ReadAt is null ? "No mailbox is configured (inbox.host in monitor.yaml)." : $"{taken} messages taken in.");
            return ExitCodes.Done;
        });

    private static void Told(VerbSet verbs, InboundMail mail)
    {
        var proposed = mail is { State: InboundState.Proposed, ProposedReply: { } code } ? $" — {verbs.Context.Word(code)}" : "";
        var words = $"{mail.Id}: {verbs.Context.Word(mail.State)}{(mail.NoticeId is { } notice ? $" ({notice})" : "")}{proposed}";
        verbs.Context.Tell(Row(mail), words, words);
    }
}
