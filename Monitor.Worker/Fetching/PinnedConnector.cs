using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Monitor.Worker.Fetching.Recording;
using Monitor.Worker.Fetching.Vantages;

namespace Monitor.Worker.Fetching;

/// <summary>
/// Opens connections for the HTTP handler. The name is resolved once, every address is checked, and exactly those addresses are contacted:
/// a name that answers differently the second time (DNS rebinding) finds no second time. TLS is done here too, so that a failure is known by its reason.
/// </summary>
internal sealed class PinnedConnector(FetcherOptions options, INameResolver resolver, TimeProvider time)
{
    private const int MaxAddressesTried = 6;

    /// <exception cref="HopEndException">Always this, whatever went wrong.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        context.InitialRequestMessage.Options.TryGetValue(HopContext.RequestKey, out HopContext? hop);
        if (hop is not null)
        {
            // The handler would try a connection that ends without an answer three times more, at once. One new connection
            // (after a pooled one gone stale) is all an attempt gets; further ones are for the retry policy, which is polite about it.
            if (++hop.Connections > 1)
                throw new HopEndException(hop.Entry.LastFailure ?? new HopEnd.Connection(ConnectionProblem.ClosedEarly));
            hop.Stage = FetchStage.Connecting;
            hop.Connection = new ConnectionFacts();
            hop.Entry.LastFailure = null;
        }

        using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            string host = context.DnsEndPoint.Host.Trim('[', ']');
            (NetworkStream stream, IPAddress? remote) = await OpenAsync(host, context.DnsEndPoint.Port, facts => Learn(hop, facts), linked.Token);
            Learn(hop, facts => facts with { Pinned = remote, Tunnelled = options.Tunnel is not null });
            if (hop is not null)
                hop.Entry.Remote = remote;

