using Monitor.Rules.Takedowns;
using Monitor.Tests.Contracts;

namespace Monitor.Tests.Takedowns;

public sealed class NoticeTests
{
    private static Notice Notice => Rows.Notice(1, "R000001-1") with { Dispatch = DispatchState.Drafted, Kind = NoticeKind.Takedown, MostItems = 2 };

    private static NoticeItem Item(string request = "", string target = "") => new() { Url = "https://lantern.example/" + request, RequestId = request, TargetId = target, FirstSeenAt = Rows.Noon, LastSeenAt = Rows.Noon };

    [Fact]
    public void Only_a_first_demand_that_still_waits_takes_in_another_page_and_only_up_to_its_limit()
    {
        Assert.True((Notice with { Items = [Item("a")] }).HasRoom);
        Assert.False((Notice with { Items = [Item("a"), Item("b")] }).HasRoom);
        Assert.False((Notice with { Items = [Item("a"), Item("b"), Item("c")] }).HasRoom);
        foreach (var state in Enum.GetValues<DispatchState>().Where(state => state != DispatchState.Drafted))
            Assert.False((Notice with { Items = [Item("a")], Dispatch = state }).HasRoom);
        foreach (var kind in Enum.GetValues<NoticeKind>().Where(kind => kind != NoticeKind.Takedown))
            Assert.False((Notice with { Items = [Item("a")], Kind = kind }).HasRoom);
    }

    [Fact]
    public void A_notice_speaks_for_the_requests_and_targets_its_pages_name_once_each_in_their_order()
    {
        var several = Notice with { Items = [Item("R000002-1", "T000002"), Item("R000001-1", "T000001"), Item("R000002-1", "T000002")] };
        Assert.Equal(["R000002-1", "R000001-1"], several.RequestIds);
        Assert.Equal(["T000002", "T000001"], several.TargetIds);
    }

    [Fact]
    public void Rows_of_before_pages_named_their_requests_speak_for_the_notices_own()
    {
        Assert.Equal(["R000001-1"], (Notice with { Items = [Item(), Item()] }).RequestIds);
        Assert.Equal([Notice.TargetId], (Notice with { Items = [Item(), Item()] }).TargetIds);
        Assert.Equal(["R000001-1"], (Notice with { Items = [] }).RequestIds);
        Assert.Equal([Notice.TargetId], (Notice with { Items = [] }).TargetIds);
        // A page without a name of its own, between others that have one, is the notice's own.
        var mixed = Notice with { Items = [Item("R000009-1", "T000009"), Item()] };
        Assert.Equal(["R000009-1", "R000001-1"], mixed.RequestIds);
        Assert.Equal(["T000009", Notice.TargetId], mixed.TargetIds);
    }

    [Fact]
    public void The_digest_covers_every_form()
    {
        var content = new NoticeContent("s", "t", "h", [1], [2]);
        NoticeContent[] others = [content with { Subject = "x" }, content with { Text = "x" }, content with { Html = "x" }, content with { Pdf = [9] }, content with { Xarf = [9] }, content with { Subject = "st", Text = "" }];
        Assert.All(others, other => Assert.NotEqual(content.Digest, other.Digest));
        Assert.Equal(content.Digest, (content with { Pdf = [1] }).Digest);
    }

    /// <summary>What a profile or an older row does not say is nothing, and never a made-up word that could reach an addressee.</summary>
    [Fact]
    public void What_is_not_said_is_empty()
    {
        var bare = new Notice
        {
            Id = "x",
            RequestId = "r",
            CaseId = "c",
            TargetId = "t",
            OwnerAgency = "o",
            Kind = NoticeKind.Takedown,
            Number = 1,
            Category = default,
            LegalBasisId = "b",
            PlatformId = "p",
            Channel = default,
            To = "a@b.example",
            Addressee = "a",
            Language = "vi",
            Items = [],
            Subject = "s",
            Body = "b",
            ContentDigest = default,
            DraftedBy = "d",
            DraftedAt = Rows.Noon,
            MessageId = "m",
        };
        var bareItem = new NoticeItem { Url = "u", FirstSeenAt = Rows.Noon, LastSeenAt = Rows.Noon };
        Assert.Equal(("", "", ""), (bare.UrgencyGround, bare.Template, bare.Model));
        Assert.Equal(("", "", ""), (bareItem.RequestId, bareItem.TargetId, bareItem.CaseId));
        Assert.Equal("alert", new OutboxMessage { Id = "A000001", Kind = OutboxKind.Alert, OwnerAgency = "o", CreatedAt = Rows.Noon }.Lane);
        var api = new ApiChannelProfile();
        Assert.Equal(("Authorization", "Idempotency-Key", "id"), (api.KeyHeader, api.IdempotencyHeader, api.ReceiptField));
        Assert.Equal(["", "", "", "", "", "", ""], [api.KeyPrefix, api.SecretVariable, api.SecretFile, api.TokenUrl, api.ClientId, api.Scope, api.LookupUrl]);
    }
}
