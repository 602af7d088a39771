using System.Collections.Frozen;
using System.Net;

namespace Monitor.Worker.Fetching;

/// <summary>
/// The one hole in <see cref="AddressGuard"/>, for tests and the demo. It can only ever lead to 127.0.0.0/8:
/// a configuration slip cannot open the inner network. The worker refuses to start with a list that is not empty unless told so explicitly.
/// </summary>
public sealed class LoopbackAllowList
{
    private readonly bool _wholeLoopback;
    private readonly FrozenSet<IPEndPoint> _endpoints;
    private readonly FrozenDictionary<string, IPEndPoint> _hosts;

    /// <param name="endpoints">Loopback endpoints a name or literal address may lead to.</param>
    /// <param name="hosts">Host name (canonical, lower case) → loopback endpoint contacted in its place, whatever port the URL names. No DNS is asked for these.</param>
    /// <param name="wholeLoopback">All of 127.0.0.0/8, every port.</param>
    /// <exception cref="ArgumentException">An endpoint is not within 127.0.0.0/8.</exception>
    public LoopbackAllowList(IEnumerable<IPEndPoint>? endpoints = null, IReadOnlyDictionary<string, IPEndPoint>? hosts = null, bool wholeLoopback = false)
    {
        _wholeLoopback = wholeLoopback;
        _endpoints = (endpoints ?? []).ToFrozenSet();
        _hosts = (hosts ?? new Dictionary<string, IPEndPoint>(StringComparer.Ordinal)).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (IPEndPoint endpoint in _endpoints.Concat(_hosts.Values))
        {
            if (!IsLoopback4(endpoint.Address))
                throw new ArgumentException($"{endpoint} is not a loopback endpoint", nameof(endpoints));
        }
    }

    public static LoopbackAllowList Empty { get; } = new();

    public static LoopbackAllowList WholeLoopback { get; } = new(wholeLoopback: true);

    public bool IsEmpty => !_wholeLoopback && _endpoints.Count == 0 && _hosts.Count == 0;

    public bool Permits(IPEndPoint endpoint) => IsLoopback4(endpoint.Address) && (_wholeLoopback || _endpoints.Contains(endpoint));

    /// <summary>Where a mapped host name leads, or null.</summary>
    public IPEndPoint? MappedTo(string host) => _hosts.GetValueOrDefault(host);

    private static bool IsLoopback4(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && IPAddress.IsLoopback(address);
}
