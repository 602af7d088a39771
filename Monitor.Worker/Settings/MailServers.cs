using System.Net;

namespace Monitor.Worker.Settings;

/// <summary>What holds for every mail server that is named, whether mail goes there or is read there.</summary>
internal static class MailServers
{
    /// <summary>The only hosts that may be spoken to without encryption.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
