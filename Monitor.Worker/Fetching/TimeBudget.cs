namespace Monitor.Worker.Fetching;

/// <summary>A stopwatch with an end that stands still while a politeness slot is waited for. Used by one flow at a time.</summary>
internal sealed class TimeBudget(TimeProvider time, TimeSpan total)
{
    private TimeSpan _spent;
    private long _since;
    private bool _running;

    public TimeSpan Spent => _running ? _spent + time.GetElapsedTime(_since) : _spent;

    public TimeSpan Remaining => total - Spent;

    /// <summary>Null until first resumed.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    public void Resume()
    {
        if (_running)
            return;
        StartedAt ??= time.GetUtcNow();
        _since = time.GetTimestamp();
        _running = true;
    }

    public void Pause()
    {
        if (!_running)
            return;
        _spent += time.GetElapsedTime(_since);
        _running = false;
    }
}
