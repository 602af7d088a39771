using System.Net;
using Monitor.Tests.Operations;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Accounts;

namespace Monitor.Tests.Console;

public sealed class SignInTests
{
    [Fact]
    public async Task Nothing_is_shown_before_sign_in_and_the_way_back_is_kept()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        using var visitor = house.Visit();
        var asked = await visitor.GetAsync("/accounts");
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?next=%2Faccounts"), (asked.Status, asked.To));
        await house.AccountAsync("quan.tri");
        var entered = await visitor.SubmitAsync(asked.To!, null, ("name", "Quan.Tri "), ("password", ConsoleHouse.Password));
        Assert.Equal((HttpStatusCode.Redirect, "/accounts"), (entered.Status, entered.To));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/accounts")).Status);
        // Somebody else's address is not where one is led to.
        using var lured = house.Visit();
        Assert.Equal("/", (await lured.SubmitAsync("/sign-in?next=https://elsewhere.example/", null, ("name", "quan.tri"), ("password", ConsoleHouse.Password))).To);
        Assert.Equal("/", (await lured.SubmitAsync("/me", "/look", ("back", "//elsewhere.example"), ("language", "en"))).To);
    }

    [Fact]
    public async Task The_first_administrator_gets_in_by_the_link_once_and_invites_others()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var first = (await house.Desk.House.Accounts.FirstAsync(DeskHouse.Token))!;
        using var admin = house.Visit();
        Assert.Contains("quan.tri", (await admin.GetAsync("/setup/" + first.Token)).Text, StringComparison.Ordinal);
        var weak = await admin.SubmitAsync("/setup/" + first.Token, null, ("password", "quan.tri.1234"), ("again", "quan.tri.1234"));
        Assert.Contains("đoán", weak.Alert, StringComparison.Ordinal);
        Assert.Contains("không giống", (await admin.SubmitAsync("/setup/" + first.Token, null, ("password", ConsoleHouse.Password), ("again", "khác"))).Alert, StringComparison.Ordinal);
        Assert.Equal("/me", (await admin.SubmitAsync("/setup/" + first.Token, null, ("password", ConsoleHouse.Password), ("again", ConsoleHouse.Password))).To);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().GetAsync("/setup/" + first.Token)).Status);
        Assert.Null(await house.Desk.House.Accounts.FirstAsync(DeskHouse.Token));

        var shown = await admin.SubmitAsync("/accounts", "/accounts?handler=invite", ("person", "an.nguyen"));
        var link = shown.Document.QuerySelector(".note .url")!.TextContent.Trim();
        using var other = house.Visit();
        Assert.Equal("/me", (await other.SubmitAsync(new Uri(link).PathAndQuery, null, ("password", ConsoleHouse.Password), ("again", ConsoleHouse.Password))).To);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/accounts")).Status);
        Assert.Equal(
            ["account-invited system", "account-set-up quan.tri", "account-invited quan.tri", "account-set-up an.nguyen"],
            (await house.Desk.Store.CustodyAsync(1, 100, DeskHouse.Token)).Where(entry => entry.Act.Act.StartsWith("account", StringComparison.Ordinal)).Select(entry => $"{entry.Act.Act} {entry.Act.Actor}"));
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        using var admin = await house.VisitAsync("quan.tri");
        var forged = await admin.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/accounts?handler=disable") { Content = new FormUrlEncodedContent([new("person", "quan.tri"), new("reason", "thử")]) });
        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.Null((await house.Desk.Store.FindAccountAsync("quan.tri", DeskHouse.Token))!.Disabled);
    }

    [Fact]
    public async Task Five_wrong_tries_lock_for_a_quarter_of_an_hour_and_say_nothing_of_it()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        await house.AccountAsync("an.nguyen");
        using var visitor = house.Visit();
        var nobody = await visitor.SubmitAsync("/sign-in", null, ("name", "khong.ai"), ("password", ConsoleHouse.Password));
        for (var i = 0; i < 5; i++)
        {
            var wrong = await visitor.SubmitAsync("/sign-in", null, ("name", "an.nguyen"), ("password", "sai"));
            Assert.Equal((HttpStatusCode.Unauthorized, nobody.Alert), (wrong.Status, wrong.Alert));
        }

        var locked = await visitor.SubmitAsync("/sign-in", null, ("name", "an.nguyen"), ("password", ConsoleHouse.Password));
        Assert.Equal((HttpStatusCode.Unauthorized, nobody.Alert), (locked.Status, locked.Alert));
        house.Desk.Later(0.3);
        await visitor.SignInAsync("an.nguyen", ConsoleHouse.Password);
        Assert.Equal(4, (await house.Desk.Store.CustodyOfAsync("an.nguyen", DeskHouse.Token)).Count(entry => entry.Act.Act == "sign-in-failed"));
        Assert.Single(await house.Desk.Store.CustodyOfAsync("an.nguyen", DeskHouse.Token), entry => entry.Act.Act == "sign-in-locked");
    }

    [Fact]
    public async Task A_code_counts_once_and_a_session_ends_with_the_account()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        using var visitor = await house.VisitAsync("an.nguyen");
        var asked = await visitor.SubmitAsync("/me", "/me?handler=newcode");
        var secret = Decode(asked);
        string Code() => TimeCode.Of(secret, house.Desk.Clock.GetUtcNow().ToUnixTimeSeconds() / 30);
        Assert.Contains("không đúng", (await visitor.SubmitAsync(asked, "/me?handler=code", ("code", "000000"))).Alert ?? "", StringComparison.Ordinal);
        Assert.Equal("/me", (await visitor.SubmitAsync(asked, "/me?handler=code", ("code", Code()))).To);
        Assert.Contains("đã đặt", (await visitor.GetAsync("/me")).Text, StringComparison.Ordinal);

        house.Desk.Later(0.1);
        using var other = house.Visit();
        var needed = await other.SubmitAsync("/sign-in", null, ("name", "an.nguyen"), ("password", ConsoleHouse.Password));
        Assert.NotNull(needed.Document.QuerySelector("#code"));
        var code = Code();
        await other.SignInAsync("an.nguyen", ConsoleHouse.Password, code);
        using var third = house.Visit();
        var again = await third.SubmitAsync("/sign-in", null, ("name", "an.nguyen"), ("password", ConsoleHouse.Password), ("code", code));
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);

        DeskHouse.Done(await house.Desk.House.Accounts.DisableAsync(house.Desk.As("quan.tri"), "an.nguyen", "thôi việc", DeskHouse.Token));
        Assert.StartsWith("/sign-in", (await other.GetAsync("/me")).To, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await third.SubmitAsync("/sign-in", null, ("name", "an.nguyen"), ("password", ConsoleHouse.Password), ("code", Code()))).Status);
    }

    [Fact]
    public async Task A_new_password_ends_other_sessions_and_old_sessions_end_by_themselves()
    {
        await using var house = await ConsoleHouse.OpenAsync("  session: 2h\n  fresh: 10m");
        using var one = await house.VisitAsync("quan.tri");
        using var two = await house.VisitAsync("quan.tri");
        const string Better = "năm con thuyền giấy qua sông";
        Assert.NotNull((await one.SubmitAsync("/me", "/me?handler=password", ("current", "sai"), ("password", Better), ("again", Better))).To);
        Assert.Contains("hiện tại", (await one.GetAsync("/me")).Alert, StringComparison.Ordinal);
        await one.SubmitAsync("/me", "/me?handler=password", ("current", ConsoleHouse.Password), ("password", Better), ("again", Better));
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/me")).Status);
        Assert.StartsWith("/sign-in", (await two.GetAsync("/me")).To, StringComparison.Ordinal);

        // What cannot be taken back asks again after ten minutes, and goes on from there.
        house.Desk.Later(0.2);
        Assert.Equal("/confirm?next=%2Faccounts", (await one.SubmitAsync("/accounts", "/accounts?handler=invite", ("person", "an.nguyen"))).To);
        Assert.Equal("/accounts", (await one.SubmitAsync("/confirm?next=%2Faccounts", null, ("password", Better))).To);
        Assert.Equal(HttpStatusCode.OK, (await one.SubmitAsync("/accounts", "/accounts?handler=invite", ("person", "an.nguyen"))).Status);
        house.Desk.Later(2);
        Assert.StartsWith("/sign-in", (await one.GetAsync("/me")).To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_everybody_needs_a_second_factor_nothing_else_is_done_before()
    {
        await using var house = await ConsoleHouse.OpenAsync("  second-factor: true");
        using var visitor = await house.VisitAsync("quan.tri");
        Assert.Equal("/me", (await visitor.GetAsync("/accounts")).To);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task Every_answer_bears_its_guards_and_no_page_is_kept_by_a_browser()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        using var visitor = await house.VisitAsync("quan.tri");
        foreach (var path in new[] { "/", "/me", "/accounts", "/sign-in", "/nothing", "/healthz" })
        {
            var seen = await visitor.GetAsync(path);
            Assert.Equal("no-store", seen.Headers["Cache-Control"].Split(',')[0]);
            Assert.Contains("default-src 'none'", seen.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal(("nosniff", "DENY", "no-referrer"), (seen.Headers["X-Content-Type-Options"], seen.Headers["X-Frame-Options"], seen.Headers["Referrer-Policy"]));
            Assert.DoesNotContain("style=", seen.Html, StringComparison.Ordinal);
        }

        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/healthz") { Headers = { Host = "elsewhere.example" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SendAsync(rebound)).Status);
    }

    /// <summary>RFC 4648 base32 as the page spells it.</summary>
    private static byte[] Decode(Seen page)
    {
        var spelled = page.Document.QuerySelectorAll("section code").Select(one => one.TextContent.Replace(" ", "", StringComparison.Ordinal)).Single(one => one.Length == 32);
        var bits = string.Concat(spelled.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
