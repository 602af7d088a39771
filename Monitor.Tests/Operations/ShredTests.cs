using System.Text;
using Monitor.Rules.Evidence;
using Monitor.Rules.Matching;
using Monitor.Tests.Pipeline;
using Monitor.Worker.Banks;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Operations;

/// <summary>What was sealed goes by the rules or by two people, never while it is held, and the log tells before and after.</summary>
public sealed class ShredTests
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, .. Enumerable.Range(0, 3000).Select(at => (byte)(at * 7))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Media_that_no_bank_knows_go_three_days_after_the_verification_and_the_rest_stays()
    {
        await using var house = await OpenAsync();
        await house.DemandAsync();
        var media = Assert.Single(await ItemsAsync(house, "media-exchange"));
        Assert.NotNull(Assert.Single((await house.TargetAsync()).Media).Record);

        house.Later(71);
        await house.House.Sweeps.MaintainAsync(Token);
        Assert.False(Assert.Single(await ItemsAsync(house, "media-exchange")).Shredded);
        house.Later(1.1);
        await house.House.Sweeps.MaintainAsync(Token);

        Assert.True(Assert.Single(await ItemsAsync(house, "media-exchange")).Shredded);
        Assert.All(await ItemsAsync(house, "exchanges"), item => Assert.False(item.Shredded));
        Assert.Null(Assert.Single((await house.TargetAsync()).Media).Record);
        var entries = (await house.Store.CustodyOfAsync("T000001", Token)).Where(entry => entry.Act.Act.StartsWith("shred", StringComparison.Ordinal)).ToList();
        Assert.Equal([("shred", "media-expired"), ("shredded", "media-expired")], entries.Select(entry => (entry.Act.Act, entry.Act.Reason)));
        Assert.Equal([media.Sha256], entries[0].Act.Digests);

        // Still served: it is sealed again when it is seen, and goes again in its time.
        await house.House.Sweeps.InspectDueAsync(Token);
        Assert.Equal(2, (await ItemsAsync(house, "media-exchange")).Count);
        house.Later(73);
        await house.House.Sweeps.MaintainAsync(Token);
        Assert.All(await ItemsAsync(house, "media-exchange"), item => Assert.True(item.Shredded));
    }

    [Fact]
    public async Task A_hold_keeps_it_and_its_end_lets_it_go()
    {
        await using var house = await OpenAsync();
        await house.DemandAsync();
        DeskHouse.Done(await house.House.Evidence.TakeInAsync(house.As("an.nguyen"), EvidenceRequestTests.Order("T000001"), Token));
        house.Later(80);
        await house.House.Sweeps.MaintainAsync(Token);
        await house.House.Sweeps.MaintainAsync(Token);
        Assert.False(Assert.Single(await ItemsAsync(house, "media-exchange")).Shredded);
        Assert.Equal(["shred", "shred-held"], (await house.Store.CustodyOfAsync("T000001", Token)).Select(entry => entry.Act.Act).Where(act => act.StartsWith("shred", StringComparison.Ordinal)));

        DeskHouse.Done(await house.House.Evidence.RefuseAsync(house.As("binh.tran"), "E000001", "không đủ căn cứ", Token));
        house.Later(24);
        await house.House.Sweeps.MaintainAsync(Token);
        Assert.True(Assert.Single(await ItemsAsync(house, "media-exchange")).Shredded);
    }

    [Fact]
    public async Task What_a_bank_comes_to_know_loses_its_key_at_once()
    {
        await using var house = await OpenAsync();
        await house.House.Intake.AddManyAsync(house.As("an.nguyen"), [new IntakeItem { Url = DeskHouse.Url, WatchListId = "sample", Source = "test" }], Token);
        await house.House.Sweeps.InspectDueAsync(Token);
        Assert.False(Assert.Single(await ItemsAsync(house, "media-exchange")).Shredded);
        var list = new MemoryStream(Encoding.ASCII.GetBytes(HumanCapture.DigestOf(Picture) + "\n"));
        DeskHouse.Done(await house.House.Banks.ImportAsync(house.As("an.nguyen"), new BankImportOrder { Bank = "sample", Kind = HashKind.Sha256 }, list, "mẫu", _ => { }, Token));

        house.Later(25);
        await house.House.Sweeps.InspectDueAsync(Token);
        await house.House.Sweeps.MaintainAsync(Token);

        Assert.True(Assert.Single(await ItemsAsync(house, "media-exchange")).Shredded);
        Assert.Contains((await house.Store.CustodyOfAsync("T000001", Token)), entry => entry.Act is { Act: "shred", Reason: "known-material" });
        Assert.Null(Assert.Single((await house.TargetAsync()).Media).Record);
    }

    [Fact]
    public async Task Two_people_destroy_everything_and_one_nothing()
    {
        await using var house = await OpenAsync();
        await house.DemandAsync();
        Assert.Equal("role-needed", DeskHouse.Refused(await house.House.Shredding.AskAsync(house.As("binh.tran"), "T000001", "xong", Token)));
        Assert.Equal("other-agency", DeskHouse.Refused(await house.House.Shredding.AskAsync(house.As("dung.pham"), "T000001", "xong", Token)));
        Assert.Equal("shred-not-asked", DeskHouse.Refused(await house.House.Shredding.ConfirmAsync(house.As("chi.le"), "T000001", "xong", Token)));
        DeskHouse.Done(await house.House.Shredding.AskAsync(house.As("chi.le"), "T000001", "xong", Token));
        Assert.Equal("shred-asked", DeskHouse.Refused(await house.House.Shredding.AskAsync(house.As("quan.tri"), "T000001", "xong", Token)));
        Assert.Equal("same-person", DeskHouse.Refused(await house.House.Shredding.ConfirmAsync(house.As("chi.le"), "T000001", "xong", Token)));
        await house.House.Sweeps.MaintainAsync(Token);
        Assert.All(await house.House.Vault.ItemsOfAsync("T000001", Token), item => Assert.False(item.Shredded));

        var done = DeskHouse.Done(await house.House.Shredding.ConfirmAsync(house.As("quan.tri"), "T000001", "xong", Token));
        var items = await house.House.Vault.ItemsOfAsync("T000001", Token);
        Assert.Equal(items.Count, done.Shredded);
        Assert.InRange(items.Count, 3, 10);
        Assert.All(items, item => Assert.True(item.Shredded));
        Assert.Contains((await house.Store.CustodyOfAsync("T000001", Token)), entry => entry.Act is { Act: "shred", Approver: "quan.tri" } && entry.Act.Digests.Count == items.Count);

        // The next look begins anew.
        house.Later(25);
        await house.House.Sweeps.InspectDueAsync(Token);
        Assert.NotNull((await house.TargetAsync()).PageRecord);
    }

    [Fact]
    public async Task An_order_that_was_begun_and_not_ended_is_gone_on_from()
    {
        await using var house = await OpenAsync();
        await house.DemandAsync();
        house.Later(80);
        // As if it had ended after the vault's write: the keys are gone, the order is still due.
        await house.House.Vault.ShredAsync([.. (await ItemsAsync(house, "media-exchange")).Select(item => item.Id)], Token);
        await house.House.Sweeps.MaintainAsync(Token);
        Assert.Null((await house.Store.FindShredOrderAsync(ShredOrder.IdOf(ShredGround.MediaExpired, "T000001"), Token))!.DueAt);
        Assert.Equal("shred-nothing", (await house.Store.CustodyOfAsync("T000001", Token))[^1].Act.Act);
    }

    private static async Task<DeskHouse> OpenAsync()
    {
        var house = await DeskHouse.OpenAsync();
        house.Site.OnText("/u/hoa.mai/bai/1001", VantageHouse.Page.Replace("<p>Gian hàng số 0", "<img src=\"/anh.jpg\" width=\"400\" height=\"300\"><p>Gian hàng số 0", StringComparison.Ordinal));
        house.Site.On("/anh.jpg", exchange => exchange.RespondAsync(200, Picture, ("Content-Type", "image/jpeg")));
        return house;
    }

    private static async Task<IReadOnlyList<VaultItem>> ItemsAsync(DeskHouse house, string kind) =>
        [.. (await house.House.Vault.ItemsOfAsync("T000001", Token)).Where(item => item.Kind == kind)];
}
