using System.Net;
using System.Net.Sockets;

namespace Monitor.Worker.Fetching.Vantages;

/// <summary>
/// A way to a site through somebody else's machine. It opens one connection to the configured proxy and has it carried on to one
/// destination; what is said over it afterwards is between this program and the site. The proxy's own address comes from configuration
/// and is not checked; destinations are checked by the caller before they get here.
/// </summary>
public abstract class Tunnel(string host, int port, bool namesResolvedByProxy)
{
    /// <summary>True: destinations are names (or public addresses written as such), and the proxy looks them up.</summary>
    public bool NamesResolvedByProxy { get; } = namesResolvedByProxy;

    /// <summary>Asks the proxy that <paramref name="stream"/> leads to to carry on to the destination.</summary>
    /// <exception cref="HopEndException">The proxy refused, or what answered is not such a proxy.</exception>
    protected abstract ValueTask AskAsync(Stream stream, string destination, int destinationPort, CancellationToken cancellation);

    /// <param name="destination">Host name in ASCII, or an IP address.</param>
    /// <exception cref="HopEndException">The proxy cannot be reached, refused, or could not reach the destination.</exception>
    internal async ValueTask<NetworkStream> ConnectAsync(string destination, int destinationPort, INameResolver resolver, CancellationToken cancellation)
    {
        NetworkStream stream = await ReachAsync(resolver, cancellation);
        try
        {
            await AskAsync(stream, destination, destinationPort, cancellation);
            return stream;
        }
        catch (Exception problem)
        {
            await stream.DisposeAsync();
            if (problem is IOException and not HopEndException)
                throw Broken(problem);
            throw;
        }
    }

    /// <summary>The way out itself is the trouble: says nothing about the site.</summary>
    internal static HopEndException Broken(Exception? cause = null) => new(new HopEnd.Connection(ConnectionProblem.Proxy), cause);

    private async ValueTask<NetworkStream> ReachAsync(INameResolver resolver, CancellationToken cancellation)
    {
        IReadOnlyList<IPAddress> addresses = IPAddress.TryParse(host, out IPAddress? literal)
            ? [literal]
            : await resolver.ResolveAsync(host, cancellation) is NameResolution.Found found ? found.Addresses : [];
        SocketException? last = null;
        foreach (IPAddress address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException problem)
            {
                socket.Dispose();
                last = problem;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw Broken(last);
    }
}
