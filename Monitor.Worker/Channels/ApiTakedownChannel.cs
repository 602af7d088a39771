using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Channels;

/// <summary>
/// Notices by a platform's HTTPS API. The rules on private addresses that guard the fetching of pages do not hold here: these addresses come
/// from our own configuration, never from a page or a report, and a platform may well be reached over a network of the state.
/// </summary>
public sealed class ApiTakedownChannel : ITakedownChannel, IDisposable
{
    /// <summary>The answer to the whole of it, token included.</summary>
    public static readonly TimeSpan TotalTime = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly ApiAccess _access;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _timer;
    private readonly Func<string, Notice, string?> _render;

    /// <param name="clock">Gives the instant of acceptance and the age of tokens.</param>
    /// <param name="render">Liquid of a field over a notice; null where it cannot be rendered.</param>
    /// <param name="validator">Decides on the server's certificate; null: the chain must end at a trusted root and the name must match.</param>
    /// <param name="timer">Measures the cap of a send; null: real time.</param>
    public ApiTakedownChannel(TimeProvider clock, Func<string, Notice, string?> render, RemoteCertificateValidationCallback? validator = null, TimeProvider? timer = null)
    {
        (_clock, _timer, _render) = (clock, timer ?? TimeProvider.System, render);
        _http = new HttpClient(new SocketsHttpHandler
        {
            // Elsewhere is not where the notice was approved to go.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = ConnectTime,
            // A connection a request: on a reused one the handler may quietly send twice, and whether the first arrived would be lost.
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 32,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = validator },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        _access = new ApiAccess(_http, clock);
    }

    public ChannelKind Kind => ChannelKind.Api;

    /// <summary>The same for a notice and its copy; another one as soon as what is sent differs.</summary>
    public static string KeyOf(Notice notice) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Id + "\n" + notice.ContentDigest)).AsSpan(0, 16));

    public async Task<SendResult> SendAsync(OutgoingNotice outgoing, CancellationToken cancellation)
    {
        if (outgoing.Channel is not { Api: { } api } profile)
            return new SendResult.NotSent(NotSentReason.NotConfigured, "the platform no longer has this API");
        if (!ApiAddress.TryParse(profile.Address, out var url))
            return new SendResult.NotSent(NotSentReason.InsecureConfiguration, "address is not https");
        if (ApiBody.TryWrite(outgoing, api, _render, out var body) is { } refusal)
            return refusal;
        using var cap = new CancellationTokenSource(TotalTime, _timer);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cap.Token, cancellation);
        var result = await PostAsync(anew: false);
        // A kept token may have been withdrawn; a fresh one that is refused means that we are.
        return result is SendResult.NotSent { Reason: NotSentReason.AuthenticationFailed, Detail: Unauthorized } && api.Authentication == ApiAuthentication.OAuth2
            ? await PostAsync(anew: true)
            : result;

        async Task<SendResult> PostAsync(bool anew)
        {
            var content = new ObservedContent(body, "application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            try
            {
                if (await OpenAsync(request, api, anew, linked.Token) is { } closed)
                    return closed;
                // A string of a structured field, with its quotes (draft-ietf-httpapi-idempotency-key-header section 2.1, RFC 8941 section 3.3.3).
                if (api.IdempotencyHeader.Length > 0 && Put(request, api.IdempotencyHeader, $"\"{KeyOf(outgoing.Notice)}\"") is { } unsafeKey)
                    return unsafeKey;
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
                return OfAnswer(await ApiAnswer.ReadAsync(response, _clock, linked.Token), api);
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
            {
                return Fate(problem, content.MayHaveLeft, cap.IsCancellationRequested);
            }
        }
    }

    public async Task<FateAnswer> AskFateAsync(OutgoingNotice outgoing, CancellationToken cancellation)
    {
        if (outgoing.Channel is not { Api: { LookupUrl.Length: > 0 } api })
            return new FateAnswer.NoNews("the platform cannot be asked");
        if (!ApiAddress.TryParse(api.LookupUrl.Replace("{key}", KeyOf(outgoing.Notice), StringComparison.Ordinal), out var url))
            return new FateAnswer.NoNews("look-up address is not https");
        using var cap = new CancellationTokenSource(TotalTime, _timer);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cap.Token, cancellation);
        try
        {
            for (var anew = false; ; anew = true)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                if (await OpenAsync(request, api, anew, linked.Token) is { } closed)
                    return new FateAnswer.NoNews(closed.Detail);
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
                var answer = await ApiAnswer.ReadAsync(response, _clock, linked.Token);
                if (answer.Code == 401 && !anew && api.Authentication == ApiAuthentication.OAuth2)
                    continue;
                return answer.Code switch
                {
                    200 when answer.Field(api.ReceiptField) is { } receipt => new FateAnswer.Accepted(receipt, Delivered: true, "look-up by key"),
                    404 => new FateAnswer.NeverArrived("look-up by key: 404"),
                    _ => new FateAnswer.NoNews(string.Create(CultureInfo.InvariantCulture, $"look-up by key: {answer.Code}")),
                };
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
        {
            return new FateAnswer.NoNews("look-up by key: no answer");
        }
    }

    public void Dispose() => _http.Dispose();

    private const string Unauthorized = "401";

    private async Task<SendResult.NotSent?> OpenAsync(HttpRequestMessage request, ApiChannelProfile api, bool anew, CancellationToken cancellation)
    {
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        var (name, value, problem) = await _access.HeaderAsync(api, anew, cancellation);
        return problem ?? (name.Length > 0 ? Put(request, name, value) : null);
    }

    /// <summary>Refused, not cleaned: a line break in a header is an attack or a bug, and both need to be seen.</summary>
    private static SendResult.NotSent? Put(HttpRequestMessage request, string name, string value)
    {
        var good = name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && request.Headers.TryAddWithoutValidation(name, value);
        // The name only: the value may be the key.
        return good ? null : new SendResult.NotSent(NotSentReason.UnsafeHeader, new string([.. name.Select(static c => char.IsControl(c) ? '?' : c)]));
    }

    private SendResult OfAnswer(ApiAnswer answer, ApiChannelProfile api) => answer.Code switch
    {
        >= 200 and < 300 => new SendResult.Accepted(answer.Line(), _clock.GetUtcNow(), answer.Field(api.ReceiptField)),
        >= 300 and < 400 => new SendResult.NotSent(NotSentReason.ProtocolError, string.Create(CultureInfo.InvariantCulture, $"{answer.Code}: redirects are not followed")),
        401 => new SendResult.NotSent(NotSentReason.AuthenticationFailed, Unauthorized),
        // 409: the same key is still being worked on (Idempotency-Key draft, section 2.7); asking again later with the same key is what it wants.
        // 408 and 425 say that it was not worked on at all.
        408 or 409 or 425 or 429 or 503 => new SendResult.Deferred(answer.Code, answer.Line(), answer.RetryAfter),
        // 422 with a known key means that another content was sent under it: repeating is pointless, as with the other refusals.
        >= 400 and < 500 => new SendResult.Rejected(answer.Code, answer.Line()),
        // A server or gateway that failed on the way may have kept the request.
        _ => new SendResult.Unknown(UnknownReason.UnreadableReply, string.Create(CultureInfo.InvariantCulture, $"{answer.Code} {answer.Line()}")),
    };

    private static SendResult Fate(Exception problem, bool mayHaveLeft, bool capReached)
    {
        var stopped = problem is OperationCanceledException;
        // The handler's own time limit for connecting comes as a cancellation too.
        var timedOut = capReached || problem.InnerException is TimeoutException;
        if (mayHaveLeft)
            return new SendResult.Unknown(stopped ? timedOut ? UnknownReason.TimedOut : UnknownReason.Cancelled : UnknownReason.ConnectionLost, problem.GetType().Name);
        var reason = stopped
            ? timedOut ? NotSentReason.TimedOut : NotSentReason.Cancelled
            : problem.InnerException is AuthenticationException ? NotSentReason.TlsFailed : NotSentReason.CannotConnect;
        return new SendResult.NotSent(reason, problem is HttpRequestException http ? http.HttpRequestError.ToString() : problem.GetType().Name);
    }
}
