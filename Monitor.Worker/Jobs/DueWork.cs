using System.Diagnostics.CodeAnalysis;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Jobs;

/// <summary>
/// Claimed targets in hand, by host. A host has few at work at a time and few waiting, so that one that answers slowly, or has very many
/// due at once, holds up nobody but itself. Not for use from several threads.
/// </summary>
/// <param name="atWork">Most of one host at work.</param>
/// <param name="waiting">Most of one host waiting.</param>
internal sealed class DueWork(int atWork, int waiting)
{
    private readonly Dictionary<string, HostWork> _hosts = new(StringComparer.Ordinal);
    private readonly Queue<HostWork> _ready = new();

    /// <summary>Waiting and at work.</summary>
    public int InHand { get; private set; }

    /// <summary>Hosts of which one could start now.</summary>
    public int Ready => _ready.Count;

    /// <summary>False: its host has enough waiting; whoever claimed it lets go of it, and it comes due again when its lease ends.</summary>
    public bool TryAdd(Claimed<Target> claimed)
    {
        var name = claimed.Row.Host;
        if (!_hosts.TryGetValue(name, out var host))
        {
            _hosts.Add(name, host = new HostWork(name));
        }

        if (host.Waiting.Count >= waiting)
        {
            return false;
        }

        host.Waiting.Enqueue(claimed);
        InHand++;
        Offer(host);
        return true;
    }

    /// <summary>The next to start, hosts taking turns. Each one started is ended with <see cref="Ended"/>.</summary>
    public bool TryStart([MaybeNullWhen(false)] out Claimed<Target> claimed)
    {
        if (!_ready.TryDequeue(out var host))
        {
            claimed = null;
            return false;
        }

        claimed = host.Waiting.Dequeue();
        host.Offered = false;
        host.AtWork++;
        Offer(host);
        return true;
    }

    public void Ended(Claimed<Target> claimed)
    {
        var host = _hosts[claimed.Row.Host];
        host.AtWork--;
        InHand--;
        Offer(host);
        if (host.AtWork == 0 && host.Waiting.Count == 0)
        {
            _hosts.Remove(host.Name);
        }
    }

    private void Offer(HostWork host)
    {
        if (!host.Offered && host.Waiting.Count > 0 && host.AtWork < atWork)
        {
            host.Offered = true;
            _ready.Enqueue(host);
        }
    }

    private sealed class HostWork(string name)
    {
        public string Name => name;

        public Queue<Claimed<Target>> Waiting { get; } = new();

        public int AtWork { get; set; }

        public bool Offered { get; set; }
    }
}
