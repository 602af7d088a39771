using System.Net;

namespace Monitor.Worker.Settings;

/// <summary>The only hosts that may be spoken to without encryption.</summary>
internal static class LoopbackHost
{
    /// <param name="host">A name or an address, as it is configured.</param>
    public static bool Is(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
