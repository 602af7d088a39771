using Monitor.Rules.Takedowns;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;
using Serilog;

namespace Monitor.Worker.Jobs;

/// <summary>Works off the outbox: notices and alerts, several at a time, few of one lane, so that a dead platform holds up nobody but itself.</summary>
public sealed class OutboxDispatcher(Desk desk, NoticeSending notices, AlertSending alerts, ILogger log)
{
    private const int Batch = 64;
    private const int Parallelism = 16;
    private const int PerLane = 4;

    /// <summary>Until nothing is due, or it is cancelled. Returns how many were sent or decided on.</summary>
    public Task<int> DispatchAsync(SweepSettings sweeps, CancellationToken cancellation) =>
        new DueLoop<OutboxMessage>(desk, (count, token) => desk.Store.ClaimDueMessagesAsync(desk.Now, sweeps.Lease, count, token), message => message.Lane, OneAsync)
            .RunAsync(Batch, sweeps.Interval, Parallelism, PerLane, cancellation);

    private async Task<bool> OneAsync(Claimed<OutboxMessage> claimed, CancellationToken cancellation)
    {
        try
        {
            return await (claimed.Row.Kind switch
            {
                OutboxKind.Notice => notices.WorkAsync(claimed, cancellation),
                OutboxKind.Alert => alerts.WorkAsync(claimed, cancellation),
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // The job's edge: a bug over one message must not hold the others up; its lease brings it back.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            log.Error("Dispatch of {Message} failed: {Problem} at {Where}", claimed.Row.Id, problem.GetType().Name, problem.TargetSite?.Name);
            return false;
        }
    }
}