            Stream watched = hop is null ? stream : new WatchedStream(stream, hop.Entry);
            Stream secured = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps
                ? await SecureAsync(watched, host, tls => Learn(hop, facts => facts with { Tls = tls }), linked.Token)
                : watched;
            if (hop is not null)
                hop.Stage = FetchStage.Headers;
            return secured;
        }
        catch (OperationCanceledException e)
        {
            throw new HopEndException(new HopEnd.TimedOut(FetchStage.Connecting), e);
        }
    }

    /// <summary>What is learnt of a connection on the way is told at once: one that comes to nothing is evidence too.</summary>
    private static void Learn(HopContext? hop, Func<ConnectionFacts, ConnectionFacts> more)
    {
        if (hop is null)
            return;
        hop.Connection = more(hop.Connection);
        if (hop.Entry.Tape is { } tape)
            tape.Connection = hop.Connection;
    }

    /// <summary>Remote is the site's own address; null when only the proxy knows it.</summary>
    private async ValueTask<(NetworkStream Stream, IPAddress? Remote)> OpenAsync(string host, int port, Action<Func<ConnectionFacts, ConnectionFacts>> learn, CancellationToken cancellation)
    {
        if (options.Tunnel is { NamesResolvedByProxy: true } tunnel)
        {
            // The proxy may look up a name the allow-list knows: tests send it to a proxy on this machine.
            bool permitted = options.AllowList.MappedTo(host) is not null
                || (IPAddress.TryParse(host, out IPAddress? literal) && options.AllowList.Permits(new IPEndPoint(literal, port)));
            if (!permitted && NameGuard.Forbids(host) is { } kind)
                throw new HopEndException(new HopEnd.Unsafe(host, kind));
            return (await tunnel.ConnectAsync(host, port, resolver, cancellation), null);
        }

        IReadOnlyList<IPEndPoint> endpoints = await CheckedEndpointsAsync(host, port, learn, cancellation);
        if (options.Tunnel is { } carrier)
            return await ConnectThroughAsync(carrier, endpoints, cancellation);
        NetworkStream stream = await ConnectToAnyAsync(endpoints, cancellation);
        return (stream, (stream.Socket.RemoteEndPoint as IPEndPoint)?.Address);
    }

    /// <summary>The proxy is told the checked address, never the name: what it connects to is what was checked.</summary>
    private async ValueTask<(NetworkStream Stream, IPAddress? Remote)> ConnectThroughAsync(Tunnel tunnel, IReadOnlyList<IPEndPoint> endpoints, CancellationToken cancellation)
    {
        HopEndException? last = null;
        foreach (IPEndPoint endpoint in endpoints.Take(MaxAddressesTried))
        {
            try
            {
                return (await tunnel.ConnectAsync(endpoint.Address.ToString(), endpoint.Port, resolver, cancellation), endpoint.Address);
            }
            catch (HopEndException problem) when (problem.End is HopEnd.Connection { Problem: not ConnectionProblem.Proxy })
            {
                last = problem;
            }
        }

        throw last!;
    }

    private async ValueTask<IReadOnlyList<IPEndPoint>> CheckedEndpointsAsync(string host, int port, Action<Func<ConnectionFacts, ConnectionFacts>> learn, CancellationToken cancellation)
    {
        if (options.AllowList.MappedTo(host) is { } mapped)
            return [mapped];

        IReadOnlyList<IPAddress> addresses;
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            addresses = [literal];
        }
        else
        {
            addresses = await resolver.ResolveAsync(host, cancellation) switch
            {
                NameResolution.Found { Addresses.Count: > 0 } found => found.Addresses,
                NameResolution.NoSuchName => throw new HopEndException(new HopEnd.Dns(NameDoesNotExist: true)),
                _ => throw new HopEndException(new HopEnd.Dns(NameDoesNotExist: false)),
            };
        }

        learn(facts => facts with { Resolved = addresses });

        // One forbidden address among good ones forbids the name: a host of good faith has none.
        var endpoints = new List<IPEndPoint>(addresses.Count);
        foreach (IPAddress address in addresses)
        {
            var endpoint = new IPEndPoint(address, port);
            if (AddressGuard.Forbids(address) is { } kind && !options.AllowList.Permits(endpoint))
                throw new HopEndException(new HopEnd.Unsafe(host, kind));
            endpoints.Add(endpoint);
        }

        return endpoints;
    }

    private static async ValueTask<NetworkStream> ConnectToAnyAsync(IReadOnlyList<IPEndPoint> endpoints, CancellationToken cancellation)
    {
        HopEndException? last = null;
        foreach (IPEndPoint endpoint in endpoints.Take(MaxAddressesTried))
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endpoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = new HopEndException(TransportFailures.FromSocket(e.SocketErrorCode, FetchStage.Connecting), e);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last!;
    }

    private async ValueTask<Stream> SecureAsync(Stream stream, string host, Action<TlsFacts> learn, CancellationToken cancellation)
    {
        string? problem = null;
        IReadOnlyList<byte[]> shown = [];
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    ApplicationProtocols = [SslApplicationProtocol.Http11],
                    CertificateChainPolicy = ChainPolicy(),
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    {
                        shown = Shown(certificate, chain);
                        problem = CertificateProblem(chain, errors);
                        return problem is null;
                    },
                },
                cancellation);
            learn(new TlsFacts(tls.SslProtocol.ToString(), tls.NegotiatedCipherSuite.ToString(), shown, null));
            return tls;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException or InvalidOperationException)
        {
            learn(new TlsFacts("", "", shown, problem ?? "handshake"));
            await tls.DisposeAsync();
            throw new HopEndException(new HopEnd.Tls(problem ?? "handshake"), e);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>The chain that was built, then what else the server sent; its own certificate alone where no chain was built.</summary>
    private static List<byte[]> Shown(X509Certificate? certificate, X509Chain? chain)
    {
        var shown = new List<byte[]>();
        void Add(byte[] der)
        {
            if (!shown.Exists(one => one.AsSpan().SequenceEqual(der)))
                shown.Add(der);
        }

        if (certificate is not null)
            Add(certificate.GetRawCertData());
        foreach (X509ChainElement element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            Add(element.Certificate.RawData);
        foreach (X509Certificate2 extra in chain?.ChainPolicy.ExtraStore ?? [])
            Add(extra.RawData);
        return shown;
    }

    private X509ChainPolicy ChainPolicy()
    {
        // No certificate or revocation list is fetched along the way: those URLs are the server's choice and would go out unguarded.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (options.TrustedRoots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    /// <summary>The one reason worth telling when there are several: a lapsed certificate, then a foreign one, then an unknown issuer.</summary>
    private static string? CertificateProblem(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return null;
        X509ChainStatusFlags flags = X509ChainStatusFlags.NoError;
        foreach (X509ChainStatus status in chain?.ChainStatus ?? [])
            flags |= status.Status;

        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return "expired";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return "name-mismatch";
        if (flags.HasFlag(X509ChainStatusFlags.Revoked))
            return "revoked";
        if (flags.HasFlag(X509ChainStatusFlags.UntrustedRoot) || flags.HasFlag(X509ChainStatusFlags.PartialChain))
            return "untrusted-root";
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "no-certificate" : "invalid-certificate";
    }
}
