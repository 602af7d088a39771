using System.Net;
using System.Net.Sockets;

namespace Monitor.Worker.Fetching;

/// <summary>
/// The operating system's resolver. getaddrinfo reports NXDOMAIN and "no address records" alike on Linux, so a name with MX records only reads as
/// not existing here; a resolver that speaks DNS itself can tell them apart behind the same interface.
/// </summary>
public sealed class SystemNameResolver : INameResolver
{
    public async Task<NameResolution> ResolveAsync(string host, CancellationToken cancellation)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, cancellation);
            return addresses.Length > 0 ? new NameResolution.Found(addresses) : new NameResolution.Failed();
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.HostNotFound ? new NameResolution.NoSuchName() : new NameResolution.Failed();
        }
        catch (ArgumentException)
        {
            // A name longer than DNS allows cannot be asked for, so nobody said it does not exist.
            return new NameResolution.Failed();
        }
    }
}
