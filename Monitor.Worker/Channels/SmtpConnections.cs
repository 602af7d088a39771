using MailKit;
using MailKit.Net.Smtp;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Channels;

/// <summary>
/// Open connections that wait for the next mail to the same server: few, for a short time, each for one send at a time. A connection is kept
/// only after a mail that was accepted on it, is reset (RSET) before the next, and is given up for a new one when the server has closed it.
/// </summary>
public sealed class SmtpConnections : IAsyncDisposable
{
    /// <summary>Most connections kept idle, all servers together.</summary>
    public const int MostIdle = 4;

    /// <summary>Servers tire of endless sessions; after so many mails the connection ends with QUIT.</summary>
    public const int MostMails = 100;

    /// <summary>How long a connection is kept idle; servers must allow five minutes (RFC 5321 section 4.5.3.2.7), but many do not.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(15);

    /// <summary>A server that does not answer RSET in this time is not worth waiting for.</summary>
    private static readonly TimeSpan ResetTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<Kept> _idle = [];
    private readonly TimeProvider _timer;
    private readonly ITimer _sweep;
    private bool _closed;

    /// <param name="timer">Measures the idle time; null: real time.</param>
    public SmtpConnections(TimeProvider? timer = null)
    {
        _timer = timer ?? TimeProvider.System;
        _sweep = _timer.CreateTimer(_ => _ = CloseAsync(Expired()), null, IdleTime, IdleTime);
    }

    /// <summary>Connections that wait now.</summary>
    public int Idle
    {
        get
        {
            lock (_gate)
                return _idle.Count;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        List<Kept> all;
        lock (_gate)
        {
            _closed = true;
            all = [.. _idle];
            _idle.Clear();
        }

        await CloseAsync(all);
    }

    /// <summary>A connection that has just answered RSET, or null.</summary>
    internal async Task<ObservedSmtpClient?> TakeAsync(SmtpSettings settings, CancellationToken cancellation)
    {
        while (TryTake(ServerKey.Of(settings)) is { } client)
        {
            try
            {
                using var soon = new CancellationTokenSource(ResetTime, _timer);
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, cancellation);
                if (client.IsConnected && await client.ResetAsync(linked.Token))
                    return client;
            }
            catch (Exception problem) when (!cancellation.IsCancellationRequested && problem is IOException or System.Net.Sockets.SocketException or ProtocolException or CommandException or ServiceNotConnectedException or OperationCanceledException)
            {
                // Closed by the server, or stuck: nothing of the mail has left yet.
            }
            catch
            {
                client.Dispose();
                throw;
            }

            client.Dispose();
        }

        return null;
    }

    /// <summary>After an accepted mail: kept for the next one, or ended politely.</summary>
    internal async Task GiveAsync(SmtpSettings settings, ObservedSmtpClient client)
    {
        lock (_gate)
        {
            if (!_closed && _idle.Count < MostIdle && client.Mails < MostMails && client.IsConnected)
            {
                _idle.Add(new Kept(ServerKey.Of(settings), client, _timer.GetTimestamp()));
                return;
            }
        }

        await LeaveAsync(client, _timer);
    }

    /// <summary>QUIT is a courtesy: whatever goes wrong with it changes nothing.</summary>
    internal static async Task LeaveAsync(ObservedSmtpClient client, TimeProvider timer)
    {
        using (client)
        {
            try
            {
                using var soon = new CancellationTokenSource(GoodbyeTime, timer);
                await client.DisconnectAsync(quit: true, soon.Token);
            }
            catch (Exception problem) when (problem is IOException or System.Net.Sockets.SocketException or ProtocolException or CommandException or ServiceNotConnectedException or OperationCanceledException)
            {
            }
        }
    }

    private ObservedSmtpClient? TryTake(ServerKey server)
    {
        lock (_gate)
        {
            // The one used last: the others may grow old in peace.
            var at = _idle.FindLastIndex(one => one.Server == server && _timer.GetElapsedTime(one.Since) < IdleTime);
            if (at < 0)
                return null;
            var client = _idle[at].Client;
            _idle.RemoveAt(at);
            return client;
        }
    }

    private List<Kept> Expired()
    {
        lock (_gate)
        {
            var old = _idle.Where(one => _timer.GetElapsedTime(one.Since) >= IdleTime).ToList();
            _idle.RemoveAll(old.Contains);
            return old;
        }
    }

    private Task CloseAsync(IEnumerable<Kept> connections) => Task.WhenAll(connections.Select(one => LeaveAsync(one.Client, _timer)));

    private sealed record Kept(ServerKey Server, ObservedSmtpClient Client, long Since);

    /// <summary>What makes a session what it is; the secret itself is not kept.</summary>
    private sealed record ServerKey(string Host, int Port, MailSecurity Security, string Username, string PasswordVariable, string PasswordFile)
    {
        public static ServerKey Of(SmtpSettings settings) => new(settings.Host, settings.Port, settings.Security, settings.Username, settings.PasswordVariable, settings.PasswordFile);
    }
}
