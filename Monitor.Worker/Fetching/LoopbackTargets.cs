using System.Net;

namespace Monitor.Worker.Fetching;

/// <summary>Reads the configured test-only allow-list: "127.0.0.1" (all of loopback), "127.0.0.1:8080" or "host=127.0.0.1:8080".</summary>
public static class LoopbackTargets
{
    public static LoopbackAllowList Parse(IReadOnlyList<string> entries)
    {
        var endpoints = new List<IPEndPoint>();
        var hosts = new Dictionary<string, IPEndPoint>(StringComparer.OrdinalIgnoreCase);
        var whole = false;
        foreach (var entry in entries)
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            var address = equals < 0 ? entry : entry[(equals + 1)..];
            if (equals < 0 && IPAddress.TryParse(address, out var bare) && IPAddress.IsLoopback(bare))
            {
                whole = true;
            }
            else if (IPEndPoint.TryParse(address, out var endpoint) && endpoint.Port > 0)
            {
                endpoints.Add(endpoint);
                if (equals > 0)
                {
                    hosts[entry[..equals].Trim()] = endpoint;
                }
            }
        }

        return entries.Count == 0 ? LoopbackAllowList.Empty : new LoopbackAllowList(endpoints, hosts, whole);
    }
}
