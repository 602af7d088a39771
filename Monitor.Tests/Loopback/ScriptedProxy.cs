using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Monitor.Tests.Loopback;

/// <summary>
/// A proxy on a loopback port that speaks HTTP CONNECT or SOCKS5 and carries bytes to wherever the test says a destination lies.
/// Remembers what it was asked for, byte for byte as it was named.
/// </summary>
public sealed class ScriptedProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly ConcurrentQueue<string> _logins = new();
    private readonly ConcurrentBag<Task> _tasks = [];
    private readonly bool _socks;
    private readonly Task _accepting;
    private int _connections;

    private ScriptedProxy(bool socks)
    {
        _socks = socks;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Destinations asked for, "host:port".</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>"name:password" as presented.</summary>
    public IReadOnlyList<string> Logins => [.. _logins];

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Where a destination lies; null: it cannot be reached.</summary>
    public Func<string, IPEndPoint?> Route { get; set; } = _ => null;

    /// <summary>"name:password"; null: none is asked for.</summary>
    public string? Login { get; set; }

    /// <summary>HTTP: the whole answer to CONNECT. SOCKS5: the bytes after the greeting. Null: as the protocol wants it.</summary>
    public byte[]? Instead { get; set; }

    /// <summary>SOCKS5: the code of an unreachable destination.</summary>
    public byte Unreachable { get; set; } = 4;

    public static ScriptedProxy Http() => new(socks: false);

    public static ScriptedProxy Socks() => new(socks: true);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_tasks);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _tasks.Add(ServeAsync(socket));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var client = new NetworkStream(socket, ownsSocket: true);
            IPEndPoint? route = await (_socks ? SocksAsync(client) : ConnectAsync(client));
            if (route is null)
                return;
            using var onward = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await onward.ConnectAsync(route, _stop.Token);
            await using var site = new NetworkStream(onward);
            await Task.WhenAny(client.CopyToAsync(site, _stop.Token), site.CopyToAsync(client, _stop.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client or the site went away, or the test ended.
        }
    }

    private async Task<IPEndPoint?> ConnectAsync(NetworkStream client)
    {
        if (await new ScriptedRequestReader(client).ReadAsync(_stop.Token) is not { } request)
            return null;
        string? login = request.Headers.GetValueOrDefault("proxy-authorization") is { } basic ? Encoding.UTF8.GetString(Convert.FromBase64String(basic["Basic ".Length..])) : null;
        if (login is not null)
            _logins.Enqueue(login);
        _asked.Enqueue(request.Method == "CONNECT" ? request.Target : $"{request.Method} {request.Target}");
        IPEndPoint? route = Login is null || Login == login ? Route(request.Target) : null;
        string answer = Login is not null && Login != login ? "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"
            : route is null ? "HTTP/1.1 502 No Way\r\nContent-Length: 0\r\n\r\n"
            : "HTTP/1.1 200 Connected\r\nVia: scripted\r\n\r\n";
        await client.WriteAsync(Instead ?? Encoding.ASCII.GetBytes(answer), _stop.Token);
        return Instead is null ? route : null;
    }

    private async Task<IPEndPoint?> SocksAsync(NetworkStream client)
    {
        byte[] greeting = await ReadAsync(client, 2);
        byte[] methods = await ReadAsync(client, greeting[1]);
        byte wanted = Login is null ? (byte)0 : (byte)2;
        if (Instead is { } instead)
        {
            await client.WriteAsync(instead, _stop.Token);
            return null;
        }

        if (!methods.Contains(wanted))
        {
            await client.WriteAsync(new byte[] { 5, 0xFF }, _stop.Token);
            return null;
        }

        await client.WriteAsync(new byte[] { 5, wanted }, _stop.Token);
        if (Login is not null)
        {
            byte[] name = await ReadAsync(client, (await ReadAsync(client, 2))[1]);
            byte[] password = await ReadAsync(client, (await ReadAsync(client, 1))[0]);
            string login = $"{Encoding.UTF8.GetString(name)}:{Encoding.UTF8.GetString(password)}";
            _logins.Enqueue(login);
            await client.WriteAsync(new byte[] { 1, login == Login ? (byte)0 : (byte)1 }, _stop.Token);
            if (login != Login)
                return null;
        }

        byte[] request = await ReadAsync(client, 4);
        string host = request[3] switch
        {
            1 => new IPAddress(await ReadAsync(client, 4)).ToString(),
            4 => $"[{new IPAddress(await ReadAsync(client, 16))}]",
            _ => Encoding.ASCII.GetString(await ReadAsync(client, (await ReadAsync(client, 1))[0])),
        };
        byte[] port = await ReadAsync(client, 2);
        string destination = string.Create(CultureInfo.InvariantCulture, $"{host}:{(port[0] << 8) | port[1]}");
        _asked.Enqueue(destination);
        IPEndPoint? route = Route(destination);

        // The bound address as a name: the longest form a client has to read over.
        byte[] reply = [5, route is null ? Unreachable : (byte)0, 0, 3, 5, .. "bound"u8, 0, 0];
        await client.WriteAsync(reply, _stop.Token);
        return route;
    }

    private async Task<byte[]> ReadAsync(NetworkStream client, int count)
    {
        byte[] buffer = new byte[count];
        await client.ReadExactlyAsync(buffer, _stop.Token);
        return buffer;
    }
}
