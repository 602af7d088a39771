using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Monitor.Worker.Fetching.Recording;

namespace Monitor.Worker.Fetching;

/// <summary>Sends one request on a checked connection and reads the answer within its caps. HTTP/1.1 only; no cookies, no proxy, no redirects.</summary>
internal sealed class HopSender : IDisposable
{
    /// <summary>Ceiling of what any request may allow for headers.</summary>
    private const int HandlerHeaderKilobytes = 128;

    private readonly FetcherOptions _options;
    private readonly HttpMessageInvoker _invoker;
    private readonly ExchangeRecorder _recorder;

    public HopSender(FetcherOptions options, INameResolver resolver, TimeProvider time)
    {
        _options = options;
        _recorder = new ExchangeRecorder(time);
        var connector = new PinnedConnector(options, resolver, time);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            PlaintextStreamFilter = Tap,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = HandlerHeaderKilobytes,
            MaxResponseDrainSize = 64 * 1024,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(500),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,

            // No trace headers: what leaves says who asks, and nothing else about us.
            ActivityHeadersPropagator = null,
        });
    }

    public void Dispose() => _invoker.Dispose();

    /// <summary>Any end but the caller's own cancellation is a value; <paramref name="cancellation"/> running out reads as <see cref="HopEnd.TimedOut"/>.</summary>
    public ValueTask<HopEnd> SendAsync(HopContext hop, CancellationToken cancellation) =>
        hop.Log is { } log ? _recorder.RecordAsync(hop, log, TransmitAsync, cancellation) : TransmitAsync(hop, cancellation);

    /// <summary>
    /// A kept connection may be closed by the server just as the request leaves: the handler repeats it where it sees the end of the stream, not
    /// where it sees a reset. The request never reached anybody, so it is sent once more, on a new connection.
    /// </summary>
    private async ValueTask<HopEnd> TransmitAsync(HopContext hop, CancellationToken cancellation)
    {
        HopEnd end = await TransmitOnceAsync(hop, cancellation);
        bool stale = hop is { Connections: 0, Stage: FetchStage.Headers } && end is HopEnd.Connection { Problem: ConnectionProblem.Reset or ConnectionProblem.ClosedEarly };
        return stale ? await TransmitOnceAsync(hop, cancellation) : end;
    }

    private async ValueTask<HopEnd> TransmitOnceAsync(HopContext hop, CancellationToken cancellation)
    {
        hop.Stage = FetchStage.Headers;
        hop.Connections = 0;
        using var request = new HttpRequestMessage(hop.Method, hop.Uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Options.Set(HopContext.RequestKey, hop);
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", Accept(hop.Purpose));
        request.Headers.TryAddWithoutValidation("Accept-Language", "vi, en;q=0.7");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        try
        {
            using HttpResponseMessage response = await _invoker.SendAsync(request, cancellation);
            IPAddress? remote = hop.Entry.Remote;
            hop.Stage = FetchStage.Body;

            Dictionary<string, string> headers = ReadHeaders(response, out long headerBytes);
            if (headerBytes > hop.Limits.MaxHeaderKilobytes * 1024L)
                return new HopEnd.Protocol("headers-too-large");

            int status = (int)response.StatusCode;
            BodyReader.Result body = new([], null, null);
            if (hop.Method != HttpMethod.Head && status is not (204 or 304))
            {
                await using Stream wire = await response.Content.ReadAsStreamAsync(cancellation);
                body = await BodyReader.ReadAsync(
                    wire, response.Content.Headers.ContentLength, headers.GetValueOrDefault("content-encoding"), hop.Limits, cancellation);
                if (body.Problem is { } problem)
                    return new HopEnd.Protocol(problem);
            }

            string? location = status is 301 or 302 or 303 or 307 or 308 ? headers.GetValueOrDefault("location") : null;
            return new HopEnd.Answer(status, headers, body.Body, body.Cap, location, headers.GetValueOrDefault("retry-after"), remote);
        }
        catch (OperationCanceledException)
        {
            return new HopEnd.TimedOut(hop.Stage);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return TransportFailures.From(e, hop.Stage);
        }
    }

    /// <summary>Every connection, above TLS: it may serve exchanges that are recorded after one that is not.</summary>
    private static ValueTask<Stream> Tap(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellation)
    {
        context.InitialRequestMessage.Options.TryGetValue(HopContext.RequestKey, out HopContext? hop);
        return ValueTask.FromResult<Stream>(hop is null ? context.PlaintextStream : new TapedStream(context.PlaintextStream, hop.Entry, hop.Connection));
    }

    private static string Accept(FetchPurpose purpose) => purpose switch
    {
        FetchPurpose.Media => "image/*, video/*, audio/*, */*;q=0.5",
        FetchPurpose.Part => "*/*",
        _ => "text/html, application/xhtml+xml, */*;q=0.5",
    };

    private static Dictionary<string, string> ReadHeaders(HttpResponseMessage response, out long bytes)
    {
        var headers = new Dictionary<string, string>(16, StringComparer.Ordinal);
        bytes = 0;
        Collect(response.Headers, headers, ref bytes);
        Collect(response.Content.Headers, headers, ref bytes);
        return headers;
    }

    private static void Collect(HttpHeaders source, Dictionary<string, string> headers, ref long bytes)
    {
        foreach ((string name, HeaderStringValues values) in source.NonValidated)
        {
            string key = name.ToLowerInvariant();
            string value = values.ToString();
            bytes += name.Length + value.Length + 4;

            // That a cookie was set is a fact worth keeping; what it says is a visitor's token.
            headers[key] = key == "set-cookie" ? "" : value;
        }
    }
}
