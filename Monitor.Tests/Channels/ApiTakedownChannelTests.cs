using System.Text;
using Microsoft.Extensions.Time.Testing;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Loopback;
using Monitor.Worker.Channels;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Channels;

public sealed class ApiTakedownChannelTests : IAsyncDisposable
{
    private const string Variable = "MONITOR_TESTS_API_SECRET";

    private readonly ScriptedHttpServer _server = ScriptedHttpServer.Start();
    private readonly FakeTimeProvider _clock = new(SmtpFixture.Start);
    private readonly FakeTimeProvider _timer = new(SmtpFixture.Start);
    private readonly ApiTakedownChannel _channel;

    public ApiTakedownChannelTests()
    {
        Environment.SetEnvironmentVariable(Variable, "k-1");
        _channel = new ApiTakedownChannel(_clock, static (liquid, notice) => liquid.Replace("{{id}}", notice.Id, StringComparison.Ordinal), timer: _timer);
    }

    [Fact]
    public async Task An_accepted_report_gives_its_receipt_and_its_copy_has_the_same_key()
    {
        _server.OnText("/r", """{"report":{"id":4711}}""", 201, "application/json");
        var profile = Profile(new ApiChannelProfile { ReceiptField = "report.id", Authentication = ApiAuthentication.Key, KeyPrefix = "Bearer ", SecretVariable = Variable });
        Assert.Equal("4711", Assert.IsType<SendResult.Accepted>(await SendAsync(profile)).Receipt);
        await _channel.SendAsync(SampleNotice.Outgoing(profile, copy: true), TestContext.Current.CancellationToken);

        Assert.Equal(2, _server.Requests.Count);
        Assert.All(_server.Requests, request =>
        {
            Assert.Equal("POST", request.Method);
            Assert.Equal(SampleNotice.Content.Xarf, request.Body);
            Assert.Equal("Bearer k-1", request.Headers["authorization"]);
            Assert.Equal($"\"{ApiTakedownChannel.KeyOf(SampleNotice.Outgoing(profile).Notice)}\"", request.Headers["idempotency-key"]);
        });
    }

