using System.Net;

namespace Monitor.Worker.Fetching.Vantages;

/// <summary>
/// What may be asked of a proxy that looks names up itself. Its answer cannot be checked here, so names that can only mean something inside
/// a network are refused: single labels, and the special-use names of RFC 6761, RFC 6762, RFC 8375 and ICANN's ".internal".
/// </summary>
public static class NameGuard
{
    private static readonly string[] InnerNames =
        ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "localdomain", "home.arpa", "in-addr.arpa", "ip6.arpa", "test", "invalid"];

    /// <summary>Null for a name or address that may be passed on, otherwise the kind that forbids it.</summary>
    /// <param name="host">Canonical: lower case ASCII, numbers already read as addresses.</param>
    public static string? Forbids(string host)
    {
        string name = host.TrimEnd('.');
        if (IPAddress.TryParse(name, out IPAddress? address))
            return AddressGuard.Forbids(address);
        foreach (string inner in InnerNames)
        {
            if (name.EndsWith(inner, StringComparison.OrdinalIgnoreCase) && (name.Length == inner.Length || name[name.Length - inner.Length - 1] == '.'))
                return inner == "localhost" ? "loopback" : "inner-name";
        }

        return name.Contains('.', StringComparison.Ordinal) ? null : "inner-name";
    }
}
