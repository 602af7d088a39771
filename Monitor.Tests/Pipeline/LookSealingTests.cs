using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Banks;
using Monitor.Worker.Operations;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;
using Monitor.Worker.Warc;

namespace Monitor.Tests.Pipeline;

/// <summary>What a look leaves in the vault: everything that is new, references for what is not, heads and digests of what must not be kept.</summary>
public sealed class LookSealingTests
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, .. Enumerable.Range(0, 3000).Select(at => (byte)(at * 7))];

    private static string PageWithPicture { get; } = VantageHouse.Page.Replace("<p>Gian hàng số 0", "<img src=\"/anh.jpg\" width=\"400\" height=\"300\"><p>Gian hàng số 0", StringComparison.Ordinal);

    [Fact]
    public async Task The_first_look_keeps_everything_and_the_next_refers_to_it()
    {
        await using VantageHouse house = await OpenAsync();
        await LookAsync(house);
        var (first, look, media) = await SealedAsync(house);
        Assert.Equal(2, first.Records.Count);
        // robots.txt, page and control; each with request and metadata.
        Assert.Equal(["/robots.txt", "/bai/1001"], Paths(look, "response").Take(2));
        Assert.Equal(look.Count(record => record.Type == "response"), look.Count(record => record.Type == "request"));
        Assert.Equal(look.Count(record => record.Type == "response"), look.Count(record => record.Type == "metadata"));
        var page = look.Single(record => record.Type == "response" && Path(record) == "/bai/1001");
        Assert.Equal((page.Id, Digest(Encoding.UTF8.GetBytes(PageWithPicture))), (first.PageRecord!.RecordId, first.PageRecord.Content));
        Assert.Equal(Digest(Picture), (await house.TargetAsync()).Media.Single().Record!.Content);
        Assert.Equal(Picture, await SealedAnswers.EntityAsync(media.Single(record => record.Type == "response"), TestContext.Current.CancellationToken));

        await LookAsync(house);
        var (second, again, none) = await SealedAsync(house);
        Assert.Empty(none);
        Assert.Single(second.Records);
        Assert.Equal(first.PageRecord, second.PageRecord);
        Assert.Equal(["/bai/1001", "/anh.jpg"], Paths(again, "revisit"));
        Assert.DoesNotContain(again, record => record.Type == "response");
        Assert.All(again.Where(record => record.Type == "revisit"), record =>
        {
            Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(record.Block.Span), StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\n", Encoding.ASCII.GetString(record.Block.Span), StringComparison.Ordinal);
        });
        var visited = again.First(record => record.Type == "revisit");
        Assert.Equal(($"<{page.Id}>", page["WARC-Target-URI"], page["WARC-Date"], page["WARC-Payload-Digest"]), (visited["WARC-Refers-To"], visited["WARC-Refers-To-Target-URI"], visited["WARC-Refers-To-Date"], visited["WARC-Payload-Digest"]));
    }

    [Fact]
    public async Task What_is_sealed_stands_with_its_digest_in_the_log_of_the_act()
    {
        await using VantageHouse house = await OpenAsync();
        await LookAsync(house);
        var observation = (await house.ObservationsAsync())[^1];
        var entry = Assert.Single(await house.House.Store.CustodyOfAsync(observation.Id, TestContext.Current.CancellationToken));
        foreach (var item in observation.Records)
        {
            var opened = Assert.IsType<OpenResult.Opened>(await house.House.Vault.OpenAsync(item, TestContext.Current.CancellationToken));
            Assert.Contains(Digest(opened.Content), entry.Act.Digests);
        }
    }

    [Fact]
    public async Task Nobody_home_leaves_a_record_of_that()
    {
        await using VantageHouse house = await OpenAsync();
        house.Site.On("/bai/1001", exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        await LookAsync(house);
        var (_, look, _) = await SealedAsync(house);
        var metadata = look.Last(record => record.Type == "metadata" && Path(record) == "/bai/1001");
        var facts = WarcReader.BlockFields(metadata).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        Assert.Equal("connection-reset", facts["outcome"]);
        Assert.Equal("direct", facts["vantage"]);
        Assert.Equal("127.0.0.1", facts["pinned"]);
        Assert.StartsWith("system", facts["clock"], StringComparison.Ordinal);
        Assert.DoesNotContain(look, record => record.Type == "response" && Path(record) == "/bai/1001");
    }

    [Fact]
    public async Task Furniture_of_the_site_is_told_by_head_and_digest_only()
    {
        await using VantageHouse house = await OpenAsync();
        house.Site.OnText("/bai/1001", VantageHouse.Page.Replace("<body>", "<body><header><img src=\"/anh.jpg\" width=\"40\" height=\"30\"></header>", StringComparison.Ordinal));
        await LookAsync(house);
        var (observation, look, media) = await SealedAsync(house);
        Assert.Empty(media);
        Assert.Single(observation.Records);
        AssertWithheld(look, "/anh.jpg", "not-the-target's");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Known_material_is_not_kept_unless_police_ordered_it(bool preserve)
    {
        await using VantageHouse house = await OpenAsync();
        var analyst = Assert.IsType<OperationResult<Actor>.Done>(Actor.Resolve("an.nguyen", house.House.Desk.Configuration, house.House.Desk.Today)).Value;
        var list = new MemoryStream(Encoding.ASCII.GetBytes(Digest(Picture) + "\n"));
        Assert.IsType<OperationResult<BankImport>.Done>(await house.House.Banks.ImportAsync(analyst, new BankImportOrder { Bank = "sample", Kind = HashKind.Sha256 }, list, "mẫu", _ => { }, TestContext.Current.CancellationToken));
        if (preserve)
        {
            var target = await house.TargetAsync();
            await house.House.Store.CommitAsync(new ChangeSet().Put(target with { Preserve = true }).Log(Actor.System.Log(house.Clock.GetUtcNow(), "preserve", target.Id)), TestContext.Current.CancellationToken);
        }

        await LookAsync(house);
        var (observation, look, media) = await SealedAsync(house);
        Assert.Single(observation.Matches);
        if (preserve)
        {
            Assert.Equal(Picture, await SealedAnswers.EntityAsync(media.Single(record => record.Type == "response"), TestContext.Current.CancellationToken));
        }
        else
        {
            Assert.Empty(media);
            AssertWithheld(look, "/anh.jpg", "known-material");
            Assert.Null((await house.TargetAsync()).Media.Single().Record);
        }
    }

    private static void AssertWithheld(List<WarcRecord> look, string path, string reason)
    {
        var head = look.Single(record => record.Type == "response" && Path(record) == path);
        Assert.EndsWith("\r\n\r\n", Encoding.ASCII.GetString(head.Block.Span), StringComparison.Ordinal);
        Assert.Equal("unspecified", head["WARC-Truncated"]);
        var facts = WarcReader.BlockFields(look.Single(record => record.Type == "metadata" && Path(record) == path)).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        Assert.Equal((reason, Digest(Picture).ToString(), "3003"), (facts["withheld"], facts["entity-sha256"], facts["entity-length"]));
        Assert.Equal(facts["entity-sha256"], facts["payload-sha256"]);
        // Not a stretch of it is anywhere in what was sealed.
        Assert.DoesNotContain(look, record => record.Block.Span.IndexOf(Picture.AsSpan(100, 16)) >= 0);
    }

    private static async Task<VantageHouse> OpenAsync()
    {
        VantageHouse house = await VantageHouse.OpenAsync("", "direct");
        house.Site.OnText("/bai/1001", PageWithPicture);
        house.Site.On("/anh.jpg", exchange => exchange.RespondAsync(200, Picture, ("Content-Type", "image/jpeg")));
        return house;
    }

    private static async Task LookAsync(VantageHouse house)
    {
        house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(6));
        await house.InspectAsync();
    }

    private static async Task<(Observation Observation, List<WarcRecord> Look, List<WarcRecord> Media)> SealedAsync(VantageHouse house)
    {
        var observation = (await house.ObservationsAsync())[^1];
        var (look, media) = (new List<WarcRecord>(), new List<WarcRecord>());
        foreach (var item in observation.Records)
        {
            var opened = Assert.IsType<OpenResult.Opened>(await house.House.Vault.OpenAsync(item, TestContext.Current.CancellationToken));
            (opened.Kind == VaultKinds.Exchanges ? look : media).AddRange(WarcReader.Read(opened.Content));
        }

        return (observation, look, media);
    }

    private static IEnumerable<string> Paths(IEnumerable<WarcRecord> records, string type) => records.Where(record => record.Type == type).Select(Path);

    private static string Path(WarcRecord record) => new Uri(record["WARC-Target-URI"]!).AbsolutePath;

    private static Digest Digest(byte[] bytes) => Monitor.Rules.Hashing.Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(bytes));
}
