using Hangfire;
using Hangfire.InMemory;
using Hangfire.Server;
using Monitor.Worker.Settings;
using Serilog;

namespace Monitor.Worker.Jobs;

/// <summary>
/// Hangfire's part: it ticks the sweeps. Its storage is in memory on purpose, for it holds no state of ours; what is due stands in the
/// store. Its retries are off: a failed tick is made good by the next.
/// </summary>
public sealed class SweepJobs : IDisposable
{
    private readonly InMemoryStorage _storage;
    private readonly BackgroundJobServer _server;

    private SweepJobs(InMemoryStorage storage, BackgroundJobServer server) => (_storage, _server) = (storage, server);

    public static SweepJobs Start(Sweeps sweeps, SweepSettings settings, TimeSpan inbox, ILogger log)
    {
        var storage = new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(10) });
        var recurring = new RecurringJobManager(storage);
        var tick = Every(settings.Interval);
        recurring.AddOrUpdate<SweepRunner>("inspect", runner => runner.InspectAsync(CancellationToken.None), tick);
        recurring.AddOrUpdate<SweepRunner>("dispatch", runner => runner.DispatchAsync(CancellationToken.None), tick);
        recurring.AddOrUpdate<SweepRunner>("remind", runner => runner.RemindAsync(CancellationToken.None), Every(Max(settings.Interval, TimeSpan.FromSeconds(30))));
        recurring.AddOrUpdate<SweepRunner>("inbox", runner => runner.ReadInboxAsync(CancellationToken.None), Every(inbox));
        recurring.AddOrUpdate<SweepRunner>("watch-lists", runner => runner.SyncAsync(CancellationToken.None), Every(TimeSpan.FromMinutes(1)));
        recurring.AddOrUpdate<SweepRunner>("maintain", runner => runner.MaintainAsync(CancellationToken.None), Every(settings.Maintenance));
        recurring.AddOrUpdate<SweepRunner>("publish", runner => runner.PublishAsync(CancellationToken.None), Every(TimeSpan.FromMinutes(1)));
        recurring.AddOrUpdate<SweepRunner>("heartbeat", runner => runner.HeartbeatAsync(CancellationToken.None), "0 * * * *");
        var server = new BackgroundJobServer(new BackgroundJobServerOptions
        {
            WorkerCount = 4,
            SchedulePollingInterval = TimeSpan.FromSeconds(1),
            StopTimeout = TimeSpan.FromSeconds(1),
            ShutdownTimeout = TimeSpan.FromSeconds(8),
            CancellationCheckInterval = TimeSpan.FromSeconds(1),
            Activator = new Activator(new SweepRunner(sweeps, log)),
        }, storage);
        return new SweepJobs(storage, server);
    }

    public void Dispose()
    {
        _server.SendStop();
        _server.Dispose();
        _storage.Dispose();
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>Cron with seconds (Cronos): whole divisors of a minute or an hour; anything else is rounded down to one.</summary>
    internal static string Every(TimeSpan interval)
    {
        var seconds = (int)Math.Max(1, interval.TotalSeconds);
        if (seconds < 60)
        {
            return $"*/{Divisor(seconds)} * * * * *";
        }

        var minutes = seconds / 60;
        return minutes < 60 ? $"*/{Divisor(minutes)} * * * *" : $"0 */{Math.Clamp(minutes / 60, 1, 23)} * * *";

        static int Divisor(int wanted)
        {
            while (60 % wanted != 0)
            {
                wanted--;
            }

            return wanted;
        }
    }

    private sealed class Activator(SweepRunner runner) : JobActivator
    {
        public override object ActivateJob(Type jobType) => runner;
    }
}

/// <summary>What Hangfire calls. Retries are off; a sweep that fails is logged by type only.</summary>
[AutomaticRetry(Attempts = 0, LogEvents = false, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
public sealed class SweepRunner(Sweeps sweeps, ILogger log)
{
    public Task InspectAsync(CancellationToken cancellation) => RunAsync("inspect", () => sweeps.InspectDueAsync(cancellation));

    public Task DispatchAsync(CancellationToken cancellation) => RunAsync("dispatch", () => sweeps.DispatchAsync(cancellation));

    public Task PublishAsync(CancellationToken cancellation) => RunAsync("publish", () => sweeps.PublishAsync(cancellation));

    public Task ReadInboxAsync(CancellationToken cancellation) => RunAsync("inbox", () => sweeps.ReadInboxAsync(cancellation));

    public Task RemindAsync(CancellationToken cancellation) => RunAsync("remind", () => sweeps.RemindAsync(cancellation));

    public Task SyncAsync(CancellationToken cancellation) => RunAsync("watch-lists", () => sweeps.SyncWatchListsAsync(cancellation));

    public Task MaintainAsync(CancellationToken cancellation) => RunAsync("maintain", () => sweeps.MaintainAsync(cancellation));

    public Task HeartbeatAsync(CancellationToken cancellation) => RunAsync("heartbeat", () => sweeps.HeartbeatAsync(cancellation));

    private async Task RunAsync(string sweep, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The process is being stopped; leases bring back what was begun.
        }
#pragma warning disable CA1031 // The job's edge: the next tick tries again.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            log.Error("Sweep {Sweep} failed: {Problem} at {Where}", sweep, problem.GetType().Name, problem.TargetSite?.Name);
        }
    }
}
