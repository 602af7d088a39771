using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Monitor.Worker.Fetching;

namespace Monitor.Worker.Bench;

/// <summary>Many host names behind one port of 127.0.0.1 that serve <see cref="BenchContent"/>: "/bai/trang-N" and its pictures, a robots.txt, 404 for the rest.</summary>
public sealed class BenchSite : IAsyncDisposable
{
    /// <summary>Words in it, so that a control's made-up sibling is none of the pages.</summary>
    private const string PagePath = "/bai/trang-";

    private static readonly byte[] Robots = "User-agent: *\nAllow: /\n"u8.ToArray();
    private static readonly byte[] NotFound = Encoding.UTF8.GetBytes("<!doctype html><html lang=\"vi\"><head><title>404</title></head><body><main><h1>Không tìm thấy trang</h1></main></body></html>");

    private readonly BenchContent _content;
    private readonly int _hosts;
    private readonly KestrelServer _server;
    private int _port;

    private BenchSite(BenchContent content, int hosts)
    {
        _content = content;
        _hosts = hosts;
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Listen(IPAddress.Loopback, 0);
        _server = new KestrelServer(
            Options.Create(kestrel), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>The only way in: each host name mapped to this port.</summary>
    public LoopbackAllowList AllowList => new(null, Enumerable.Range(0, _hosts).ToDictionary(Host, _ => new IPEndPoint(IPAddress.Loopback, _port), StringComparer.OrdinalIgnoreCase));

    public static async Task<BenchSite> StartAsync(BenchContent content, int hosts, CancellationToken cancellation)
    {
        var site = new BenchSite(content, hosts);
        try
        {
            await site._server.StartAsync(new Application(site), cancellation);
            site._port = new Uri(site._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public string PageUrl(int number) => string.Create(CultureInfo.InvariantCulture, $"http://{Host(number % _hosts)}{PagePath}{number}");

    public static int NumberOf(string pageUrl) => int.Parse(pageUrl.AsSpan(pageUrl.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _server.StopAsync(now.Token);
        _server.Dispose();
    }

    private static string Host(int number) => string.Create(CultureInfo.InvariantCulture, $"host-{number}.bench.example");

    private (int Status, string Type, byte[] Body) Answer(string path)
    {
        if (path == "/robots.txt")
        {
            return (200, "text/plain", Robots);
        }

        if (path.StartsWith(PagePath, StringComparison.Ordinal) && int.TryParse(path.AsSpan(PagePath.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return (200, "text/html; charset=utf-8", _content.Page(number));
        }

        if (path.StartsWith("/anh/", StringComparison.Ordinal) && path.EndsWith(".jpg", StringComparison.Ordinal)
            && path.AsSpan(5, path.Length - 9) is var name && name.IndexOf('-') is var dash and > 0
            && int.TryParse(name[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            && int.TryParse(name[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return (200, "image/jpeg", _content.Picture(page, index));
        }

        return (404, "text/html; charset=utf-8", NotFound);
    }

    private sealed class Application(BenchSite site) : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public async Task ProcessRequestAsync(IFeatureCollection context)
        {
            var (status, type, body) = site.Answer(context.GetRequiredFeature<IHttpRequestFeature>().Path);
            var response = context.GetRequiredFeature<IHttpResponseFeature>();
            response.StatusCode = status;
            response.Headers.ContentType = type;
            response.Headers.ContentLength = body.Length;
            await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body);
        }

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
        }
    }
}
