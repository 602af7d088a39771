using Monitor.Worker.Operations;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;
using Serilog;

namespace Monitor.Worker.Jobs;

/// <summary>
/// The idempotent sweeps: each claims what is due and does it. They hold no schedule of their own: the store alone says what to do,
/// so a tick too many does nothing and a tick lost is made good by the next.
/// </summary>
public sealed class Sweeps(Desk desk, InspectTarget inspect, OutboxDispatcher outbox, FollowUpOperations followUps, IntakeOperations intake, ILogger log) : IDisposable
{
    /// <summary>What else is looked after when the store is.</summary>
    public Func<CancellationToken, Task> AlsoMaintained { get; init; } = _ => Task.CompletedTask;

    /// <summary>How long the caller waits to hear that the duty contact was told.</summary>
    private static readonly TimeSpan AlertPatience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _inspecting = new(1, 1);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _reading = new(1, 1);

    /// <summary>Inspects what is due, several at a time, until nothing is or it is cancelled. Returns how many were recorded.</summary>
    public Task<int> InspectDueAsync(CancellationToken cancellation)
    {
        var settings = desk.Configuration.Installation;
        var (sweeps, parallelism) = (settings.Sweeps, settings.Fetch.Parallelism);
        var loop = new DueLoop<Rules.WatchLists.Target>(desk, (count, token) => desk.Store.ClaimDueTargetsAsync(desk.Now, sweeps.Lease, count, token), target => target.Host, InspectAsync);
        return AloneAsync(_inspecting, () => loop.RunAsync(sweeps.Batch, sweeps.Interval, parallelism, perLane: Math.Clamp(parallelism / 8, 1, 4), cancellation), cancellation);
    }

    /// <summary>A tick that finds the one before still at work leaves it to it: twice the parallelism would be twice the load.</summary>
    private static async Task<int> AloneAsync(SemaphoreSlim turn, Func<Task<int>> work, CancellationToken cancellation)
    {
        if (!await turn.WaitAsync(0, cancellation))
        {
            return 0;
        }

        try
        {
            return await work();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        _inspecting.Dispose();
        _sending.Dispose();
        _reading.Dispose();
    }

    public Task<int> DispatchAsync(CancellationToken cancellation) =>
        AloneAsync(_sending, () => outbox.DispatchAsync(desk.Configuration.Installation.Sweeps, cancellation), cancellation);

    /// <summary>A child in danger does not wait for the next tick. True when the mail server took the alert.</summary>
    public async Task<bool> AlertNowAsync(string alert, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // A sweep that is under way already takes the alert along: its end is waited for.
            await DispatchAsync(cancellation);
            var acts = (await desk.Store.CustodyOfAsync(alert, cancellation)).Select(entry => entry.Act.Act).ToList();
            if (acts.Contains("alert-sent"))
            {
                return true;
            }

            if (acts.Contains("alert-not-sent") || TimeProvider.System.GetElapsedTime(began) > AlertPatience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Reminders and rungs of the ladder that came due.</summary>
    public async Task<int> RemindAsync(CancellationToken cancellation) => await followUps.WorkAsync(100, cancellation) + await AlsoReminded(cancellation);

    /// <summary>Takes in what the mailbox of answers has; returns how much that was.</summary>
    public Func<CancellationToken, Task<int>> InboxRead { get; init; } = _ => Task.FromResult(0);

    public Task<int> ReadInboxAsync(CancellationToken cancellation) => AloneAsync(_reading, () => InboxRead(cancellation), cancellation);

    /// <summary>What else comes due by the clock; returns how much was done.</summary>
    public Func<CancellationToken, Task<int>> AlsoReminded { get; init; } = _ => Task.FromResult(0);

    public Task<int> SyncWatchListsAsync(CancellationToken cancellation) => intake.SyncWatchListsAsync(cancellation);

    public async Task MaintainAsync(CancellationToken cancellation)
    {
        await desk.Store.MaintainAsync(cancellation);
        await AlsoMaintained(cancellation);
    }

    /// <summary>What else is done when the log is published: signing, time stamps, the daily file. Gives problems as codes.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<string>>> Published { get; init; } = _ => Task.FromResult<IReadOnlyList<string>>([]);

    private string _publishProblems = "";

    public async Task PublishAsync(CancellationToken cancellation)
    {
        var problems = string.Join(' ', await Published(cancellation));
        if (problems.Length > 0)
        {
            log.Warning("Publishing the custody log: {Problems}", problems);
        }

        // Told once when it begins, not with every tick.
        if (problems.Length > 0 && problems != _publishProblems)
        {
            var changes = new ChangeSet();
            if (await StaffAlerts.AddAsync(desk, changes, "", "Nhật ký lưu vết chưa công bố được / custody log not published", problems, cancellation) is not null)
            {
                await desk.Store.CommitAsync(changes, cancellation);
            }
        }

        _publishProblems = problems;
    }

    /// <summary>An entry that says "I was running": makes gaps in the custody log visible.</summary>
    public Task HeartbeatAsync(CancellationToken cancellation) =>
        desk.Store.CommitAsync(new ChangeSet().Log(Actor.System.Log(desk.Now, "heartbeat", "monitor")), cancellation);

    /// <summary>Which configuration is in force from now on; a change of what may be requested, and of whom, is an act as well.</summary>
    public Task LogConfigurationAsync(string fingerprint, CancellationToken cancellation) =>
        desk.Store.CommitAsync(new ChangeSet().Log(Actor.System.Log(desk.Now, "configuration", "monitor", fingerprint)), cancellation);

    /// <summary>The next instant at which any sweep has something to do; null when nothing is scheduled.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation)
    {
        DateTimeOffset? next = null;
        foreach (var at in new[] { await desk.Store.NextTargetDueAsync(cancellation), await desk.Store.NextMessageDueAsync(cancellation), await desk.Store.NextRequestDueAsync(cancellation), await desk.Store.NextTransferDueAsync(cancellation) })
        {
            next = at is { } instant && (next is null || instant < next) ? instant : next;
        }

        return next;
    }

    private async Task<bool> InspectAsync(Claimed<Rules.WatchLists.Target> claimed, CancellationToken cancellation)
    {
        var from = TimeProvider.System.GetTimestamp();
        try
        {
            switch (await inspect.RunAsync(claimed.Row, claimed.Lease, cancellation))
            {
                case InspectionEnd.Recorded recorded:
                    SweepMeter.Inspections.Record(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds, new KeyValuePair<string, object?>(SweepMeter.House, this));
                    log.Information("Inspected {Observation}: {Liveness} ({Reason}), {State}", recorded.Observation.Id, recorded.Observation.Fact.Liveness, recorded.Observation.Fact.Reason, recorded.Target.Progress.State);
                    return true;
                case InspectionEnd.Postponed postponed:
                    log.Information("Postponed {Target} until {Until}", claimed.Row.Id, postponed.Until);
                    return false;
                default:
                    log.Information("Superseded {Target}", claimed.Row.Id);
                    return false;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // The job's edge: a bug in one inspection must not stop the others; the lease brings the target back.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            // Type only: messages of exceptions may carry URLs or page text.
            log.Error("Inspection of {Target} failed: {Problem} at {Where}", claimed.Row.Id, problem.GetType().Name, problem.TargetSite?.Name);
            return false;
        }
    }
}
