using Monitor.Rules.Takedowns;
using Monitor.Tests.Operations;
using Monitor.Worker.Jobs;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Serilog;
using static Monitor.Tests.Operations.DeskHouse;

namespace Monitor.Tests.Jobs;

/// <summary>What happens to an approved notice when the way out misbehaves, in virtual time over the real store and vault.</summary>
public sealed class SendingTests
{
    [Fact]
    public async Task What_was_approved_is_what_the_channel_gets_and_it_gets_it_once()
    {
        await using var post = await PostOffice.OpenAsync();
        var notice = await post.ApprovedAsync();
        await post.DispatchAsync();
        await post.DispatchAsync();
        var sent = Assert.Single(post.Channel.Sent);
        Assert.Equal(notice.ContentDigest, sent.Content.Digest);
        Assert.Equal(DispatchState.Sending, sent.Notice.Dispatch);
        Assert.Equal((DispatchState.Sent, 1), ((await post.NoticeAsync(notice.Id)).Dispatch, (await post.NoticeAsync(notice.Id)).Attempts));
    }

    [Fact]
    public async Task A_send_of_unknown_fate_is_asked_for_three_times_resent_once_marked_and_a_person_is_told()
    {
        await using var post = await PostOffice.OpenAsync();
        var notice = await post.ApprovedAsync();
        post.Channel.Answers.Enqueue(new SendResult.Unknown(UnknownReason.ConnectionLost, "after DATA"));
        await post.DispatchAsync();
        Assert.Equal(DispatchState.DeliveryUnknown, (await post.NoticeAsync(notice.Id)).Dispatch);

        foreach (var (minutes, asked) in new[] { (0.5, 0), (1, 1), (5, 1), (5, 2), (10, 2) })
        {
            post.Later(minutes);
            await post.DispatchAsync();
            Assert.Equal(asked, post.Channel.Asked);
        }

        Assert.Single(post.Channel.Sent);
        post.Later(10);
        await post.DispatchAsync();
        Assert.Equal((3, 2), (post.Channel.Asked, post.Channel.Sent.Count));
        Assert.Equal((false, true), (post.Channel.Sent[0].Notice.ResentCopy, post.Channel.Sent[1].Notice.ResentCopy));
        Assert.Single(post.Channel.Sent.Select(one => (one.Notice.Id, one.Notice.MessageId, one.Content.Digest)).Distinct());
        Assert.Equal(DispatchState.Sent, (await post.NoticeAsync(notice.Id)).Dispatch);
        await post.DispatchAsync();
        Assert.Contains(post.House.Mail.Mails, mail => mail.Subject.Contains("resent copy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_of_unknown_fate_too_is_never_sent_a_third_time_and_a_person_is_told()
    {
        await using var post = await PostOffice.OpenAsync();
        var notice = await post.ApprovedAsync();
        post.Channel.Always = new SendResult.Unknown(UnknownReason.TimedOut, "no answer");
        for (var minute = 0; minute < 600; minute += 5)
        {
            await post.DispatchAsync();
            post.Later(5);
        }

        Assert.Equal(2, post.Channel.Sent.Count);
        Assert.Equal(DispatchState.DeliveryUnknown, (await post.NoticeAsync(notice.Id)).Dispatch);
        Assert.Equal("delivery-unknown", (await post.House.TargetAsync()).Attention);
        Assert.Contains(post.House.Mail.Mails, mail => mail.Subject.Contains("delivery unknown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_knows_that_it_had_arrived_ends_the_doubt_without_a_copy()
    {
        await using var post = await PostOffice.OpenAsync();
        var notice = await post.ApprovedAsync();
        post.Channel.Answers.Enqueue(new SendResult.Unknown(UnknownReason.TimedOut, "no answer"));
        await post.DispatchAsync();
        post.Channel.Fate = new FateAnswer.Accepted("PHIEU-1", Delivered: true, "look-up");
        post.Later(1);
        await post.DispatchAsync();
        var known = await post.NoticeAsync(notice.Id);
        Assert.Equal((DispatchState.Delivered, "PHIEU-1", DeliveryLabels.Receipt), (known.Dispatch, known.Receipt, known.DeliveryLabel));
        Assert.Single(post.Channel.Sent);
        Assert.NotNull((await post.House.RequestAsync(notice.RequestId)).DeliveredAt);
    }

    [Fact]
    public async Task What_certainly_never_arrived_is_sent_as_if_for_the_first_time()
    {
        await using var post = await PostOffice.OpenAsync();
        await post.ApprovedAsync();
        post.Channel.Answers.Enqueue(new SendResult.Unknown(UnknownReason.TimedOut, "no answer"));
        await post.DispatchAsync();
        post.Channel.Fate = new FateAnswer.NeverArrived("look-up: no such key");
        post.Later(1);
        await post.DispatchAsync();
        await post.DispatchAsync();
        Assert.Equal([false, false], post.Channel.Sent.Select(one => one.Notice.ResentCopy));
    }

    [Fact]
    public async Task A_worker_that_died_while_sending_leaves_a_doubt_and_not_a_second_first_send()
    {
        await using var post = await PostOffice.OpenAsync();
        var notice = await post.ApprovedAsync();
        // The intent is saved, the message leaves, and the process is gone before the answer is written down.
        post.Channel.Dies = true;
        await post.DispatchAsync();
        Assert.Equal(DispatchState.Sending, (await post.NoticeAsync(notice.Id)).Dispatch);
        post.Channel.Dies = false;
        await post.DispatchAsync();
        Assert.Single(post.Channel.Sent);
        post.Later(15);
        await post.DispatchAsync();
        Assert.Equal(DispatchState.DeliveryUnknown, (await post.NoticeAsync(notice.Id)).Dispatch);
        Assert.Single(post.Channel.Sent);
        post.Later(1);
        await post.DispatchAsync();
        post.Later(10);
        await post.DispatchAsync();
        post.Later(30);
        await post.DispatchAsync();
        Assert.Equal([false, true], post.Channel.Sent.Select(one => one.Notice.ResentCopy));
    }

    [Fact]
    public async Task What_was_held_or_withdrawn_meanwhile_is_not_sent()
    {
        await using var post = await PostOffice.OpenAsync();
        var notice = await post.ApprovedAsync();
        Done(await post.House.House.Takedowns.HoldAsync(post.House.As("dung.pham"), notice.RequestId, "đang điều tra", Token));
        await post.DispatchAsync();
        Assert.Empty(post.Channel.Sent);
        Done(await post.House.House.Takedowns.ReleaseAsync(post.House.As("dung.pham"), notice.RequestId, "xong", Token));
        post.Later(61);
        await post.DispatchAsync();
        Assert.Single(post.Channel.Sent);

        var second = await post.ApprovedAsync("bai/1002");
        Done(await post.House.House.Takedowns.RetractAsync(post.House.As("binh.tran"), second.RequestId, "nhầm trang", Token));
        await post.DispatchAsync();
        Assert.Single(post.Channel.Sent);
        Assert.Equal(DispatchState.Cancelled, (await post.NoticeAsync(second.Id)).Dispatch);
    }

    [Fact]
    public async Task A_copy_is_not_sent_of_what_was_withdrawn_while_its_fate_was_unknown()
    {
        await using var post = await PostOffice.OpenAsync();
        var notice = await post.ApprovedAsync();
        post.Channel.Answers.Enqueue(new SendResult.Unknown(UnknownReason.TimedOut, "no answer"));
        await post.DispatchAsync();
        Done(await post.House.House.Takedowns.RetractAsync(post.House.As("binh.tran"), notice.RequestId, "nhầm trang", Token));
        for (var turn = 0; turn < 20; turn++)
        {
            post.Later(10);
            await post.DispatchAsync();
        }

        Assert.Single(post.Channel.Sent);
        // Something may be there: whoever may have it is told that it is taken back.
        Assert.Contains(await post.House.NoticesAsync(notice.RequestId), one => one.Kind == NoticeKind.Retraction && one.To == notice.To);
    }

    [Fact]
    public async Task A_refusal_for_good_ends_the_sending_and_a_deferral_only_postpones_it()
    {
        await using var post = await PostOffice.OpenAsync();
        var refused = await post.ApprovedAsync();
        post.Channel.Answers.Enqueue(new SendResult.Rejected(550, "no such user"));
        await post.DispatchAsync();
        Assert.Equal(DispatchState.Bounced, (await post.NoticeAsync(refused.Id)).Dispatch);
        Assert.Equal("bounced", (await post.House.TargetAsync()).Attention);

        var late = await post.ApprovedAsync("bai/1002");
        post.Channel.Answers.Enqueue(new SendResult.Deferred(451, "later", TimeSpan.FromMinutes(40)));
        await post.DispatchAsync();
        var tries = post.Channel.Sent.Count;
        post.Later(39);
        await post.DispatchAsync();
        Assert.Equal(tries, post.Channel.Sent.Count);
        post.Later(2);
        await post.DispatchAsync();
        Assert.Equal(tries + 1, post.Channel.Sent.Count);
        Assert.Equal(DispatchState.Sent, (await post.NoticeAsync(late.Id)).Dispatch);
    }

    [Fact]
    public async Task A_dead_addressee_holds_up_nobody_else_and_is_left_alone_longer_and_longer()
    {
        await using var post = await PostOffice.OpenAsync();
        post.Channel.Dead = "trang-mau.example";
        await post.ApprovedAsync();
        var other = await post.ApprovedAsync("bai/7", "khac.example");
        await post.DispatchAsync();
        Assert.Equal(DispatchState.Sent, (await post.NoticeAsync(other.Id)).Dispatch);

        for (var minute = 0; minute < 120; minute++)
        {
            await post.DispatchAsync();
            post.Later(1);
        }

        // 1 + 2 + 4 + 8 + 16 + 32 + 60 minutes: about seven tries in two hours, not 120.
        Assert.InRange(post.Channel.Sent.Count(one => one.Notice.To.EndsWith("trang-mau.example", StringComparison.Ordinal)), 5, 9);
    }

    [Fact]
    public async Task No_more_leave_in_an_hour_than_the_platform_takes()
    {
        await using var post = await PostOffice.OpenAsync(perHour: 2);
        foreach (var page in new[] { "bai/1", "bai/2", "bai/3", "bai/4", "bai/5" })
            await post.ApprovedAsync(page);
        await post.DispatchAsync();
        Assert.Equal(2, post.Channel.Sent.Count);
        post.Later(59);
        await post.DispatchAsync();
        Assert.Equal(2, post.Channel.Sent.Count);
        post.Later(2);
        await post.DispatchAsync();
        Assert.Equal(4, post.Channel.Sent.Count);
        post.Later(61);
        await post.DispatchAsync();
        Assert.Equal(5, post.Channel.Sent.Count);
    }

    [Fact]
    public async Task A_channel_that_nobody_configured_waits_for_a_person_and_loses_nothing()
    {
        await using var post = await PostOffice.OpenAsync();
        var notice = await post.ApprovedAsync();
        post.Channel.Missing = true;
        await post.DispatchAsync();
        Assert.Equal((DispatchState.Approved, "no-channel"), ((await post.NoticeAsync(notice.Id)).Dispatch, (await post.NoticeAsync(notice.Id)).LastProblem));
        Assert.Equal("cannot-send", (await post.House.TargetAsync()).Attention);
        post.Channel.Missing = false;
        post.Later(6 * 60 + 1);
        await post.DispatchAsync();
        Assert.Single(post.Channel.Sent);
        Assert.Null((await post.House.TargetAsync()).Attention);
    }

    [Fact]
    public async Task What_can_no_longer_be_read_is_told_to_a_person_once_and_holds_up_nobody()
    {
        await using var post = await PostOffice.OpenAsync();
        var damaged = await post.ApprovedAsync();
        // The last sealed item is what was approved just now.
        var segment = new DirectoryInfo(Path.Combine(post.House.House.Options.DataDirectory, "vault")).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Directory!.Name == "segments").OrderBy(file => file.Name, StringComparer.Ordinal).Last();
        await using (var file = new FileStream(segment.FullName, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Seek(-8, SeekOrigin.End);
            await file.WriteAsync(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, Token);
        }

        Assert.IsType<OpenResult.Damaged>(await post.House.House.Desk.Vault.OpenAsync(damaged.ContentId!, Token));
        var other = await post.ApprovedAsync("bai/7", "khac.example");
        await post.DispatchAsync();
        Assert.Equal(other.Id, Assert.Single(post.Channel.Sent).Notice.Id);
        var left = await post.NoticeAsync(damaged.Id);
        Assert.Equal((DispatchState.Approved, "content-unreadable", null), (left.Dispatch, left.LastProblem, left.SentAt));
        Assert.Equal("cannot-send", (await post.House.TargetAsync()).Attention);
        Assert.Contains(await post.House.Store.CustodyOfAsync(damaged.Id, Token), entry => entry.Act is { Act: "not-sent", Reason: "content-unreadable" });

        // Tried again every six hours, and told once.
        for (var turn = 0; turn < 5; turn++)
        {
            post.Later(6 * 60 + 1);
            await post.DispatchAsync();
        }

        Assert.Single(post.Channel.Sent);
        Assert.Single(await post.House.Store.OpenAlertsAsync(AgencyScope.All, new Paging(null, 100), Token), alert => alert.Subject!.Contains(damaged.Id, StringComparison.Ordinal));
        Assert.Contains(post.House.Mail.Mails, mail => mail.Subject.Contains("cannot be read", StringComparison.Ordinal));
    }

    /// <summary>A house whose notices leave by a channel that does what the test says.</summary>
    private sealed class PostOffice : IAsyncDisposable
    {
        private readonly OutboxDispatcher _dispatcher;

        private PostOffice(DeskHouse house)
        {
            House = house;
            var desk = house.House.Desk;
            _dispatcher = new OutboxDispatcher(desk, new NoticeSending(desk, _ => Channel.Missing ? null : Channel, new Worker.Notices.NoticeDrafter()), new AlertSending(desk, () => house.Mail), new LoggerConfiguration().CreateLogger());
        }

        public DeskHouse House { get; }

        public ScriptedChannel Channel { get; } = new();

        public static async Task<PostOffice> OpenAsync(int? perHour = null)
        {
            return new PostOffice(await DeskHouse.OpenAsync(configure: config =>
            {
                config.Replace("monitor.yaml", "  from: so@mau.example", "  from: so@mau.example\n  alerts-to: truc@mau.example");
                var profile = config.Read("platforms/trang-mau.yaml");
                config.Write("platforms/khac.yaml", profile.Replace("trang-mau", "khac", StringComparison.Ordinal));
                if (perHour is { } limit)
                    config.Write("platforms/trang-mau.yaml", profile + $"\nnotices-per-hour: {limit}\n");
            }));
        }

        public void Later(double minutes) => House.Later(minutes / 60);

        public Task<int> DispatchAsync() => _dispatcher.DispatchAsync(House.House.Desk.Configuration.Installation.Sweeps, Token);

        public async Task<Notice> NoticeAsync(string id) => (await House.Store.FindNoticeAsync(id, AgencyScope.All, Token))!;

        public async Task<Notice> ApprovedAsync(string page = "bai/1001", string host = DeskHouse.Host)
        {
            var url = $"http://{host}/u/hoa.mai/{page}";
            House.Site.OnText($"/u/hoa.mai/{page}", Pipeline.VantageHouse.Page);
            await House.House.Intake.AddManyAsync(House.As("an.nguyen"), [new IntakeItem { Url = url, WatchListId = "sample", Source = "test" }], Token);
            await House.House.Sweeps.InspectDueAsync(Token);
            var target = (await House.Store.FindTargetByUrlAsync(url, Token))!;
            var verified = Done(await House.House.Cases.VerifyAsync(House.As("binh.tran"), Ids.CaseOf(target.Id), new Verification("đã xem"), Token));
            return Done(await House.House.Takedowns.ApproveAsync(House.As("chi.le"), verified.Notice.Id, Token));
        }

        public ValueTask DisposeAsync() => House.DisposeAsync();
    }

    private sealed class ScriptedChannel : ITakedownChannel
    {
        private readonly Lock _gate = new();

        public ChannelKind Kind => ChannelKind.Smtp;

        public List<OutgoingNotice> Sent { get; } = [];

        public Queue<SendResult> Answers { get; } = new();

        public SendResult? Always { get; set; }

        public FateAnswer Fate { get; set; } = new FateAnswer.NoNews("nobody to ask");

        public int Asked { get; private set; }

        /// <summary>Host of addressees that cannot be reached.</summary>
        public string? Dead { get; set; }

        public bool Missing { get; set; }

        public bool Dies { get; set; }

        public Task<SendResult> SendAsync(OutgoingNotice outgoing, CancellationToken cancellation)
        {
            lock (_gate)
            {
                Sent.Add(outgoing);
                if (Dies)
                    throw new InvalidOperationException("the process is gone");
                if (Dead is { } host && outgoing.Notice.To.EndsWith(host, StringComparison.Ordinal))
                    return Task.FromResult<SendResult>(new SendResult.NotSent(NotSentReason.CannotConnect, "refused"));
                return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : Always ?? new SendResult.Accepted("250 ok", DateTimeOffset.UnixEpoch));
            }
        }

        public Task<FateAnswer> AskFateAsync(OutgoingNotice outgoing, CancellationToken cancellation)
        {
            Asked++;
            return Task.FromResult(Fate);
        }
    }
}
