using System.Threading.Channels;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Jobs;

/// <summary>
/// One sweep over what is due: claims are taken while earlier ones are at work, and a place that becomes free is filled at once. It ends
/// when nothing is due and nothing at work, or when it is cancelled; what was claimed and not begun then comes due again when its lease ends.
/// </summary>
internal sealed class DueLoop(Desk desk, Func<Claimed<Target>, CancellationToken, Task<bool>> inspect)
{
    /// <summary>Of one host: more are let go of, so that a sweep can look past a host with very many due.</summary>
    private const int BatchesPerHost = 2;

    /// <summary>However many hosts are slow.</summary>
    private const int BatchesInHand = 20;

    /// <summary>Between claims made only because whatever is in hand belongs to busy hosts.</summary>
    private static readonly TimeSpan LookPast = TimeSpan.FromSeconds(1);

    private readonly Channel<Ended> _ended = Channel.CreateUnbounded<Ended>();
    private Task<bool>? _endedWait;

    /// <returns>How many were recorded.</returns>
    public async Task<int> RunAsync(SweepSettings sweeps, int parallelism, CancellationToken cancellation)
    {
        var work = new DueWork(atWork: Math.Clamp(parallelism / 8, 1, 4), BatchesPerHost * sweeps.Batch);
        var (running, recorded) = (0, 0);
        Task<IReadOnlyList<Claimed<Target>>>? claiming = null;
        long? claimedLast = null;
        var nothingDue = false;
        while (true)
        {
            while (running < parallelism && !cancellation.IsCancellationRequested && work.TryStart(out var next))
            {
                // A lease that ended while its target waited is somebody else's by now.
                if (next.Lease.Until <= desk.Now)
                {
                    work.Ended(next);
                    continue;
                }

                running++;
                _ = Task.Run(() => OneAsync(next, cancellation), CancellationToken.None);
            }

            if (claiming is null && !cancellation.IsCancellationRequested && Wanted())
            {
                claimedLast = TimeProvider.System.GetTimestamp();
                claiming = desk.Store.ClaimDueTargetsAsync(desk.Now, sweeps.Lease, sweeps.Batch, cancellation);
            }

            if (claiming is not null && (claiming.IsCompleted || running == 0))
            {
                try
                {
                    var due = await claiming;
                    nothingDue = due.Count == 0;
                    foreach (var claimed in due)
                    {
                        work.TryAdd(claimed);
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
                return recorded;
            }

            await WaitAsync(claiming, nothingDue ? sweeps.Interval : LookPast);
            while (_ended.Reader.TryRead(out var end))
            {
                running--;
                recorded += end.Recorded ? 1 : 0;
                work.Ended(end.Claimed);
            }
        }

        bool Wanted()
        {
            var since = claimedLast is { } last ? TimeProvider.System.GetElapsedTime(last) : TimeSpan.MaxValue;
            return nothingDue
                // While slow hosts are still at work others may come due; once all is done the sweep ends.
                ? running > 0 && since >= sweeps.Interval
                : work.InHand - running < (sweeps.Batch + 1) / 2
                    || (work.Ready == 0 && running < parallelism && since >= LookPast && work.InHand < BatchesInHand * sweeps.Batch);
        }
    }

    private async Task OneAsync(Claimed<Target> claimed, CancellationToken cancellation)
    {
        var recorded = false;
        try
        {
            recorded = await inspect(claimed, cancellation);
        }
        finally
        {
            _ended.Writer.TryWrite(new Ended(claimed, recorded));
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

    private sealed record Ended(Claimed<Target> Claimed, bool Recorded);
}
