using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Monitor.Tests.Loopback;

/// <summary>
/// A raw HTTP/1.1 server on a loopback port that sends whatever a test's script says, byte for byte: slow, endless, cut, malformed or correct.
/// Scripts are chosen by path and query ("/a?b=1"), then by path; without one the answer is an empty 404. A script that throws cuts the connection.
/// Observes connections, requests and how many requests per Host header were under way at once.
/// </summary>
public sealed class ScriptedHttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Func<ScriptedExchange, Task>> _scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly ConcurrentQueue<Exception> _cuts = new();
    private readonly ConcurrentDictionary<string, (int Now, int Most)> _underWay = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Task, byte> _connectionTasks = new();
    private readonly Task _accepting;
    private int _connections;

    private ScriptedHttpServer(X509Certificate2? certificate, IPEndPoint endpoint)
    {
        _certificate = certificate;
        _listener = new TcpListener(endpoint);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>TCP connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Requests read so far, in the order they arrived.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>Why connections were cut, for a test that wonders.</summary>
    public IReadOnlyList<Exception> Cuts => [.. _cuts];

    /// <param name="certificate">With private key: every connection speaks TLS.</param>
    /// <param name="endpoint">Default 127.0.0.1, a free port.</param>
    public static ScriptedHttpServer Start(X509Certificate2? certificate = null, IPEndPoint? endpoint = null) =>
        new(certificate, endpoint ?? new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>http(s)://127.0.0.1:PORT plus the path.</summary>
    public string Url(string path = "/") => $"{(_certificate is null ? "http" : "https")}://{_listener.LocalEndpoint}{path}";

    /// <summary>Greatest number of requests that were under way at once with this Host header.</summary>
    public int MostAtOnce(string hostHeader) => _underWay.GetValueOrDefault(hostHeader).Most;

    public int CountOf(string target) => _requests.Count(request => request.Target == target);

    public ScriptedHttpServer On(string pathAndQuery, Func<ScriptedExchange, Task> script)
    {
        _scripts[pathAndQuery] = script;
        return this;
    }

    public ScriptedHttpServer OnText(string pathAndQuery, string body, int status = 200, string contentType = "text/html; charset=utf-8", params (string Name, string Value)[] headers) =>
        On(pathAndQuery, exchange => exchange.RespondAsync(status, System.Text.Encoding.UTF8.GetBytes(body), [("Content-Type", contentType), .. headers]));

    /// <summary>These bytes, then the connection is closed.</summary>
    public ScriptedHttpServer OnRaw(string pathAndQuery, string latin1) => On(pathAndQuery, async exchange =>
    {
        await exchange.WriteAsync(System.Text.Encoding.Latin1.GetBytes(latin1));
        exchange.Close();
    });

    public ScriptedHttpServer OnRedirect(string pathAndQuery, string location, int status = 302) =>
        On(pathAndQuery, exchange => exchange.RespondAsync(status, ReadOnlyMemory<byte>.Empty, ("Location", location)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connectionTasks.Keys);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref _connections);
            Task serving = ServeAsync(socket);
            _connectionTasks[serving] = 0;
            _ = serving.ContinueWith(done => _connectionTasks.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                socket.NoDelay = true;
                await using Stream stream = await OpenAsync(socket);
                var reader = new ScriptedRequestReader(stream);
                while (await reader.ReadAsync(_stop.Token) is { } request)
                {
                    _requests.Enqueue(request);
                    string host = request.Headers.GetValueOrDefault("host", "");
                    var exchange = new ScriptedExchange(request, stream, socket, _stop.Token);
                    _underWay.AddOrUpdate(host, (1, 1), (_, seen) => (seen.Now + 1, Math.Max(seen.Most, seen.Now + 1)));
                    try
                    {
                        await Script(request)(exchange);
                    }
                    finally
                    {
                        _underWay.AddOrUpdate(host, (0, 1), (_, seen) => (seen.Now - 1, seen.Most));
                    }

                    if (exchange.Closed)
                        return;
                }
            }
            catch (Exception e)
            {
                // The client went away, the test ended, or the script failed: all end as a cut connection, which the test sees.
                _cuts.Enqueue(e);
            }
        }
    }

    private Func<ScriptedExchange, Task> Script(ScriptedRequest request)
    {
        if (_scripts.TryGetValue(request.Target, out Func<ScriptedExchange, Task>? script))
            return script;
        int question = request.Target.IndexOf('?');
        if (question >= 0 && _scripts.TryGetValue(request.Target[..question], out script))
            return script;
        return _scripts.GetValueOrDefault("*", exchange => exchange.RespondAsync(404, ReadOnlyMemory<byte>.Empty));
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var plain = new NetworkStream(socket);
        if (_certificate is null)
            return plain;
        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return tls;
    }
}
