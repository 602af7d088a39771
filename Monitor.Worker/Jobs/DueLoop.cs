using System.Threading.Channels;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Jobs;

/// <summary>
/// One sweep over what is due: claims are taken while earlier ones are at work, and a place that becomes free is filled at once. It ends
/// when nothing is due and nothing at work, or when it is cancelled; what was claimed and not begun then comes due again when its lease ends.
/// </summary>
/// <param name="claim">Takes up to so many that are due.</param>
/// <param name="laneOf">What a row shares with others that must not all be worked on at once.</param>
/// <param name="work">Does one; true when it was done.</param>
internal sealed class DueLoop<T>(Desk desk, Func<int, CancellationToken, Task<IReadOnlyList<Claimed<T>>>> claim, Func<T, string> laneOf, Func<Claimed<T>, CancellationToken, Task<bool>> work)
    where T : class
{
    /// <summary>Of one lane: more are let go of, so that a sweep can look past a lane with very many due.</summary>
    private const int BatchesPerLane = 2;

    /// <summary>However many lanes are slow.</summary>
    private const int BatchesInHand = 20;

    /// <summary>Between claims made only because whatever is in hand belongs to busy lanes.</summary>
    private static readonly TimeSpan LookPast = TimeSpan.FromSeconds(1);

    private readonly Channel<Ended> _ended = Channel.CreateUnbounded<Ended>();
    private Task<bool>? _endedWait;

    /// <param name="batch">Claimed at once.</param>
    /// <param name="interval">Between looks for more while slow ones are still at work.</param>
    /// <param name="parallelism">At work at the same time.</param>
    /// <param name="perLane">Of one lane at work at the same time.</param>
    /// <returns>How many were done.</returns>
    public async Task<int> RunAsync(int batch, TimeSpan interval, int parallelism, int perLane, CancellationToken cancellation)
    {
        var inHand = new DueWork<T>(laneOf, perLane, BatchesPerLane * batch);
        var (running, done) = (0, 0);
        Task<IReadOnlyList<Claimed<T>>>? claiming = null;
        long? claimedLast = null;
        var nothingDue = false;
        while (true)
        {
            while (running < parallelism && !cancellation.IsCancellationRequested && inHand.TryStart(out var next))
            {
                // A lease that ended while its target waited is somebody else's by now.
                if (next.Lease.Until <= desk.Now)
                {
                    inHand.Ended(next);
                    continue;
                }

                running++;
                _ = Task.Run(() => OneAsync(next, cancellation), CancellationToken.None);
            }

            if (claiming is null && !cancellation.IsCancellationRequested && Wanted())
            {
                claimedLast = TimeProvider.System.GetTimestamp();
                claiming = claim(batch, cancellation);
            }

            if (claiming is not null && (claiming.IsCompleted || running == 0))
            {
                try
                {
                    var due = await claiming;
                    nothingDue = due.Count == 0;
                    foreach (var claimed in due)
                    {
                        inHand.TryAdd(claimed);
                    }
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    // Nothing was claimed.
                }
                catch
                {
                    await DrainAsync(running);
                    throw;
                }

                claiming = null;
                continue;
            }

            if (running == 0)
            {
                return done;
            }

            await WaitAsync(claiming, nothingDue ? interval : LookPast);
            while (_ended.Reader.TryRead(out var end))
            {
                running--;
                done += end.Done ? 1 : 0;
                inHand.Ended(end.Claimed);
            }
        }

        bool Wanted()
        {
            var since = claimedLast is { } last ? TimeProvider.System.GetElapsedTime(last) : TimeSpan.MaxValue;
            return nothingDue
                // While slow lanes are still at work others may come due; once all is done the sweep ends.
                ? running > 0 && since >= interval
                : inHand.InHand - running < (batch + 1) / 2
                    || (inHand.Ready == 0 && running < parallelism && since >= LookPast && inHand.InHand < BatchesInHand * batch);
        }
    }

    private async Task OneAsync(Claimed<T> claimed, CancellationToken cancellation)
    {
        var done = false;
        try
        {
            done = await work(claimed, cancellation);
        }
        finally
        {
            _ended.Writer.TryWrite(new Ended(claimed, done));
        }
    }

    /// <summary>Until one ends, the claim under way does, or it is time to think of claiming again.</summary>
    private async Task WaitAsync(Task? claiming, TimeSpan atMost)
    {
        var ended = _endedWait ??= _ended.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        if (!ended.IsCompleted)
        {
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(ended, Task.Delay(atMost, TimeProvider.System, stop.Token), claiming ?? ended);
            await stop.CancelAsync();
        }

        if (ended.IsCompleted)
        {
            _endedWait = null;
        }
    }

    private async Task DrainAsync(int running)
    {
        for (; running > 0; running--)
        {
            await _ended.Reader.ReadAsync(CancellationToken.None);
        }
    }

    private sealed record Ended(Claimed<T> Claimed, bool Done);
}
