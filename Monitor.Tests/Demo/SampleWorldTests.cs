using System.Text;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Time.Testing;
using Monitor.Worker.Demo;

namespace Monitor.Tests.Demo;

public sealed class SampleWorldTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    public static TheoryData<int> Seeds => [1, 2, 7, 42];

    [Fact]
    public async Task Every_page_and_picture_is_served_while_alive()
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            await using var story = await Story.OpenAsync(seed);
            foreach (var platform in story.World.Platforms)
            {
                foreach (var url in platform.Target.IntakeUrls)
                    Assert.Equal(200, await story.Visitor.StatusAsync(url));
                foreach (var (url, picture) in platform.Target.MediaUrls.Zip(platform.Target.Pictures))
                {
                    using var response = await story.Visitor.GetAsync(url);
                    Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
                    Assert.Equal(picture.Bytes, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
                }

                Assert.Equal(200, await story.Visitor.StatusAsync($"http://{platform.Host}/"));
                Assert.StartsWith("User-agent: *", await story.Visitor.TextAsync($"http://{platform.Host}/robots.txt"), StringComparison.Ordinal);
            }

            Assert.Empty(story.World.Violations);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Pages_hold_the_watch_word_the_pictures_and_the_links_that_act(int seed)
    {
        await using var story = await Story.OpenAsync(seed);
        var parser = new HtmlParser();
        foreach (var platform in story.World.Platforms)
        {
            var page = parser.ParseDocument(await story.Visitor.TextAsync(platform.Target.PageUrl));
            Assert.Equal(platform.Language, page.DocumentElement.GetAttribute("lang"));
            Assert.Contains("đèn lồng xanh", page.Body!.TextContent.Normalize(NormalizationForm.FormC).ToLowerInvariant(), StringComparison.Ordinal);
            var shown = page.QuerySelectorAll("img").Select(image => new Uri(new Uri(platform.Target.PageUrl), image.GetAttribute("src")).AbsoluteUri).ToList();
            var expected = platform.Target.DeadMediaUrl is { } dead ? platform.Target.MediaUrls.Append(dead) : platform.Target.MediaUrls;
            Assert.Equal(expected, shown);
            Assert.Equal(platform.Expected.BankHit, platform.Target.KnownMediaUrls.Count > 0);
            var acting = page.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).Where(href => SamplePages.ActingSegments.Contains(href.Split('/', '?')[1])).ToList();
            Assert.Equal(4, acting.Count);
            foreach (var link in acting)
                await story.Visitor.StatusAsync($"http://{platform.Host}{link}");
        }

        Assert.Equal(4 * story.World.Platforms.Count, story.World.ViolationCount);
        Assert.All(story.World.Violations, violation => Assert.Equal(SampleViolationKind.ActingLink, violation.Kind));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nothing_changes_without_a_notice(int seed)
    {
        await using var story = await Story.OpenAsync(seed);
        story.Clock.Advance(TimeSpan.FromDays(400));
        foreach (var platform in story.World.Platforms)
            Assert.Equal(200, await story.Visitor.StatusAsync(platform.Target.PageUrl));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Removes(int seed)
    {
        await using var story = await Story.OpenAsync(seed, "removes");
        story.Notice();
        story.Pass(story.Timing.Delay - TimeSpan.FromMinutes(1));
        Assert.Equal(200, await story.PageAsync());
        story.Pass(TimeSpan.FromMinutes(1));
        Assert.Contains(await story.PageAsync(), (int[])[404, 410]);
        Assert.All(await story.MediaAsync(), status => Assert.Contains(status, (int[])[404, 410]));
        Assert.Equal(404, await story.Visitor.StatusAsync($"http://{story.Platform.Host}/khong-co/8888"));
        story.Pass(TimeSpan.FromDays(400));
        Assert.Contains(await story.PageAsync(), (int[])[404, 410]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Soft_404(int seed)
    {
        await using var story = await Story.OpenAsync(seed, "soft-404");
        var control = $"http://{story.Platform.Host}/khong-co/8888";
        Assert.Equal(200, await story.Visitor.StatusAsync(control));
        Assert.NotEqual(await story.Visitor.TextAsync(control), await story.Visitor.TextAsync(story.Target.PageUrl));
        story.Notice();
        story.Pass(story.Timing.Delay);
        Assert.Equal(200, await story.PageAsync());
        var missing = await story.Visitor.TextAsync(story.Target.PageUrl);
        Assert.Equal(await story.Visitor.TextAsync(control), missing);
        Assert.Contains(SampleWords.In(story.Platform.Language).SoftMissingTitle, missing, StringComparison.Ordinal);
        Assert.All(await story.MediaAsync(), status => Assert.Equal(404, status));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Leaves_cdn_copy(int seed)
    {
        await using var story = await Story.OpenAsync(seed, "leaves-cdn-copy");
        Assert.NotEqual(story.Platform.Host, story.Platform.MediaHost);
        story.Notice(withMedia: true);
        story.Pass(story.Timing.Delay);
        Assert.Contains(await story.PageAsync(), (int[])[404, 410]);
        story.Pass(TimeSpan.FromDays(30));
        Assert.All(await story.MediaAsync(), status => Assert.Equal(200, status));
        story.Notice();
        story.Pass(TimeSpan.FromDays(2));
        Assert.All(await story.MediaAsync(), status => Assert.Equal(200, status));
        story.Notice(withPage: false, withMedia: true);
        story.Pass(story.Timing.SecondDelay);
        Assert.All(await story.MediaAsync(), status => Assert.Contains(status, (int[])[404, 410]));
        Assert.Contains(await story.PageAsync(), (int[])[404, 410]);
    }

    [Fact]
    public async Task Login_wall()
    {
        var ways = new HashSet<int>();
        foreach (var seed in Enumerable.Range(1, 8))
        {
            await using var story = await Story.OpenAsync(seed, "login-wall");
            story.Notice();
            story.Pass(story.Timing.Delay);
            using var answer = await story.Visitor.GetAsync(story.Target.PageUrl);
            ways.Add((int)answer.StatusCode);
            Assert.All(await story.MediaAsync(), status => Assert.Equal((int)answer.StatusCode, status));
            var form = (int)answer.StatusCode == 302
                ? await story.Visitor.TextAsync(answer.Headers.Location!.AbsoluteUri)
                : await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("type=\"password\"", form, StringComparison.Ordinal);
            Assert.Empty(story.World.Violations);
        }

        Assert.Equal([200, 302], ways.Order());
    }

    [Fact]
    public async Task Unsteady()
    {
        var pauses = 0;
        foreach (var seed in Enumerable.Range(1, 8))
        {
            await using var story = await Story.OpenAsync(seed, "unsteady");
            story.Notice();
            story.Pass(story.Timing.Delay);
            for (var hour = 0; hour < 4; hour++)
            {
                using var answer = await story.Visitor.GetAsync(story.Target.PageUrl);
                Assert.Equal(503, (int)answer.StatusCode);
                pauses += answer.Headers.RetryAfter is null ? 0 : 1;
                story.Pass(TimeSpan.FromHours(1));
            }

            story.Pass(story.Timing.Outage - TimeSpan.FromHours(4));
            Assert.Contains(await story.PageAsync(), (int[])[404, 410]);
            Assert.All(await story.MediaAsync(), status => Assert.Contains(status, (int[])[404, 410]));
        }

        Assert.InRange(pauses, 1, 31);
    }

    [Fact]
    public async Task Geo_restricts()
    {
        var ways = new HashSet<int>();
        foreach (var seed in Enumerable.Range(1, 8))
        {
            await using var story = await Story.OpenAsync(seed, "geo-restricts");
            story.Notice();
            story.Pass(story.Timing.Delay);
            story.Notice();
            story.Pass(TimeSpan.FromDays(60));
            using var answer = await story.Visitor.GetAsync(story.Target.PageUrl);
            ways.Add((int)answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains(story.Platform.Language == "vi" ? "quốc gia của bạn" : "your country", text, StringComparison.Ordinal);
            Assert.All(await story.MediaAsync(), status => Assert.Equal((int)answer.StatusCode, status));
            Assert.Equal(404, await story.Visitor.StatusAsync($"http://{story.Platform.Host}/khong-co/8888"));
        }

        Assert.Equal([403, 451], ways.Order());
    }

    [Fact]
    public async Task Puts_back()
    {
        var afterDurable = 0;
        foreach (var seed in Enumerable.Range(1, 8))
        {
            await using var story = await Story.OpenAsync(seed, "puts-back");
            afterDurable += story.Platform.Expected.ReturnsAfter > TimeSpan.FromDays(16) ? 1 : 0;
            story.Notice();
            story.Pass(story.Timing.Delay);
            Assert.Contains(await story.PageAsync(), (int[])[404, 410]);
            // A reminder while it is gone does not keep it from coming back.
            story.Notice();
            story.Pass(story.Timing.Absence - TimeSpan.FromMinutes(1));
            Assert.Contains(await story.PageAsync(), (int[])[404, 410]);
            story.Pass(TimeSpan.FromMinutes(1));
            Assert.Equal(200, await story.PageAsync());
            Assert.All(await story.MediaAsync(), status => Assert.Equal(200, status));
            story.Notice();
            story.Pass(story.Timing.SecondDelay);
            Assert.Contains(await story.PageAsync(), (int[])[404, 410]);
            story.Pass(TimeSpan.FromDays(400));
            Assert.Contains(await story.PageAsync(), (int[])[404, 410]);
        }

        Assert.InRange(afterDurable, 1, 7);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Talks_about_removal(int seed)
    {
        await using var story = await Story.OpenAsync(seed, "talks-about-removal");
        story.Notice(withMedia: true);
        story.Pass(TimeSpan.FromDays(30));
        Assert.Equal(200, await story.PageAsync());
        Assert.All(await story.MediaAsync(), status => Assert.Equal(200, status));
        Assert.Equal(404, await story.Visitor.StatusAsync(story.Target.DeadMediaUrl!));
        var text = await story.Visitor.TextAsync(story.Target.PageUrl);
        Assert.All(SampleWords.In(story.Platform.Language).RemovedTalk, talk => Assert.Contains(talk, text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Innocent(int seed)
    {
        await using var story = await Story.OpenAsync(seed, "innocent");
        Assert.Empty(story.Target.KnownMediaUrls);
        Assert.False(story.Platform.Expected.Noticed);
        var known = story.World.Internet.HashList.Select(hash => hash.Sha256).ToHashSet();
        Assert.All(story.Target.Pictures, picture => Assert.DoesNotContain(picture.Sha256, known));
        Assert.Equal(200, await story.PageAsync());
    }

    [Fact]
    public async Task Only_mail_to_the_right_box_that_names_a_url_counts()
    {
        await using var story = await Story.OpenAsync(3, "removes");
        var url = story.Target.PageUrl;
        Assert.Equal(NoticeIgnored.UnknownMailbox, story.World.NoticeArrived("someone@" + story.Platform.Host, "s", url, Start).Ignored);
        Assert.Equal(NoticeIgnored.NoKnownUrl, story.World.NoticeArrived(story.Platform.AbuseMailbox, "s", "please remove it", Start).Ignored);
        Assert.Equal(NoticeIgnored.NoKnownUrl, story.World.NoticeArrived(story.Platform.AbuseMailbox, "s", url + "0", Start).Ignored);
        var other = story.World.Platforms.First(platform => platform != story.Platform);
        Assert.Equal(NoticeIgnored.NoKnownUrl, story.World.NoticeArrived(other.AbuseMailbox, "s", url, Start).Ignored);
        Assert.Empty(story.World.ErasOf(story.Platform));

        var defanged = "1) hxxp://" + url[7..].Replace(".", "[.]", StringComparison.Ordinal) + ".\r\n2) (" + story.Target.MediaUrls[0] + "), thanks";
        var reading = story.World.NoticeArrived(story.Platform.AbuseMailbox.ToUpperInvariant(), "s", defanged, Start);
        Assert.Equal([story.Platform], reading.Asked);
        Assert.Equal(new SampleNotice(Start, NamesPage: true, NamesMedia: true), Assert.Single(story.World.NoticesOf(story.Platform)));
        Assert.Equal(SampleState.Gone, story.World.StateAt(story.Platform, Start + story.Timing.Delay));
    }

    [Fact]
    public async Task Requests_and_misdeeds_are_counted()
    {
        var timer = new FakeTimeProvider(Start);
        await using var story = await Story.OpenAsync(5, "removes", new SampleWorldOptions { Latency = TimeSpan.FromSeconds(1), Timer = timer });
        var visits = Task.WhenAll(Enumerable.Range(0, 6).Select(_ => story.PageAsync()));
        while (story.World.Traffic[story.Platform.Host].Requests < 6)
            await Task.Yield();
        await Pass(visits);
        Assert.Equal(new HostTraffic(6, MostAtOnce: 6), story.World.Traffic[story.Platform.Host]);
        await Pass(story.PageAsync());
        Assert.Equal(new HostTraffic(7, MostAtOnce: 6), story.World.Traffic[story.Platform.Host]);

        using var post = new HttpRequestMessage(HttpMethod.Post, story.Target.PageUrl);
        using var posted = await Pass(story.Visitor.SendAsync(post));
        using var known = new HttpRequestMessage(HttpMethod.Get, story.Target.PageUrl);
        known.Headers.Add("Cookie", "visit=1");
        using var recognised = await Pass(story.Visitor.SendAsync(known));
        Assert.Equal(421, await story.Visitor.StatusAsync("http://elsewhere.example/"));
        Assert.Equal(
            [SampleViolationKind.ActingMethod, SampleViolationKind.NotAnonymous, SampleViolationKind.UnknownHost],
            story.World.Violations.Select(violation => violation.Kind));

        async Task<T> Pass<T>(Task<T> visit)
        {
            while (!visit.IsCompleted)
            {
                timer.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            return await visit;
        }
    }

    [Fact]
    public async Task Head_has_the_headers_and_no_body()
    {
        await using var story = await Story.OpenAsync(5, "removes");
        using var head = new HttpRequestMessage(HttpMethod.Head, story.Target.MediaUrls[0]);
        using var answer = await story.Visitor.SendAsync(head);
        Assert.Equal(story.Target.Pictures[0].Bytes.Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Story : IAsyncDisposable
    {
        private Story(SampleWorld world, FakeTimeProvider clock, SamplePlatform platform)
        {
            World = world;
            Clock = clock;
            Platform = platform;
            Visitor = new SampleVisitor(world);
        }

        public SampleWorld World { get; }

        public FakeTimeProvider Clock { get; }

        public SamplePlatform Platform { get; }

        public SampleTarget Target => Platform.Target;

        public SampleTiming Timing => Target.Timing;

        public SampleVisitor Visitor { get; }

        public static async Task<Story> OpenAsync(int seed, string behaviour = "removes", SampleWorldOptions? options = null)
        {
            var clock = new FakeTimeProvider(Start);
            var world = await SampleWorld.StartAsync(seed, clock, options, TestContext.Current.CancellationToken);
            return new Story(world, clock, world.Platforms.Single(platform => platform.Behaviour.Name == behaviour));
        }

        public void Notice(bool withPage = true, bool withMedia = false)
        {
            var urls = (withPage ? (string[])[Target.PageUrl] : []).Concat(withMedia ? Target.MediaUrls : []);
            var reading = World.NoticeArrived(Platform.AbuseMailbox, "subject", string.Join("\r\n", urls), Clock.GetUtcNow());
            Assert.Equal([Platform], reading.Asked);
        }

        public void Pass(TimeSpan time) => Clock.Advance(time);

        public Task<int> PageAsync() => Visitor.StatusAsync(Target.PageUrl);

        public async Task<IReadOnlyList<int>> MediaAsync()
        {
            var statuses = new List<int>();
            foreach (var url in Target.MediaUrls)
                statuses.Add(await Visitor.StatusAsync(url));
            return statuses;
        }

        public async ValueTask DisposeAsync()
        {
            Visitor.Dispose();
            await World.DisposeAsync();
        }
    }
}
