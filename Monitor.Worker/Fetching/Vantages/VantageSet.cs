using Monitor.Worker.Settings;

namespace Monitor.Worker.Fetching.Vantages;

/// <summary>
/// The ways out to the network that are configured. The direct line is the fetcher it was given; the others are made when first asked for,
/// with the same limits, politeness, robots and address rules, and follow a change of configuration. Safe for concurrent use.
/// </summary>
public sealed class VantageSet : IAsyncDisposable
{
    /// <summary>A proxy, and Tor more so, takes longer to get anywhere than a line of one's own.</summary>
    private static readonly TimeSpan ProxyConnectTimeout = TimeSpan.FromSeconds(20);

    private readonly Func<IReadOnlyList<VantageSettings>> _configured;
    private readonly FetcherOptions _options;
    private readonly TimeProvider _time;
    private readonly INameResolver? _resolver;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (VantageSettings Settings, VantagePoint Point)> _points = new(StringComparer.Ordinal);
    private readonly List<SafeFetcher> _made = [];
    private readonly IFetcher _line;
    private readonly ControlProbe _control;

    /// <param name="configured">The vantages in force at the moment.</param>
    /// <param name="line">The direct line. Not disposed here.</param>
    /// <param name="options">How <paramref name="line"/> behaves; the others behave likewise.</param>
    /// <param name="resolver">Null: the operating system's.</param>
    public VantageSet(Func<IReadOnlyList<VantageSettings>> configured, IFetcher line, FetcherOptions options, TimeProvider time, INameResolver? resolver = null)
    {
        (_configured, _line, _options, _time, _resolver) = (configured, line, options, time, resolver);
        _control = new ControlProbe(line, time);
    }

    /// <returns>Null when no such vantage is configured (any more).</returns>
    public VantagePoint? Find(string id)
    {
        VantageSettings? settings = null;
        foreach (VantageSettings one in _configured())
        {
            if (one.Id == id)
                settings = one;
        }

        if (settings is null)
            return null;
        lock (_gate)
        {
            if (_points.TryGetValue(id, out var known) && known.Settings == settings)
                return known.Point;
            VantagePoint point = Make(settings);
            _points[id] = (settings, point);
            return point;
        }
    }

    /// <summary>The first of the required vantages that is configured; the first configured one when none is.</summary>
    public VantagePoint First(IReadOnlyList<string> required)
    {
        foreach (string id in required)
        {
            if (Find(id) is { } point)
                return point;
        }

        return Find(_configured()[0].Id)!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SafeFetcher fetcher in _made)
            await fetcher.DisposeAsync();
    }

    private VantagePoint Make(VantageSettings settings)
    {
        if (TunnelOf(settings) is not { } tunnel)
            return new VantagePoint(settings.Id, _line, _control, ResolvesHere: true);
        var fetcher = new SafeFetcher(
            _options with { Tunnel = tunnel, ConnectTimeout = _options.ConnectTimeout > ProxyConnectTimeout ? _options.ConnectTimeout : ProxyConnectTimeout },
            _time,
            _resolver);

        // Kept to the end, also when the configuration changes: fetches may be under way on the old one.
        _made.Add(fetcher);
        return new VantagePoint(settings.Id, fetcher, new ControlProbe(fetcher, _time), !tunnel.NamesResolvedByProxy);
    }

    private static Tunnel? TunnelOf(VantageSettings settings)
    {
        var login = new ProxyLogin(settings.Username, settings.PasswordVariable);
        bool byProxy = settings.Resolve == NamesResolved.Remote;
        return settings.Kind switch
        {
            VantageKind.Direct => null,
            VantageKind.HttpProxy => new ConnectTunnel(settings.Host, settings.Port, byProxy, login),
            VantageKind.Socks5 => new Socks5Tunnel(settings.Host, settings.Port, byProxy, login),
        };
    }
}
