using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Monitor.Worker.Demo;

/// <summary>
/// A small SMTP server on 127.0.0.1 (RFC 5321 as far as a submission client needs it) that keeps what it is given and can
/// be told to fail in each of the ways that matter to the fate of a mail. For the demonstration and for tests.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room;
    private readonly ConcurrentQueue<SmtpFault?> _faults = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<SmtpFault>> _faultsFor = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<long, Task> _open = new();
    private readonly Lock _gate = new();
    private readonly List<SinkMessage> _messages = [];
    private readonly Task _accepting;
    private long _connections;

    private SmtpSink(SmtpSinkOptions options, TimeProvider clock)
    {
        Options = options;
        Clock = clock;
        _room = new SemaphoreSlim(options.MaxConnections);
        Certificate = options.Security == SinkSecurity.None ? null : MakeCertificate();
        _listener = new TcpListener(IPAddress.Loopback, 0);
        // A dropped message must not fit into the kernel whole, or the sender could not notice the drop.
        _listener.Server.ReceiveBufferSize = 32 * 1024;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public SmtpSinkOptions Options { get; }

    public int Port { get; }

    /// <summary>Self-made, for "localhost" and 127.0.0.1; null without TLS.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Connections accepted so far.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Called for each kept mail before it is answered: when the sender has its 250, this has run. Must not throw.</summary>
    public Action<SinkMessage>? OnMessage { get; set; }

    /// <summary>Called when a scripted fault takes effect. Must not throw.</summary>
    public Action<SmtpFault>? OnFault { get; set; }

    /// <summary>A copy of what was kept so far, in order of arrival.</summary>
    public IReadOnlyList<SinkMessage> Messages
    {
        get
        {
            lock (_gate)
                return [.. _messages];
        }
    }

    internal TimeProvider Clock { get; }

    public static SmtpSink Start(TimeProvider clock, SmtpSinkOptions? options = null) => new(options ?? new SmtpSinkOptions(), clock);

    /// <summary>The next connections suffer these, one each, in this order; null: none.</summary>
    public void Enqueue(params SmtpFault?[] faults)
    {
        foreach (var fault in faults)
            _faults.Enqueue(fault);
    }

    /// <summary>The next mails to this recipient suffer these, one each. Faults of the connection itself (greeting) are of no effect here.</summary>
    public void EnqueueFor(string recipient, params SmtpFault[] faults)
    {
        var queue = _faultsFor.GetOrAdd(recipient, static _ => new ConcurrentQueue<SmtpFault>());
        foreach (var fault in faults)
            queue.Enqueue(fault);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_open.Values);
        _listener.Dispose();
        _stop.Dispose();
        _room.Dispose();
        Certificate?.Dispose();
    }

    internal SmtpFault? FaultFor(string recipient) =>
        _faultsFor.TryGetValue(recipient, out var queue) && queue.TryDequeue(out var fault) ? fault : null;

    internal void Struck(SmtpFault fault) => OnFault?.Invoke(fault);

    /// <returns>False when the sink is full.</returns>
    internal bool Keep(SinkMessage message)
    {
        lock (_gate)
        {
            if (_messages.Count >= Options.MaxMessages)
                return false;
            _messages.Add(message);
        }

        OnMessage?.Invoke(message);
        return true;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _room.WaitAsync(_stop.Token);
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var number = Interlocked.Increment(ref _connections);
                _faults.TryDequeue(out var fault);
                var served = ServeAsync(client, fault);
                _open[number] = served;
                // The entry goes when the connection does, so the table stays as small as the open connections are.
                _ = served.ContinueWith(_ => _open.TryRemove(number, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, SmtpFault? fault)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                var connection = new SinkConnection(this, client, fault);
                await connection.RunAsync(_stop.Token);
            }
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The peer went away, was too slow, or did not like the certificate.
        }
        finally
        {
            try
            {
                _room.Release();
            }
            catch (ObjectDisposedException)
            {
                // Stopped meanwhile.
            }
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        // Validity is judged by the real clock of the TLS stack, never by an accelerated one.
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }
}
