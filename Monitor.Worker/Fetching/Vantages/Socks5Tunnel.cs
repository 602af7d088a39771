using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Monitor.Worker.Fetching.Vantages;

/// <summary>
/// SOCKS5 CONNECT (RFC 1928) with no authentication or user name and password (RFC 1929). Names go to the proxy as they are,
/// which is what Tor needs.
/// </summary>
public sealed class Socks5Tunnel(string host, int port, bool namesResolvedByProxy, ProxyLogin login) : Tunnel(host, port, namesResolvedByProxy)
{
    private const byte Version = 5;
    private const byte LoginVersion = 1;
    private const byte NoLogin = 0;
    private const byte NameAndPassword = 2;
    private const byte Connect = 1;
    private const byte Ip4 = 1;
    private const byte DomainName = 3;
    private const byte Ip6 = 4;

    protected override async ValueTask AskAsync(Stream stream, string destination, int destinationPort, CancellationToken cancellation)
    {
        // Only the one method that is meant is offered: a proxy that asks for no login although one is configured is not the proxy that is meant.
        byte method = login.IsNone ? NoLogin : NameAndPassword;
        await stream.WriteAsync(new byte[] { Version, 1, method }, cancellation);
        byte[] chosen = await ReadAsync(stream, 2, cancellation);
        if (chosen[0] != Version || chosen[1] != method)
            throw Broken();
        if (method == NameAndPassword)
            await LogInAsync(stream, cancellation);

        await stream.WriteAsync(Request(destination, destinationPort), cancellation);
        byte[] reply = await ReadAsync(stream, 4, cancellation);
        if (reply[0] != Version)
            throw Broken();
        if (reply[1] != 0)
            throw new HopEndException(Refusal(reply[1]));

        int address = reply[3] switch
        {
            Ip4 => 4,
            Ip6 => 16,
            DomainName => (await ReadAsync(stream, 1, cancellation))[0],
            _ => throw Broken(),
        };
        await ReadAsync(stream, address + 2, cancellation);
    }

    private async ValueTask LogInAsync(Stream stream, CancellationToken cancellation)
    {
        byte[] name = Encoding.UTF8.GetBytes(login.Username);
        byte[] password = Encoding.UTF8.GetBytes(login.Password() ?? throw Broken());
        if (name.Length is 0 or > 255 || password.Length > 255)
            throw Broken();
        byte[] request = [LoginVersion, (byte)name.Length, .. name, (byte)password.Length, .. password];
        await stream.WriteAsync(request, cancellation);
        byte[] answer = await ReadAsync(stream, 2, cancellation);
        if (answer[1] != 0)
            throw Broken();
    }

    private static byte[] Request(string destination, int destinationPort)
    {
        byte[] port = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(port, (ushort)destinationPort);
        if (IPAddress.TryParse(destination, out IPAddress? address))
            return [Version, Connect, 0, address.AddressFamily == AddressFamily.InterNetwork ? Ip4 : Ip6, .. address.GetAddressBytes(), .. port];
        byte[] name = Encoding.ASCII.GetBytes(destination);
        if (name.Length is 0 or > 255)
            throw new HopEndException(new HopEnd.Dns(NameDoesNotExist: false));
        return [Version, Connect, 0, DomainName, (byte)name.Length, .. name, .. port];
    }

    /// <summary>RFC 1928 section 6, and Tor's own codes from 0xF0 on. None of them is an answer about the name: Tor says "host unreachable" for one it cannot look up just now.</summary>
    private static HopEnd.Connection Refusal(byte code) => new(code switch
    {
        5 => ConnectionProblem.Refused,
        1 or 3 or 4 or 6 or >= 0xF0 => ConnectionProblem.Unreachable,
        _ => ConnectionProblem.Proxy,
    });

    private static async ValueTask<byte[]> ReadAsync(Stream stream, int count, CancellationToken cancellation)
    {
        byte[] buffer = new byte[count];
        await stream.ReadExactlyAsync(buffer, cancellation);
        return buffer;
    }
}
