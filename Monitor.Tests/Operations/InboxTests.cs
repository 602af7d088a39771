using Monitor.Rules.Hashing;
using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Mailbox;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Inbox;
using Monitor.Worker.Ports;
using static Monitor.Tests.Operations.DeskHouse;

namespace Monitor.Tests.Operations;

/// <summary>Answers and delivery reports, from the message as it came to what it does to the notice, over the real store and vault.</summary>
public sealed class InboxTests
{
    private static readonly Dictionary<string, ReplyCode> NoPages = [];

    [Fact]
    public async Task A_platforms_word_waits_for_a_person_and_then_only_brings_the_next_look_forward()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var mail = await house.TakeInAsync(Messages.Answer("Nội dung đã được gỡ bỏ. Mã yêu cầu: 778812", $"In-Reply-To: <{notice.MessageId}>"));
        Assert.Equal((InboundKind.Answer, InboundState.Proposed, ReplyCode.Removed, MatchedBy.MessageId), (mail.Kind, mail.State, mail.ProposedReply, mail.MatchedBy));
        Assert.Equal((notice.Id, "778812", "abuse@trang-mau.example"), (mail.NoticeId, mail.ExternalTicket, mail.From));
        Assert.Contains(ReplySignal.SenderIsAddressee, mail.Signals);
        Assert.Equal(("reply-waiting", DemandState.Open), ((await house.TargetAsync()).Attention, (await house.RequestAsync(request.Id)).Demand));
        Assert.Equal("778812", (await house.NoticesAsync(request.Id))[0].ExternalTicket);

