using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Monitor.Tests.Fetching;
using Monitor.Tests.Loopback;
using Monitor.Worker.Contacts;
using Monitor.Worker.Settings;

namespace Monitor.Tests.Contacts;

/// <summary>Against an RDAP server on loopback: nobody outside is asked.</summary>
public sealed class RdapTests : IAsyncDisposable
{
    private readonly ScriptedHttpServer _server = ScriptedHttpServer.Start();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 7, 1, 3, 0, 0, TimeSpan.Zero));
    private readonly FakeResolver _resolver = new();
    private readonly RdapClient _client;
    private readonly ContactFinder _finder;

    public RdapTests()
    {
        _client = new RdapClient(() => new ContactsSettings { RdapDomain = _server.Url("/d/"), RdapIp = _server.Url("/n") }, _time);
        _finder = new ContactFinder(_client, _resolver, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_abuse_desk_inside_a_registrar_is_found_with_its_roles()
    {
        Answer("/d/domain/mau.example", $$"""
            {"objectClassName":"domain","handle":"D1","ldhName":"MAU.EXAMPLE","entities":[
              {"roles":["registrar"],{{Card("Registrar Mẫu", "info@registrar.example")}},"entities":[
                {"roles":["abuse"],{{Card("Abuse", "abuse@registrar.example", "tel:+84.2400000000;ext=1")}}}]},
              {"roles":["registrant"],{{Card("Chủ Mẫu", "chu@đèn-lồng.example")}}}]}
            """);

        var found = Assert.IsType<RdapEnd.Found>(await _client.DomainAsync("mau.example", Token));

        Assert.Equal(("D1", "MAU.EXAMPLE", false, 0), (found.Record.Handle, found.Record.Name, found.Record.Redacted, found.Record.UnusableMails));
        Assert.Equal(["registrar", "abuse", "registrant"], found.Record.Contacts.Select(contact => string.Join('+', contact.Roles)));
        var abuse = found.Record.Contacts[1];
        Assert.Equal(("registrar", "abuse@registrar.example", "+84.2400000000", true), (Assert.Single(abuse.Within), Assert.Single(abuse.Mails), Assert.Single(abuse.Phones), abuse.IsAbuse));
        Assert.Equal("chu@" + new IdnMapping().GetAscii("đèn-lồng.example"), Assert.Single(found.Record.Contacts[2].Mails));
        Assert.Equal("application/rdap+json", Assert.Single(_server.Requests).Headers["accept"]);
    }

    [Fact]
    public async Task A_host_is_asked_about_from_itself_upwards_and_never_the_shared_name_above()
    {
        Assert.Equal(["a.b.mau.com.vn", "b.mau.com.vn", "mau.com.vn"], ContactFinder.Climb("a.b.mau.com.vn"));
        Assert.Equal(["m.mau.example", "mau.example"], ContactFinder.Climb("m.mau.example"));
        Assert.Empty(ContactFinder.Climb("localhost"));
        Answer("/d/domain/mau.example", """{"ldhName":"mau.example"}""");

        var host = Assert.Single(await _finder.FindAsync([new HostPart("m.mau.example", "page")], Token));

        Assert.Equal("mau.example", Assert.IsType<RdapEnd.Found>(host.Domain).Asked);
        Assert.Equal(["/d/domain/m.mau.example", "/d/domain/mau.example"], _server.Requests.Select(request => request.Target));
        Assert.False(host.Resolved);
        Assert.Empty(host.Mailboxes);
    }

    [Fact]
    public async Task Page_redirect_and_media_host_are_looked_at_separately_and_each_mailbox_is_told_once()
    {
        Answer("/d/domain/mau.example", $$"""{"ldhName":"mau.example","entities":[{"roles":["registrant"],{{Card("Chủ", "chu@mau.example")}}},{"roles":["abuse"],{{Card("Abuse", "ABUSE@net.example")}}}]}""");
        Answer("/n/ip/198.51.100.7", $$"""{"name":"NET-7","country":"VN","entities":[{"roles":["abuse"],{{Card("NOC", "abuse@net.example")}}}]}""");
        Answer("/n/ip/2001:db8::7", """{"name":"NET-6"}""");
        _resolver.On("mau.example", "198.51.100.7", "10.0.0.1").On("cdn.example", "2001:db8::7");

        var hosts = await _finder.FindAsync([new HostPart("mau.example", "page"), new HostPart("cdn.example", "media"), new HostPart("mau.example", "redirect"), new HostPart("198.51.100.7", "media")], Token);

        Assert.Equal(["mau.example page+redirect", "cdn.example media", "198.51.100.7 media"], hosts.Select(host => $"{host.Host} {string.Join('+', host.Parts)}"));
        Assert.Equal(["abuse@net.example network", "chu@mau.example domain"], hosts[0].Mailboxes.Select(box => $"{box.Address} {box.Source}"));
        Assert.Equal("198.51.100.7", Assert.Single(hosts[0].Networks).Address);
        Assert.Equal("NET-6", Assert.IsType<RdapEnd.Found>(Assert.Single(hosts[1].Networks).End).Record.Name);
        Assert.IsType<RdapEnd.NotFound>(hosts[1].Domain);
        Assert.Null(hosts[2].Domain);
        Assert.Equal(1, _server.CountOf("/n/ip/198.51.100.7"));
    }

    [Fact]
    public async Task An_answer_is_kept_for_a_day_and_a_failure_is_not()
    {
        Answer("/d/domain/mau.example", "{}");
        _server.OnText("/d/domain/busy.example", "", 503);
        HostPart[] parts = [new("mau.example", "page"), new("busy.example", "media")];

        await _finder.FindAsync(parts, Token);
        _time.Advance(TimeSpan.FromHours(23));
        await _finder.FindAsync(parts, Token);
        Assert.Equal((1, 2), (_server.CountOf("/d/domain/mau.example"), _server.CountOf("/d/domain/busy.example")));

        _time.Advance(TimeSpan.FromHours(2));
        await _finder.FindAsync(parts, Token);
        Assert.Equal(2, _server.CountOf("/d/domain/mau.example"));
    }

    [Fact]
    public async Task What_is_redacted_is_said_and_no_placeholder_becomes_an_address()
    {
        Answer("/d/domain/a.example", """{"redacted":[{"name":{"type":"Registrant Email"}}],"entities":[{"roles":["registrant"],"handle":"x"}]}""");
        Answer("/d/domain/b.example", $$"""{"entities":[{"roles":["registrant"],{{Card("REDACTED FOR PRIVACY", "Redacted for privacy")}}}]}""");

        foreach (var name in (string[])["a.example", "b.example"])
        {
            var record = Assert.IsType<RdapEnd.Found>(await _client.DomainAsync(name, Token)).Record;
            Assert.True(record.Redacted);
            Assert.Empty(record.Contacts);
            Assert.Equal(0, record.UnusableMails);
        }
    }

    [Fact]
    public async Task Redirects_are_followed_three_times_and_only_to_configured_servers()
    {
        Answer("/d/domain/ok.example", "{}");
        for (var i = 1; i <= 4; i++)
        {
            _server.OnRedirect($"/d/domain/r{i}.example", i == 1 ? "/d/domain/ok.example" : $"/d/domain/r{i - 1}.example");
        }

        _server.OnRedirect("/d/domain/loop.example", "/d/domain/loop.example", 307).OnRedirect("/d/domain/away.example", "https://rdap.other.example/domain/away.example").OnRedirect("/d/domain/scheme.example", "file:///etc/passwd");

        Assert.IsType<RdapEnd.Found>(await _client.DomainAsync("r3.example", Token));
        Assert.IsType<RdapEnd.TooManyRedirects>(await _client.DomainAsync("r4.example", Token));
        Assert.IsType<RdapEnd.TooManyRedirects>(await _client.DomainAsync("loop.example", Token));
        Assert.Equal(4, _server.CountOf("/d/domain/loop.example"));
        Assert.Equal("rdap.other.example", Assert.IsType<RdapEnd.RedirectedElsewhere>(await _client.DomainAsync("away.example", Token)).Host);
        Assert.IsType<RdapEnd.RedirectedElsewhere>(await _client.DomainAsync("scheme.example", Token));
    }

    [Fact]
    public async Task Every_other_end_has_its_own_name()
    {
        _server.OnText("/d/domain/wait.example", "", 429, headers: ("Retry-After", "30"))
            .OnText("/d/domain/no.example", "", 403)
            .OnText("/d/domain/text.example", "<html>")
            .OnText("/d/domain/list.example", "[]")
            .OnText("/d/domain/deep.example", string.Concat(Enumerable.Repeat("{\"entities\":[", 500)))
            .On("/d/domain/big.example", exchange => exchange.RespondAsync(200, new byte[10 * 1024 * 1024]))
            .On("/d/domain/endless.example", async exchange =>
            {
                await exchange.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                await exchange.WriteEndlesslyAsync(Encoding.ASCII.GetBytes(new string(' ', 64 * 1024)));
            })
            .OnRaw("/d/domain/cut.example", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");

        Assert.IsType<RdapEnd.NotFound>(await _client.DomainAsync("none.example", Token));
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<RdapEnd.Throttled>(await _client.DomainAsync("wait.example", Token)).RetryAfter);
        Assert.Equal(403, Assert.IsType<RdapEnd.Refused>(await _client.DomainAsync("no.example", Token)).Status);
        Assert.IsType<RdapEnd.Malformed>(await _client.DomainAsync("text.example", Token));
        Assert.IsType<RdapEnd.Malformed>(await _client.DomainAsync("list.example", Token));
        Assert.IsType<RdapEnd.Malformed>(await _client.DomainAsync("deep.example", Token));
        Assert.IsType<RdapEnd.TooLarge>(await _client.DomainAsync("big.example", Token));
        Assert.IsType<RdapEnd.TooLarge>(await _client.DomainAsync("endless.example", Token));
        Assert.IsType<RdapEnd.Unreachable>(await _client.DomainAsync("cut.example", Token));
        using var off = new RdapClient(() => new ContactsSettings(), _time);
        Assert.IsType<RdapEnd.Off>(await off.DomainAsync("mau.example", Token));
        Assert.IsType<RdapEnd.Off>(await off.AddressAsync(IPAddress.Loopback, Token));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_after_the_time()
    {
        var asked = new TaskCompletionSource();
        _server.On("/d/domain/slow.example", exchange =>
        {
            asked.SetResult();
            return exchange.StayAsync();
        });

        var question = _client.DomainAsync("slow.example", Token);
        await asked.Task.WaitAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.IsType<RdapEnd.TimedOut>(await question);
    }

    [Theory]
    [InlineData("abuse@net.example", "abuse@net.example")]
    [InlineData("mailto:abuse@NET.example", "abuse@net.example")]
    [InlineData("abuse@net.example\r\nBcc: x@y.example", null)]
    [InlineData("abuse@net.example\n", null)]
    [InlineData("a b@net.example", null)]
    [InlineData("\"a\"@net.example", null)]
    [InlineData("<abuse@net.example>", null)]
    [InlineData("abuse@net", null)]
    [InlineData("abuse@[127.0.0.1]", null)]
    [InlineData("đèn@net.example", null)]
    [InlineData("@net.example", null)]
    [InlineData("abuse@", null)]
    [InlineData("", null)]
    public void Only_what_an_envelope_can_carry_is_an_address(string text, string? mail) => Assert.Equal(mail, RdapReader.MailOf(text));

    [Theory]
    [InlineData("""{"entities":7,"handle":[],"ldhName":{},"country":1,"redacted":"x"}""")]
    [InlineData("""{"entities":[1,null,"x",[],{"roles":7,"vcardArray":{}},{"roles":[1,null],"vcardArray":["vcard"]},{"vcardArray":["vcard",[1,[],["email"],["email",{},"text",{}],[7,{},"text","a@b.example"],["tel",{},"uri",null]]]}]}""")]
    [InlineData("""{"entities":[{"vcardArray":["vcard",[["fn",{},"text","\ud800"],["email",{},"text","\udc00@x.example"]]]}]}""")]
    public void Wrong_types_are_passed_over(string json)
    {
        var record = RdapReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.NotNull(record);
        Assert.Empty(record.Contacts);
        Assert.Equal("", record.Handle + record.Name + record.Country);
    }

    [Fact]
    public void What_cannot_be_used_is_counted_and_takes_nothing_from_the_rest()
    {
        var record = RdapReader.Read(Encoding.UTF8.GetBytes("""{"entities":[{"roles":["Abuse"],"vcardArray":["vcard",[["fn",{},"text","A\u001b[31m\u202eB"],["email",{},"text","a@b.example\r\nBcc: c@d.example","good@b.example"],["org",{},"text",["Công ty Mẫu","Phòng kỹ thuật"]],["tel",{},"text","gọi tôi"]]]}]}"""))!;

        var contact = Assert.Single(record.Contacts);
        Assert.Equal((1, "good@b.example", "Công ty Mẫu, Phòng kỹ thuật", "A [31mB", 0, true), (record.UnusableMails, Assert.Single(contact.Mails), contact.Organization, contact.Name, contact.Phones.Count, contact.IsAbuse));
    }

    [Fact]
    public void A_crowd_of_nested_entities_is_bounded()
    {
        var many = string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"roles":["abuse"],{{Card("A", $"a{i}@b.example")}}}"""));
        Assert.Equal(100, RdapReader.Read(Encoding.UTF8.GetBytes($$"""{"entities":[{{many}}]}"""))!.Contacts.Count);
    }

    private static string Card(string name, string mail, string? phone = null) =>
        $$"""
        "vcardArray":["vcard",[["version",{},"text","4.0"],["fn",{},"text","{{name}}"],["email",{},"text","{{mail}}"]{{(phone is null ? "" : $",[\"tel\",{{}},\"uri\",\"{phone}\"]")}}]]
        """;

    private void Answer(string path, string json) => _server.OnText(path, json, contentType: "application/rdap+json");
}
