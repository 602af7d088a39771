using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Monitor.Worker.Demo;

/// <summary>
/// A benign made-up internet on 127.0.0.1: several platforms behind one port, told apart by the Host header, that react to
/// takedown notices as real platforms do. What it serves depends on the seed, the notices so far and the injected clock, and
/// on nothing else. A fetcher reaches it by mapping <see cref="Hosts"/>; URLs carry no port.
/// </summary>
public sealed class SampleWorld : IAsyncDisposable
{
    /// <summary>Violations kept with their details; all are counted.</summary>
    public const int MaxViolationsKept = 200;

    private readonly TimeProvider _clock;
    private readonly SampleWorldOptions _options;
    private readonly KestrelServer _server;
    private readonly FrozenDictionary<string, Site> _sites;
    private readonly FrozenDictionary<string, TrafficCounter> _traffic;
    private readonly Lock _gate = new();
    private readonly List<SampleViolation> _violations = [];
    private long _violationCount;

    private SampleWorld(SampleInternet internet, TimeProvider clock, SampleWorldOptions options)
    {
        Internet = internet;
        _clock = clock;
        _options = options;
        var sites = internet.Platforms.Select(platform => new Site(platform)).ToList();
        _sites = sites.SelectMany(site => site.Platform.Hosts.Select(host => (host, site)))
            .ToFrozenDictionary(pair => pair.host, pair => pair.site, StringComparer.OrdinalIgnoreCase);
        _traffic = _sites.Keys.ToFrozenDictionary(host => host, _ => new TrafficCounter(), StringComparer.OrdinalIgnoreCase);
        // The bare server: no configuration, no environment, no signal handlers that would compete with the program around it.
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        kestrel.Listen(IPAddress.Loopback, 0);
        _server = new KestrelServer(
            Options.Create(kestrel), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    public SampleInternet Internet { get; }

    public int Seed => Internet.Seed;

    public IReadOnlyList<SamplePlatform> Platforms => Internet.Platforms;

    /// <summary>The one port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>Every host name of the world and the loopback port behind it: the fetcher's allow-list.</summary>
    public IReadOnlyList<(string Host, int Port)> Hosts => [.. Platforms.SelectMany(platform => platform.Hosts).Select(host => (host, Port))];

    /// <summary>Per host name, since the start.</summary>
    public IReadOnlyDictionary<string, HostTraffic> Traffic => _traffic.ToDictionary(pair => pair.Key, pair => pair.Value.Snapshot, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first <see cref="MaxViolationsKept"/>.</summary>
    public IReadOnlyList<SampleViolation> Violations
    {
        get
        {
            lock (_gate)
                return [.. _violations];
        }
    }

    public long ViolationCount => Interlocked.Read(ref _violationCount);

    public static Task<SampleWorld> StartAsync(int seed, TimeProvider clock, SampleWorldOptions? options = null, CancellationToken cancellation = default) =>
        StartAsync(SampleInternet.Create(seed), clock, options, cancellation);

    public static async Task<SampleWorld> StartAsync(SampleInternet internet, TimeProvider clock, SampleWorldOptions? options = null, CancellationToken cancellation = default)
    {
        var world = new SampleWorld(internet, clock, options ?? new SampleWorldOptions());
        try
        {
            await world._server.StartAsync(new Application(world), cancellation);
            var address = world._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
            world.Port = new Uri(address).Port;
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Digests that a bank should hold before the story starts.</summary>
    public static IReadOnlyList<SampleHash> HashListFor(int seed) => SampleInternet.Create(seed).HashList;

    /// <summary>
    /// A mail arrived. What was asked is read from the URLs in <paramref name="body"/> ("hxxp" and "[.]" are understood): the page, a
    /// picture, or both; a mail to another mailbox, or without a URL of that platform, changes nothing. Notices may arrive in any order.
    /// </summary>
    public NoticeReading NoticeArrived(string toAddress, string subject, string body, DateTimeOffset at)
    {
        var mailbox = _sites.Values.Distinct().Where(site => string.Equals(site.Platform.AbuseMailbox, toAddress.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        if (mailbox.Count == 0)
            return new NoticeReading([], NoticeIgnored.UnknownMailbox);
        var urls = UrlsIn(subject + "\n" + body);
        var asked = new List<SamplePlatform>();
        foreach (var site in mailbox)
        {
            var page = urls.Contains(site.Platform.Target.PageUrl.TrimEnd('/'));
            var media = site.Platform.Target.MediaUrls.Any(urls.Contains);
            if (!page && !media)
                continue;
            site.Add(new SampleNotice(at, page, media));
            asked.Add(site.Platform);
        }

        return new NoticeReading(asked, asked.Count == 0 ? NoticeIgnored.NoKnownUrl : NoticeIgnored.No);
    }

    /// <summary>The truth about a target as far as the notices so far determine it, future eras included; alive before the first one.</summary>
    public IReadOnlyList<SampleEra> ErasOf(SamplePlatform platform) => _sites[platform.Host].Eras;

    public SampleState StateAt(SamplePlatform platform, DateTimeOffset at) => _sites[platform.Host].StateAt(at);

    public IReadOnlyList<SampleNotice> NoticesOf(SamplePlatform platform) => _sites[platform.Host].Notices;

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource();
        // Open keep-alive connections are closed, not waited for.
        await soon.CancelAsync();
        await _server.StopAsync(soon.Token);
        _server.Dispose();
    }

    // A person who reads a notice does not mind a full stop or a missing slash at the end of a URL.
    private static HashSet<string> UrlsIn(string text)
    {
        var plain = text.Replace("hxxp", "http", StringComparison.OrdinalIgnoreCase).Replace("[.]", ".", StringComparison.Ordinal);
        return [.. plain.Split([' ', '\t', '\r', '\n', '<', '>', '"', '\'', '(', ')', ',', ';', '|'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.TrimEnd('.', ':', '!', '/'))
            .Where(word => word.StartsWith("http://", StringComparison.Ordinal))];
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (!_traffic.TryGetValue(host, out var counter))
        {
            Note(SampleViolationKind.UnknownHost, context);
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        counter.Enter();
        try
        {
            if (_options.Latency > TimeSpan.Zero)
                await Task.Delay(_options.Latency, _options.Timer, context.RequestAborted);
            if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            {
                Note(SampleViolationKind.ActingMethod, context);
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                return;
            }

            var headers = context.Request.Headers;
            if (headers.Cookie.Count > 0 || headers.Authorization.Count > 0 || headers.Referer.Count > 0)
                Note(SampleViolationKind.NotAnonymous, context);
            await ServeAsync(_sites[host], host, context);
        }
        finally
        {
            counter.Leave();
        }
    }

    private Task ServeAsync(Site site, string host, HttpContext context)
    {
        var (platform, path, now) = (site.Platform, context.Request.Path.Value ?? "/", _clock.GetUtcNow());
        var segment = path.Split('/', 3)[1];
        if (SamplePages.ActingSegments.Contains(segment, StringComparer.OrdinalIgnoreCase))
        {
            Note(SampleViolationKind.ActingLink, context);
            return HtmlAsync(context, platform, 200, SamplePages.Home(platform, listed: false, now));
        }

        if (path == "/robots.txt")
            return TextAsync(context, "User-agent: *\n" + (platform.Look.RobotsDisallow ? $"Disallow: {new Uri(platform.Target.PageUrl).AbsolutePath}\n" : "Disallow: /login\n"));
        if (path == "/login")
            return HtmlAsync(context, platform, 200, SamplePages.Login(platform, now));

        var state = site.StateAt(now);
        switch (state)
        {
            case SampleState.Walled when platform.Look.WallRedirects:
                context.Response.Headers.Location = $"http://{platform.Host}/login?next={Uri.EscapeDataString(path)}";
                context.Response.StatusCode = StatusCodes.Status302Found;
                return Task.CompletedTask;
            case SampleState.Walled:
                return HtmlAsync(context, platform, 200, SamplePages.Login(platform, now));
            case SampleState.Outage:
                if (platform.Look.SaysRetryAfter && now.Hour % 2 == 0)
                    context.Response.Headers.RetryAfter = "1800";
                return HtmlAsync(context, platform, 503, SamplePages.Outage(platform, now));
        }

        var onPages = string.Equals(host, platform.Host, StringComparison.OrdinalIgnoreCase);
        if (onPages && path == "/")
            return HtmlAsync(context, platform, 200, SamplePages.Home(platform, state == SampleState.Alive, now));
        var key = site.Key(host, path, context.Request.Query);
        if (key == platform.Target.PageUrl)
        {
            return state switch
            {
                SampleState.Alive => HtmlAsync(context, platform, 200, SamplePages.Target(platform, now)),
                SampleState.Restricted => RestrictedAsync(context, platform, now),
                SampleState.SoftGone => MissingAsync(context, platform, 404, now),
                _ => MissingAsync(context, platform, platform.Look.SaysGone ? 410 : 404, now),
            };
        }

        if (site.Pictures.TryGetValue(key, out var picture))
        {
            return state switch
            {
                SampleState.Alive or SampleState.PageGone => PictureAsync(context, picture),
                SampleState.Restricted => RestrictedAsync(context, platform, now),
                _ => TextAsync(context, "not found\n", platform.Look.SaysGone && state == SampleState.Gone ? 410 : 404),
            };
        }

        return onPages ? MissingAsync(context, platform, 404, now) : TextAsync(context, "not found\n", 404);
    }

    private static Task MissingAsync(HttpContext context, SamplePlatform platform, int status, DateTimeOffset now)
    {
        var soft = platform.Behaviour.HidesMissing;
        return HtmlAsync(context, platform, soft ? 200 : status, SamplePages.Missing(platform, soft, now));
    }

    private static Task RestrictedAsync(HttpContext context, SamplePlatform platform, DateTimeOffset now)
    {
        if (!platform.Look.SaysLegal)
            return HtmlAsync(context, platform, 403, SamplePages.Restricted(platform, now));
        // RFC 7725 section 4.
        context.Response.Headers.Link = $"<http://{platform.Host}/>; rel=\"blocked-by\"";
        return HtmlAsync(context, platform, 451, SamplePages.Restricted(platform, now));
    }

    private static Task HtmlAsync(HttpContext context, SamplePlatform platform, int status, string html)
    {
        context.Response.Headers.SetCookie = "visit=1; Path=/";
        return WriteAsync(context, status, platform.Look.CharsetInHeader ? "text/html; charset=utf-8" : "text/html", Encoding.UTF8.GetBytes(html));
    }

    private static Task TextAsync(HttpContext context, string text, int status = 200) => WriteAsync(context, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    private static Task PictureAsync(HttpContext context, SamplePicture picture)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return WriteAsync(context, 200, "image/png", picture.Bytes);
    }

    private static async Task WriteAsync(HttpContext context, int status, string type, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private void Note(SampleViolationKind kind, HttpContext context)
    {
        Interlocked.Increment(ref _violationCount);
        var request = context.Request;
        lock (_gate)
        {
            if (_violations.Count < MaxViolationsKept)
                _violations.Add(new SampleViolation(kind, request.Method, request.Host.Value ?? "", request.Path + request.QueryString.Value, _clock.GetUtcNow()));
        }
    }

    /// <summary>One platform at run time.</summary>
    private sealed class Site(SamplePlatform platform)
    {
        private readonly Lock _gate = new();
        private readonly bool _keyedByQuery = platform.Target.PageUrl.Contains('?', StringComparison.Ordinal);
        private volatile SampleNotice[] _notices = [];
        private volatile SampleEra[] _eras = [];

        public SamplePlatform Platform { get; } = platform;

        public FrozenDictionary<string, SamplePicture> Pictures { get; } =
            platform.Target.MediaUrls.Zip(platform.Target.Pictures).ToFrozenDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

        public IReadOnlyList<SampleEra> Eras => _eras;

        public IReadOnlyList<SampleNotice> Notices => _notices;

        public void Add(SampleNotice notice)
        {
            lock (_gate)
            {
                _notices = [.. _notices.Append(notice).OrderBy(earlier => earlier.At)];
                _eras = [.. Platform.Behaviour.Eras(_notices, Platform.Target.Timing)];
            }
        }

        public SampleState StateAt(DateTimeOffset at)
        {
            var state = SampleState.Alive;
            foreach (var era in _eras)
            {
                if (era.From <= at)
                    state = era.State;
            }

            return state;
        }

        /// <summary>The URL without whatever the platform does not look at: tracking parameters, capital letters in the host.</summary>
        public string Key(string host, string path, IQueryCollection query)
        {
            var key = $"http://{host.ToLowerInvariant()}{path}";
            return _keyedByQuery && query.TryGetValue("v", out var id) ? string.Create(CultureInfo.InvariantCulture, $"{key}?v={id}") : key;
        }
    }

    private sealed class Application(SampleWorld world) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => world.AnswerAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // Nothing is held per request.
        }
    }
}