        house.Later(0.1);
        var before = await house.TargetAsync();
        var done = Done(await house.House.Inbox.AcceptAsync(house.As("an.nguyen"), mail.Id, null, NoPages, Token));
        Assert.Equal(InboundState.Done, done.State);
        var after = await house.RequestAsync(request.Id);
        var target = await house.TargetAsync();
        Assert.Equal((DemandState.Acknowledged, "Removed"), (after.Demand, after.ReplyCode));
        Assert.Null(target.Attention);
        Assert.True(target.NextCheckAt <= house.House.Desk.Now && target.NextCheckAt < before.NextCheckAt);
        // Nothing about the removal itself changed.
        Assert.Equivalent(before.Progress, target.Progress, strict: true);
        Assert.Null(after.ConfirmedAt);
        // Whoever answers has it.
        Assert.Equal((DispatchState.Delivered, DeliveryLabels.Answer), ((await house.NoticesAsync(request.Id))[0].Dispatch, (await house.NoticesAsync(request.Id))[0].DeliveryLabel));
        Assert.Equal(["mail-received", "mail-accepted"], (await house.Store.CustodyOfAsync(mail.Id, Token)).Select(entry => entry.Act.Act));
        Assert.Equal("mail-settled", Refused(await house.House.Inbox.AcceptAsync(house.As("an.nguyen"), mail.Id, null, NoPages, Token)));
    }

    [Fact]
    public async Task A_person_may_read_it_otherwise_than_the_machine()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var mail = await house.TakeInAsync(Messages.Answer($"We will look at {(await house.NoticesAsync(request.Id))[0].Id}."));
        Assert.Equal(MatchedBy.Reference, mail.MatchedBy);
        Done(await house.House.Inbox.AcceptAsync(house.As("binh.tran"), mail.Id, ReplyCode.Refused, NoPages, Token));
        Assert.Equal((DemandState.Refused, "platform-refused"), ((await house.RequestAsync(request.Id)).Demand, (await house.TargetAsync()).Attention));
    }

    [Fact]
    public async Task A_proven_delivery_report_takes_effect_and_a_forged_one_waits()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var first = request.DeliveredAt;
        house.Later(0.2);
        // Whoever guesses our Message-ID, which is no secret, cannot make the machine believe anything.
        var forged = await house.TakeInAsync(Messages.Report("failed", "5.1.1", notice.To, null, notice.MessageId));
        Assert.Equal((InboundKind.Bounce, InboundState.Proposed, MatchedBy.MessageId), (forged.Kind, forged.State, forged.MatchedBy));
        Assert.Equal(DispatchState.Sent, (await house.NoticesAsync(request.Id))[0].Dispatch);

        var proven = await house.TakeInAsync(Messages.Report("delivered", "2.0.0", notice.To, $"{notice.Id}.{notice.ReplyToken}", notice.MessageId));
        Assert.Equal((InboundKind.Delivered, InboundState.Done, MatchedBy.Envelope, "2.0.0"), (proven.Kind, proven.State, proven.MatchedBy, proven.StatusCode));
        var delivered = (await house.NoticesAsync(request.Id))[0];
        Assert.Equal((DispatchState.Delivered, DeliveryLabels.Dsn, first), (delivered.Dispatch, delivered.DeliveryLabel, delivered.DeliveredAt));
        var after = await house.RequestAsync(request.Id);
        Assert.Equal((first, DeliveryLabels.Dsn), (after.DeliveredAt, after.DeliveryLabel));
    }

    [Fact]
    public async Task After_a_bounce_no_deadline_runs_and_the_next_channel_is_drafted_for_approval()
    {
        await using var house = await OpenAsync(configure: config => config.Replace("monitor.yaml", "  from: so@mau.example", "  from: so@mau.example\n  alerts-to: truc@mau.example"));
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        Assert.NotNull(request.LegalDeadline);
        house.Later(0.2);
        var mail = await house.TakeInAsync(Messages.Report("failed", "5.1.1", notice.To, null, "x@y.example", to: $"so+{notice.ReplyToken}@mau.example"));
        Assert.Equal((InboundState.Done, MatchedBy.Token), (mail.State, mail.MatchedBy));
        var notices = await house.NoticesAsync(request.Id);
        Assert.Equal((DispatchState.Bounced, DispatchState.Drafted), (notices[0].Dispatch, notices[1].Dispatch));
        Assert.Equal((NoticeKind.Takedown, "dai-dien@trang-mau.example", notice.Id), (notices[1].Kind, notices[1].To, notices[1].Parent));
        var after = await house.RequestAsync(request.Id);
        Assert.Equal((null, null, null, null), (after.DeliveredAt, after.LegalDeadline, after.NextReminderAt, after.DeliveryLabel));
        Assert.Equal(("bounced", null), ((await house.TargetAsync()).Attention, (await house.TargetAsync()).LegalDeadline));
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Contains(house.Mail.Mails, one => one.To == "truc@mau.example" && one.Text.Contains(notices[1].Id, StringComparison.Ordinal));

        // The new addressee is a new demand: it needs its own two people, and starts the clock.
        house.Later(1);
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), notices[1].Id, Token));
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Equal(house.House.Desk.Now.AddHours(24), (await house.RequestAsync(request.Id)).LegalDeadline);
        Assert.Null((await house.TargetAsync()).Attention);
        // A second bounce leaves nobody to write to; a person mends the profile.
        house.Later(0.1);
        await house.TakeInAsync(Messages.Report("failed", "5.1.1", notices[1].To, null, "z@y.example", to: $"so+{(await house.NoticesAsync(request.Id))[1].ReplyToken}@mau.example"));
        Assert.Equal(2, (await house.NoticesAsync(request.Id)).Count);
        Assert.Equal("no-other-channel", Refused(await house.House.FollowUps.RedirectAsync(house.As("an.nguyen"), request.Id, Token)));
        house.Config.Replace("platforms/trang-mau.yaml", "phap-ly@trang-mau.example", "moi@trang-mau.example");
        Assert.True(house.House.Configuration.CheckNow());
        var mended = Done(await house.House.FollowUps.RedirectAsync(house.As("an.nguyen"), request.Id, Token));
        Assert.Equal(("moi@trang-mau.example", DispatchState.Drafted), (mended.To, mended.Dispatch));
    }

    [Fact]
    public async Task A_bounce_does_not_take_back_what_an_answer_proves()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var answer = await house.TakeInAsync(Messages.Answer("Đã tiếp nhận.", $"In-Reply-To: <{notice.MessageId}>"));
        Done(await house.House.Inbox.AcceptAsync(house.As("an.nguyen"), answer.Id, null, NoPages, Token));
        var late = await house.TakeInAsync(Messages.Report("failed", "5.4.7", notice.To, $"{notice.Id}.{notice.ReplyToken}", notice.MessageId));
        Assert.Equal(InboundState.Proposed, late.State);
        Assert.Contains(ReplySignal.DoesNotFit, late.Signals);
        Assert.Equal(DispatchState.Delivered, (await house.NoticesAsync(request.Id))[0].Dispatch);
        Assert.NotNull((await house.RequestAsync(request.Id)).DeliveredAt);
        Assert.Equal("notice-state", Refused(await house.House.Inbox.AcceptAsync(house.As("an.nguyen"), late.Id, null, NoPages, Token)));
        Done(await house.House.Inbox.DismissAsync(house.As("an.nguyen"), late.Id, "đến sau khi nơi nhận đã trả lời", Token));
    }

    [Fact]
    public async Task A_failure_of_somewhere_the_addressee_forwards_to_is_not_the_addressees()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var mail = await house.TakeInAsync(Messages.Report("failed", "5.1.1", "nhan-vien@xa-xoi.example", $"{notice.Id}.{notice.ReplyToken}", notice.MessageId));
        Assert.Equal(InboundState.Proposed, mail.State);
        Assert.Contains(ReplySignal.OtherRecipient, mail.Signals);
        await house.House.MailIntake.SettleAsync(Token);
        Assert.Equal(DispatchState.Sent, (await house.NoticesAsync(request.Id))[0].Dispatch);
    }

    /// <summary>Found by an attack: the kind was the first recipient's, and the rest the addressee's.</summary>
    [Theory]
    [InlineData("delivered", "2.0.0", "failed", "5.1.1", InboundKind.Bounce, DispatchState.Bounced)]
    [InlineData("relayed", "2.0.0", "failed", "5.1.1", InboundKind.Bounce, DispatchState.Bounced)]
    [InlineData("failed", "5.1.1", "delivered", "2.0.0", InboundKind.Delivered, DispatchState.Delivered)]
    public async Task Of_several_recipients_the_addressees_end_counts(string other, string otherStatus, string action, string status, InboundKind kind, DispatchState dispatch)
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var mail = await house.TakeInAsync(Messages.Report(action, status, notice.To, $"{notice.Id}.{notice.ReplyToken}", notice.MessageId, before: $"Final-Recipient: rfc822; luu-tru@xa-xoi.example\nAction: {other}\nStatus: {otherStatus}"));
        Assert.Equal((kind, InboundState.Done, status), (mail.Kind, mail.State, mail.StatusCode));
        Assert.Equal(dispatch, (await house.NoticesAsync(request.Id))[0].Dispatch);
    }

    /// <summary>Found by an attack: each of these took effect by itself.</summary>
    [Theory]
    [InlineData("delivered", "5.1.1", "", ReplySignal.Contradicts)]
    [InlineData("failed", "2.0.0", "", ReplySignal.Contradicts)]
    [InlineData("failed", "5.1.1", "delivered", ReplySignal.Contradicts)]
    [InlineData("delivered", "2.0.0", "other", ReplySignal.OtherRecipient)]
    public async Task A_proven_report_that_does_not_go_together_waits_for_a_person(string action, string status, string rest, ReplySignal signal)
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var mail = await house.TakeInAsync(Messages.Report(action, status, rest == "other" ? "ai-do@xa-xoi.example" : notice.To, $"{notice.Id}.{notice.ReplyToken}", notice.MessageId,
            before: rest is "" or "other" ? "" : $"Final-Recipient: rfc822; {notice.To}\nAction: {rest}\nStatus: 2.0.0"));
        Assert.Equal(InboundState.Proposed, mail.State);
        Assert.Contains(signal, mail.Signals);
        Assert.Equal("reply-waiting", (await house.TargetAsync()).Attention);
        await house.House.MailIntake.SettleAsync(Token);
        Assert.Equal((DispatchState.Sent, DeliveryLabels.Server), ((await house.NoticesAsync(request.Id))[0].Dispatch, (await house.NoticesAsync(request.Id))[0].DeliveryLabel));
        Assert.NotNull((await house.RequestAsync(request.Id)).LegalDeadline);
    }

    [Fact]
    public async Task A_report_to_one_notices_address_about_another_notice_moves_neither()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var second = await house.DraftAsync($"http://{Host}/u/hoa.mai/bai/1002");
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), second.Id, Token));
        await house.House.Sweeps.DispatchAsync(Token);
        second = (await house.Store.FindNoticeAsync(second.Id, AgencyScope.All, Token))!;
        var mail = await house.TakeInAsync(Messages.Report("failed", "5.1.1", notice.To, $"{second.Id}.{second.ReplyToken}", second.MessageId, to: $"so+{notice.ReplyToken}@mau.example"));
        Assert.Equal(InboundState.Proposed, mail.State);
        Assert.Contains(ReplySignal.Contradicts, mail.Signals);
        Assert.Equal(DispatchState.Sent, (await house.NoticesAsync(request.Id))[0].Dispatch);
        Assert.Equal(DispatchState.Sent, (await house.Store.FindNoticeAsync(second.Id, AgencyScope.All, Token))!.Dispatch);
    }

    /// <summary>Mail systems change the case of Message-IDs, and a report about a reminder names the notice it reminds of too.</summary>
    [Fact]
    public async Task A_report_that_names_other_versions_of_its_demand_does_not_contradict_itself()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        house.Later(25);
        await house.House.Sweeps.RemindAsync(Token);
        await house.House.Sweeps.DispatchAsync(Token);
        var notices = await house.NoticesAsync(request.Id);
        Assert.Equal((2, NoticeKind.Reminder, DispatchState.Sent), (notices.Count, notices[1].Kind, notices[1].Dispatch));
        // The reminder's own address, envelope and Message-ID in other letters; the first notice's in the thread.
        var report = Messages.Report("delivered", "2.0.0", notices[1].To, $"{notices[1].Id}.{notices[1].ReplyToken}", notices[1].MessageId.ToLowerInvariant(), to: $"so+{notices[1].ReplyToken}@mau.example");
        report = Messages.Raw(System.Text.Encoding.UTF8.GetString(report).Replace("MIME-Version: 1.0", $"References: <{notices[0].MessageId}>\nMIME-Version: 1.0", StringComparison.Ordinal));
        var mail = await house.TakeInAsync(report);
        Assert.Equal((notices[1].Id, InboundState.Done), (mail.NoticeId, mail.State));
        Assert.DoesNotContain(ReplySignal.Contradicts, mail.Signals);
        Assert.Equal(DispatchState.Delivered, (await house.NoticesAsync(request.Id))[1].Dispatch);
    }

    /// <summary>Found by an attack: words and an empty envelope sender, which every automatic reply has, took the deadline away.</summary>
    [Theory]
    [InlineData("Delivery Status Notification (Success)", "Your message was delivered.")]
    [InlineData("Undeliverable", "sorry")]
    [InlineData("Re: Yeu cau", "Thank you, we have received your report. A copy to our other office could not be delivered.")]
    public async Task Words_without_a_report_are_no_bounce_whatever_address_they_came_to(string subject, string text)
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var mail = await house.TakeInAsync(Messages.Answer(text, "Return-Path: <>", from: "postmaster@trang-mau.example", to: $"so+{notice.ReplyToken}@mau.example", subject: subject));
        Assert.Equal(InboundState.Proposed, mail.State);
        Assert.Equal(MatchedBy.Token, mail.MatchedBy);
        Assert.Equal("reply-waiting", (await house.TargetAsync()).Attention);
        await house.House.MailIntake.SettleAsync(Token);
        Assert.Equal(DispatchState.Sent, (await house.NoticesAsync(request.Id))[0].Dispatch);
        Assert.Equal(request.LegalDeadline, (await house.RequestAsync(request.Id)).LegalDeadline);
    }

    [Fact]
    public async Task A_bounce_after_a_report_of_delivery_is_put_before_a_person()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        Assert.Equal(InboundState.Done, (await house.TakeInAsync(Messages.Report("delivered", "2.0.0", notice.To, $"{notice.Id}.{notice.ReplyToken}", notice.MessageId))).State);
        Assert.Null((await house.TargetAsync()).Attention);
        var bounce = await house.TakeInAsync(Messages.Report("failed", "5.1.1", notice.To, $"{notice.Id}.{notice.ReplyToken}", notice.MessageId));
        Assert.Contains(ReplySignal.DoesNotFit, bounce.Signals);
        Assert.Equal("reply-waiting", (await house.TargetAsync()).Attention);
    }

    /// <summary>Found by an attack: a refusal in a language nobody reads here was filed because its header said that a machine sent it.</summary>
    [Theory]
    [InlineData("Wir lehnen Ihren Antrag ab.", "Auto-Submitted: auto-replied\n")]
    [InlineData("We see nothing wrong here, so it stays. Do not reply to this email.", "")]
    public async Task An_automatic_reply_that_cannot_be_read_is_put_before_a_person(string text, string header)
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var mail = await house.TakeInAsync(Messages.Answer(text, $"{header}In-Reply-To: <{notice.MessageId}>"));
        Assert.Equal((InboundKind.Answer, InboundState.Proposed), (mail.Kind, mail.State));
        Assert.Equal("reply-waiting", (await house.TargetAsync()).Attention);
    }

    [Fact]
    public async Task What_cannot_be_taken_in_here_is_told_as_any_other_trouble_of_the_mailbox()
    {
        var box = new ScriptedMailbox { Thrown = new InvalidOperationException("x") };
        await using var house = await OpenAsync(mailbox: box, configure: config => config.Replace("monitor.yaml", "  from: so@mau.example", "  from: so@mau.example\n  alerts-to: truc@mau.example"));
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => house.House.Sweeps.ReadInboxAsync(Token));
            house.Later(0.1);
        }

        Assert.Equal("not-taken-in", house.House.MailIntake.Failing?.Problem);
        Assert.Single(await house.Store.OpenAlertsAsync(AgencyScope.All, new Paging(null, 10), Token));
    }

    [Theory]
    [InlineData("relayed", InboundKind.Relayed)]
    [InlineData("delayed", InboundKind.Delayed)]
    public async Task Reports_that_prove_nothing_are_filed(string action, InboundKind kind)
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var mail = await house.TakeInAsync(Messages.Report(action, "4.0.0", notice.To, $"{notice.Id}.{notice.ReplyToken}", notice.MessageId));
        Assert.Equal((kind, InboundState.Done), (mail.Kind, mail.State));
        Assert.Equal((DispatchState.Sent, DeliveryLabels.Server), ((await house.NoticesAsync(request.Id))[0].Dispatch, (await house.NoticesAsync(request.Id))[0].DeliveryLabel));
    }

    [Fact]
    public async Task An_automatic_reply_is_no_answer_but_its_ticket_leads_later_answers_home()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var auto = await house.TakeInAsync(Messages.Answer("We have received your report. Ticket #990017.", $"Auto-Submitted: auto-replied\nIn-Reply-To: <{notice.MessageId}>", id: "auto@trang-mau.example"));
        Assert.Equal((InboundKind.AutoReply, InboundState.Done), (auto.Kind, auto.State));
        Assert.Equal(DemandState.Open, (await house.RequestAsync(request.Id)).Demand);
        Assert.Null((await house.TargetAsync()).Attention);

        var later = await house.TakeInAsync(Messages.Answer("The page was removed.", subject: "[#990017] solved", id: "later@trang-mau.example"));
        Assert.Equal((notice.Id, MatchedBy.Ticket, ReplyCode.Removed), (later.NoticeId, later.MatchedBy, later.ProposedReply));
        // The same number from somebody else's domain is anybody's number.
        var stranger = await house.TakeInAsync(Messages.Answer("The page was removed.", subject: "[#990017] solved", from: "x@khac.example", id: "other@khac.example"));
        Assert.Equal((null, InboundState.Unmatched), (stranger.NoticeId, stranger.State));
    }

    [Fact]
    public async Task What_matches_nothing_waits_and_a_person_says_where_it_belongs()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var mail = await house.TakeInAsync(Messages.Answer($"We took {Url} down.\n\n> {notice.Body.Split('\n').First(line => line.Length > 30)}", from: "x@khac.example"));
        Assert.Equal((InboundState.Unmatched, "ict"), (mail.State, mail.OwnerAgency[..3]));
        Assert.Equal("mail-unmatched", Refused(await house.House.Inbox.AcceptAsync(house.As("an.nguyen"), mail.Id, ReplyCode.Removed, NoPages, Token)));
        Assert.Equal("not-found", Refused(await house.House.Inbox.MatchAsync(house.As("an.nguyen"), mail.Id, "KHONG-2026-00001", "đọc thư", Token)));
        Assert.Equal("reason-needed", Refused(await house.House.Inbox.MatchAsync(house.As("an.nguyen"), mail.Id, notice.Id, " ", Token)));
        var matched = Done(await house.House.Inbox.MatchAsync(house.As("an.nguyen"), mail.Id, notice.Id, "nêu đúng địa chỉ", Token));
        Assert.Equal((InboundState.Proposed, MatchedBy.Person, ReplyCode.Removed), (matched.State, matched.MatchedBy, matched.ProposedReply));
        Assert.Contains(ReplySignal.SenderIsAnother, matched.Signals);
        Done(await house.House.Inbox.AcceptAsync(house.As("an.nguyen"), mail.Id, null, NoPages, Token));
        Assert.Equal(DemandState.Acknowledged, (await house.RequestAsync(request.Id)).Demand);
    }

    [Fact]
    public async Task The_same_message_is_taken_in_once_however_often_the_mailbox_is_read_anew()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var message = Messages.Answer("Đã gỡ bỏ.", $"In-Reply-To: <{(await house.NoticesAsync(request.Id))[0].MessageId}>");
        await house.TakeInAsync(message);
        Assert.Null(await house.House.MailIntake.TakeInAsync(new ReceivedMail(message, message.Length, house.House.Desk.Now, null), new MailboxCursor { Id = "hop-thu", Validity = 9, LastUid = 1 }, Token));
        Assert.Single(await house.Store.ListMailAsync(null, AgencyScope.All, new Paging(null, 10), Token));
        Assert.Equal((9u, 1u), ((await house.Store.CursorAsync("hop-thu", Token)).Validity, (await house.Store.CursorAsync("hop-thu", Token)).LastUid));
    }

    [Fact]
    public async Task Messages_that_could_not_be_read_are_listed_too()
    {
        await using var house = await OpenAsync();
        var lost = await house.House.MailIntake.TakeInAsync(new ReceivedMail([], 0, house.House.Desk.Now, MailContainment.NotFetched), new MailboxCursor { Id = "hop-thu", Validity = 1, LastUid = 7 }, Token);
        Assert.Equal((InboundState.Unmatched, MailContainment.NotFetched, null), (lost!.State, lost.Contained, lost.ContentId));
        Assert.Equal("mail-unreadable", Refused(await house.House.Inbox.TextAsync(house.As("an.nguyen"), lost.Id, Token)));
        var garbage = await house.TakeInAsync([0xFF, 0xFE, 0, 1, 2, 3]);
        Assert.Equal(InboundState.Unmatched, garbage.State);
    }

    [Fact]
    public async Task The_words_are_read_from_what_was_sealed_and_the_look_is_written_down()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        var mail = await house.TakeInAsync(Messages.Answer($"DẤU-VẾT-RIÊNG: đã gỡ.\n\n> {notice.Body.Split('\n').First(line => line.Length > 30)}", $"In-Reply-To: <{notice.MessageId}>"));
        var text = Done(await house.House.Inbox.TextAsync(house.As("an.nguyen"), mail.Id, Token));
        Assert.Equal("DẤU-VẾT-RIÊNG: đã gỡ.", text.Said);
        Assert.Contains(">", text.Whole, StringComparison.Ordinal);
        Assert.Contains("mail-read", (await house.Store.CustodyOfAsync(mail.Id, Token)).Select(entry => entry.Act.Act));
        // The row quotes nothing of it.
        Assert.DoesNotContain("DẤU-VẾT-RIÊNG", System.Text.Json.JsonSerializer.Serialize(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_agency_whose_notice_it_answers_decides_and_only_who_may()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var mail = await house.TakeInAsync(Messages.Answer("Đã gỡ bỏ.", $"In-Reply-To: <{(await house.NoticesAsync(request.Id))[0].MessageId}>"));
        Assert.Equal("role-needed", Refused(await house.House.Inbox.AcceptAsync(house.As("chi.le"), mail.Id, null, NoPages, Token)));
        var others = house.House.Desk.Configuration.People.Values.Where(person => person.AgencyId != mail.OwnerAgency).Select(person => person.Id).ToList();
        Assert.NotEmpty(others);
        foreach (var other in others)
            Assert.Contains(Refused(await house.House.Inbox.AcceptAsync(house.As(other), mail.Id, null, NoPages, Token)), new[] { "role-needed", "not-found", "mail-agency" });
        Assert.Equal(InboundState.Proposed, (await house.Store.FindMailAsync(mail.Id, AgencyScope.All, Token))!.State);
    }

    [Fact]
    public async Task A_report_that_comes_while_its_notice_is_still_being_sent_waits_for_it()
    {
        await using var house = await OpenAsync();
        var request = await house.DemandAsync();
        var notice = (await house.NoticesAsync(request.Id))[0];
        // As it stands between the server's 250 and our writing it down.
        var sending = notice with { Dispatch = DispatchState.Sending, DeliveredAt = null, DeliveryLabel = null };
        await house.Store.CommitAsync(new ChangeSet().Put(sending).Log(Actor.System.Log(house.House.Desk.Now, "test", notice.Id)), Token);
        var mail = await house.TakeInAsync(Messages.Report("delivered", "2.0.0", notice.To, $"{notice.Id}.{notice.ReplyToken}", notice.MessageId));
        Assert.Equal(InboundState.Proposed, mail.State);
        Assert.Contains(ReplySignal.DoesNotFit, mail.Signals);
        var unknown = (await house.NoticesAsync(request.Id))[0] with { Dispatch = DispatchState.DeliveryUnknown };
        await house.Store.CommitAsync(new ChangeSet().Put(unknown).Log(Actor.System.Log(house.House.Desk.Now, "test", notice.Id)), Token);
        await house.House.MailIntake.SettleAsync(Token);
        Assert.Equal((DispatchState.Delivered, DeliveryLabels.Dsn), ((await house.NoticesAsync(request.Id))[0].Dispatch, (await house.NoticesAsync(request.Id))[0].DeliveryLabel));
        var settled = (await house.Store.FindMailAsync(mail.Id, AgencyScope.All, Token))!;
        Assert.Equal(InboundState.Done, settled.State);
        Assert.DoesNotContain(ReplySignal.DoesNotFit, settled.Signals);
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_read_is_told_once_after_half_an_hour_and_its_return_is_written_down()
    {
        var box = new ScriptedMailbox();
        await using var house = await OpenAsync(mailbox: box, configure: config => config.Replace("monitor.yaml", "  from: so@mau.example", "  from: so@mau.example\n  alerts-to: truc@mau.example"));
        box.Problem = MailboxProblem.SignInRefused;
        for (var i = 0; i < 10; i++)
        {
            await house.House.Sweeps.ReadInboxAsync(Token);
            house.Later(0.1);
        }

        Assert.Equal("sign-in-refused", house.House.MailIntake.Failing?.Problem);
        Assert.Single(await house.Store.OpenAlertsAsync(AgencyScope.All, new Paging(null, 10), Token));
        box.Problem = null;
        box.Waiting.Enqueue(Messages.Answer("?"));
        Assert.Equal(1, await house.House.Sweeps.ReadInboxAsync(Token));
        Assert.Null(house.House.MailIntake.Failing);
        Assert.Null((await house.Store.CursorAsync("hop-thu", Token)).FailingSince);
    }

    [Fact]
    public async Task Pages_of_one_notice_get_what_the_answer_says_of_each()
    {
        await using var house = await OpenAsync(rest: "required-vantages: [direct]\nitems-per-notice: 5");
        var first = await house.DraftAsync($"http://{Host}/u/hoa.mai/bai/1001");
        var second = await house.DraftAsync($"http://{Host}/u/hoa.mai/bai/1002");
        Assert.Equal(first.Id, second.Id);
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), second.Id, (await ShownAsync(house, second.Id)).ToString(), Token));
        await house.House.Sweeps.DispatchAsync(Token);
        var notice = (await house.Store.FindNoticeAsync(second.Id, AgencyScope.All, Token))!;
        Assert.Equal(2, notice.RequestIds.Count);
        var mail = await house.TakeInAsync(Messages.Answer($"http://{Host}/u/hoa.mai/bai/1002 has been removed.", $"In-Reply-To: <{notice.MessageId}>"));
        Assert.Equal([notice.RequestIds[1]], mail.RequestIds);
        Assert.Contains(ReplySignal.NamesPages, mail.Signals);
        Assert.Equal("mail-other-page", Refused(await house.House.Inbox.AcceptAsync(house.As("an.nguyen"), mail.Id, null, new Dictionary<string, ReplyCode> { ["R000009-1"] = ReplyCode.Removed }, Token)));
        Done(await house.House.Inbox.AcceptAsync(house.As("an.nguyen"), mail.Id, null, new Dictionary<string, ReplyCode> { [notice.RequestIds[0]] = ReplyCode.Refused }, Token));
        Assert.Equal((DemandState.Refused, DemandState.Acknowledged), ((await house.RequestAsync(notice.RequestIds[0])).Demand, (await house.RequestAsync(notice.RequestIds[1])).Demand));
    }

    private static async Task<Digest> ShownAsync(DeskHouse house, string reference)
    {
        var notice = (await house.Store.FindNoticeAsync(reference, AgencyScope.All, Token))!;
        return NoticeContents.AsSeenBy(house.House.Desk, house.As("chi.le"), notice).ContentDigest;
    }

    private sealed class ScriptedMailbox : IMailbox
    {
        public MailboxProblem? Problem { get; set; }

        public Exception? Thrown { get; init; }

        public Queue<byte[]> Waiting { get; } = [];

        public string? Id => "hop-thu";

        public async Task<MailboxReading> ReadAsync(MailboxCursor cursor, Func<ReceivedMail, MailboxCursor, CancellationToken, Task<bool>> take, CancellationToken cancellation)
        {
            if (Thrown is { } thrown)
                throw thrown;
            if (Problem is { } problem)
                return new MailboxReading.Failed(cursor, problem, "");
            while (Waiting.TryDequeue(out var message))
            {
                cursor = cursor with { Validity = 1, LastUid = cursor.LastUid + 1 };
                if (!await take(new ReceivedMail(message, message.Length, DateTimeOffset.UtcNow, null), cursor, cancellation))
                    break;
            }

            return new MailboxReading.Done(cursor);
        }
    }
}