    [Fact]
    public async Task A_platforms_own_shape_is_filled_by_dotted_paths()
    {
        _server.OnText("/r", "{}", 200, "application/json");
        await SendAsync(Profile(new ApiChannelProfile { Format = ApiFormat.Json, Fields = [new("report.ref", "{{id}}"), new("report.by", "Sở \"mẫu\""), new("kind", "x")] }));
        using var body = System.Text.Json.JsonDocument.Parse(Assert.Single(_server.Requests).Body);
        Assert.Equal("SKHCN-2026-00001", body.RootElement.GetProperty("report").GetProperty("ref").GetString());
        Assert.Equal("Sở \"mẫu\"", body.RootElement.GetProperty("report").GetProperty("by").GetString());
        Assert.Equal("x", body.RootElement.GetProperty("kind").GetString());
        var refused = Assert.IsType<SendResult.NotSent>(await SendAsync(Profile(new ApiChannelProfile { Format = ApiFormat.Json, Fields = [new("a", "1"), new("a.b", "2")] })));
        Assert.Equal(NotSentReason.NotConfigured, refused.Reason);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(409)]
    public async Task Come_again_later_is_heard(int code)
    {
        _server.OnText("/r", "busy", code, "text/plain", ("Retry-After", "120"));
        var deferred = Assert.IsType<SendResult.Deferred>(await SendAsync(Profile(new())));
        Assert.Equal((code, TimeSpan.FromMinutes(2)), (deferred.Code, deferred.RetryAfter));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task A_refusal_is_final(int code)
    {
        _server.OnText("/r", "no\r\nthanks", code, "text/plain");
        var rejected = Assert.IsType<SendResult.Rejected>(await SendAsync(Profile(new())));
        Assert.Equal((code, "no  thanks"), (rejected.Code, rejected.Text));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _server.OnRedirect("/r", "/elsewhere").OnText("/elsewhere", "{}");
        Assert.Equal(NotSentReason.ProtocolError, Assert.IsType<SendResult.NotSent>(await SendAsync(Profile(new()))).Reason);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Accepted_but_silent_is_unknown_until_the_look_up_tells()
    {
        var arrived = new TaskCompletionSource();
        _server.On("/r", async exchange =>
        {
            arrived.SetResult();
            await exchange.StayAsync();
        });
        var profile = Profile(new ApiChannelProfile { LookupUrl = _server.Url("/by/{key}") });
        var sending = SendAsync(profile);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        _timer.Advance(ApiTakedownChannel.TotalTime);
        Assert.Equal(UnknownReason.TimedOut, Assert.IsType<SendResult.Unknown>(await sending).Reason);

        var outgoing = SampleNotice.Outgoing(profile);
        Assert.IsType<FateAnswer.NeverArrived>(await _channel.AskFateAsync(outgoing, TestContext.Current.CancellationToken));
        _server.OnText("/by/" + ApiTakedownChannel.KeyOf(outgoing.Notice), """{"id":"R-9"}""", 200, "application/json");
        var accepted = Assert.IsType<FateAnswer.Accepted>(await _channel.AskFateAsync(outgoing, TestContext.Current.CancellationToken));
        Assert.Equal(("R-9", true), (accepted.Receipt, accepted.Delivered));
    }

    [Fact]
    public async Task A_connection_cut_after_the_request_is_unknown_and_none_at_all_is_not_sent()
    {
        _server.On("/r", exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        Assert.Equal(UnknownReason.ConnectionLost, Assert.IsType<SendResult.Unknown>(await SendAsync(Profile(new()))).Reason);
        Assert.Single(_server.Requests);
        string url;
        await using (var gone = ScriptedHttpServer.Start())
        {
            url = gone.Url("/r");
        }

        Assert.Equal(NotSentReason.CannotConnect, Assert.IsType<SendResult.NotSent>(await SendAsync(new ChannelProfile { Kind = ChannelKind.Api, Address = url, Addressee = "x", Api = new() })).Reason);
    }

    [Fact]
    public async Task A_token_that_another_secret_opened_is_not_used_on()
    {
        var given = 0;
        _server.On("/token", exchange => exchange.RespondAsync(200, Encoding.UTF8.GetBytes($$"""{"access_token":"t-{{++given}}","token_type":"Bearer","expires_in":3600}""")));
        _server.OnText("/r", "{}", 200, "application/json");
        const string Own = "MONITOR_TESTS_API_CHANGED_SECRET";
        var profile = Profile(new ApiChannelProfile { Authentication = ApiAuthentication.OAuth2, TokenUrl = _server.Url("/token"), ClientId = "id", SecretVariable = Own });
        foreach (var secret in (string[])["one", "one", "two", "two", "one"])
        {
            Environment.SetEnvironmentVariable(Own, secret);
            Assert.IsType<SendResult.Accepted>(await SendAsync(profile));
        }

        Assert.Equal(["Bearer t-1", "Bearer t-1", "Bearer t-2", "Bearer t-2", "Bearer t-3"], _server.Requests.Where(request => request.Target == "/r").Select(request => request.Headers["authorization"]));
        Environment.SetEnvironmentVariable(Own, null);
        Assert.Equal(NotSentReason.NotConfigured, Assert.IsType<SendResult.NotSent>(await SendAsync(profile)).Reason);
    }

    [Fact]
    public async Task A_token_is_kept_renewed_before_its_end_and_once_when_refused()
    {
        var given = 0;
        _server.On("/token", exchange => exchange.RespondAsync(200, Encoding.UTF8.GetBytes($$"""{"access_token":"t-{{++given}}","token_type":"Bearer","expires_in":3600}""")));
        _server.On("/r", exchange => exchange.RespondAsync(exchange.Request.Headers["authorization"] == "Bearer t-2" ? 401 : 200, "{}"u8.ToArray()));
        var profile = Profile(new ApiChannelProfile { Authentication = ApiAuthentication.OAuth2, TokenUrl = _server.Url("/token"), ClientId = "id:1", SecretVariable = Variable, Scope = "report" });
        Assert.IsType<SendResult.Accepted>(await SendAsync(profile));
        Assert.IsType<SendResult.Accepted>(await SendAsync(profile));
        Assert.Equal(1, given);
        var asked = _server.Requests.First(request => request.Target == "/token");
        Assert.Equal("grant_type=client_credentials&scope=report", Encoding.ASCII.GetString(asked.Body));
        Assert.Equal("Basic " + Convert.ToBase64String("id%3A1:k-1"u8), asked.Headers["authorization"]);

        // The second token is refused at once: a third is fetched, and the report is posted again with it.
        _clock.Advance(TimeSpan.FromSeconds(3541));
        Assert.IsType<SendResult.Accepted>(await SendAsync(profile));
        Assert.Equal(3, given);
        Assert.Equal(4, _server.CountOf("/r"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"id\":{}}")]
    [InlineData("{\"id\":\"a\\u000ab\"}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]")]
    [InlineData("{\"id\":\"\u00ff\u00fe\"}")]
    public async Task A_hostile_answer_to_an_accepted_report_gives_no_receipt(string latin1)
    {
        _server.On("/r", exchange => exchange.RespondAsync(200, Encoding.Latin1.GetBytes(latin1), ("Content-Type", "application/json; charset=no-such")));
        var accepted = Assert.IsType<SendResult.Accepted>(await SendAsync(Profile(new())));
        Assert.Null(accepted.Receipt);
        Assert.DoesNotContain(accepted.ServerResponse, char.IsControl);
    }

    [Fact]
    public async Task Ten_megabytes_are_not_read()
    {
        _server.On("/r", exchange => exchange.RespondAsync(200, new byte[10 * 1024 * 1024]));
        Assert.Equal("HTTP 200", Assert.IsType<SendResult.Accepted>(await SendAsync(Profile(new()))).ServerResponse);
    }

    [Theory]
    [InlineData("http://platform.example/r")]
    [InlineData("http://localhost/r")]
    [InlineData("https://user:word@platform.example/r")]
    [InlineData("ftp://127.0.0.1/r")]
    public async Task Only_https_is_posted_to(string url) => Assert.Equal(
        NotSentReason.InsecureConfiguration,
        Assert.IsType<SendResult.NotSent>(await SendAsync(new ChannelProfile { Kind = ChannelKind.Api, Address = url, Addressee = "x", Api = new() })).Reason);

    [Theory]
    [InlineData("X-Key", "a\r\nX-Evil: ")]
    [InlineData("X-Key\r\nX-Evil", "")]
    [InlineData("X-Key", "ệ")]
    public async Task A_header_that_breaks_out_is_refused(string name, string prefix)
    {
        var refused = Assert.IsType<SendResult.NotSent>(await SendAsync(Profile(new ApiChannelProfile { Authentication = ApiAuthentication.Key, KeyHeader = name, KeyPrefix = prefix, SecretVariable = Variable })));
        Assert.Equal(NotSentReason.UnsafeHeader, refused.Reason);
        Assert.DoesNotContain("k-1", refused.Detail, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using var smtp = SmtpFixture.Create(new() { Security = Monitor.Worker.Demo.SinkSecurity.Tls });
        await using var server = ScriptedHttpServer.Start(smtp.Sink.Certificate);
        var refused = Assert.IsType<SendResult.NotSent>(await SendAsync(new ChannelProfile { Kind = ChannelKind.Api, Address = server.Url("/r"), Addressee = "x", Api = new() }));
        Assert.Equal(NotSentReason.TlsFailed, refused.Reason);
        Assert.Empty(server.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    private ChannelProfile Profile(ApiChannelProfile api) => new() { Kind = ChannelKind.Api, Address = _server.Url("/r"), Addressee = "x", Api = api };

    private Task<SendResult> SendAsync(ChannelProfile profile) => _channel.SendAsync(SampleNotice.Outgoing(profile), TestContext.Current.CancellationToken);
}
