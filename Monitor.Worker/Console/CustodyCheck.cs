using Monitor.Worker.Operations;

namespace Monitor.Worker.Console;

/// <summary>The whole log checked in the background, one check at a time, as it takes longer than a page may.</summary>
public sealed class CustodyCheck(House house) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task _work = Task.CompletedTask;
    private long _done;
    private long _total;

    public bool IsRunning { get; private set; }

    public long Checked => Interlocked.Read(ref _done);

    public long Total => Interlocked.Read(ref _total);

    /// <summary>Of the last check that ended; null: none has since the program began.</summary>
    public (DateTimeOffset At, CustodyReport Report)? Last { get; private set; }

    /// <summary>The last check could not be finished.</summary>
    public bool Failed { get; private set; }

    /// <summary>Does nothing while one runs.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (!IsRunning && !_stop.IsCancellationRequested)
            {
                (IsRunning, Failed) = (true, false);
                _work = Task.Run(RunAsync);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            var report = await house.CustodyVerification.RunAsync([], [], (done, total) =>
            {
                Interlocked.Exchange(ref _done, done);
                Interlocked.Exchange(ref _total, total);
            }, _stop.Token);
            Last = (house.Desk.Now, report);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Failed = true;
        }
        catch (Exception problem) when (problem is IOException or InvalidOperationException)
        {
            house.Options.Log.Error("Check of the custody log failed: {Kind}", problem.GetType().Name);
            Failed = true;
        }
        finally
        {
            IsRunning = false;
        }
    }
}
