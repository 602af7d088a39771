using System.Diagnostics.CodeAnalysis;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Jobs;

/// <summary>
/// Claimed rows in hand, by lane (a lane, a channel to a platform). A lane has few at work at a time and few waiting, so that one that answers
/// slowly, or has very many due at once, holds up nobody but itself. Not for use from several threads.
/// </summary>
/// <param name="laneOf">Name of a row's lane.</param>
/// <param name="atWork">Most of one lane at work.</param>
/// <param name="waiting">Most of one lane waiting.</param>
internal sealed class DueWork<T>(Func<T, string> laneOf, int atWork, int waiting)
    where T : class
{
    private readonly Dictionary<string, LaneWork> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<LaneWork> _ready = new();

    /// <summary>Waiting and at work.</summary>
    public int InHand { get; private set; }

    /// <summary>Lanes of which one could start now.</summary>
    public int Ready => _ready.Count;

    /// <summary>False: its lane has enough waiting; whoever claimed it lets go of it, and it comes due again when its lease ends.</summary>
    public bool TryAdd(Claimed<T> claimed)
    {
        var name = laneOf(claimed.Row);
        if (!_lanes.TryGetValue(name, out var lane))
        {
            _lanes.Add(name, lane = new LaneWork(name));
        }

        if (lane.Waiting.Count >= waiting)
        {
            return false;
        }

        lane.Waiting.Enqueue(claimed);
        InHand++;
        Offer(lane);
        return true;
    }

    /// <summary>The next to start, lanes taking turns. Each one started is ended with <see cref="Ended"/>.</summary>
    public bool TryStart([MaybeNullWhen(false)] out Claimed<T> claimed)
    {
        if (!_ready.TryDequeue(out var lane))
        {
            claimed = null;
            return false;
        }

        claimed = lane.Waiting.Dequeue();
        lane.Offered = false;
        lane.AtWork++;
        Offer(lane);
        return true;
    }

    public void Ended(Claimed<T> claimed)
    {
        var lane = _lanes[laneOf(claimed.Row)];
        lane.AtWork--;
        InHand--;
        Offer(lane);
        if (lane.AtWork == 0 && lane.Waiting.Count == 0)
        {
            _lanes.Remove(lane.Name);
        }
    }

    private void Offer(LaneWork lane)
    {
        if (!lane.Offered && lane.Waiting.Count > 0 && lane.AtWork < atWork)
        {
            lane.Offered = true;
            _ready.Enqueue(lane);
        }
    }

    private sealed class LaneWork(string name)
    {
        public string Name => name;

        public Queue<Claimed<T>> Waiting { get; } = new();

        public int AtWork { get; set; }

        public bool Offered { get; set; }
    }
}
