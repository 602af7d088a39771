namespace Monitor.Worker.Jobs;

/// <summary>
/// A clock for the demo, benches and tests: the instant of day is a story's, timers and stopwatches are real. So weeks of re-checks pass
/// in seconds while network time-outs stay what they are.
/// </summary>
public sealed class StoryClock : TimeProvider
{
    private readonly double _scale;
    private readonly long _startedAt;
    private long _nowMilliseconds;

    /// <param name="scale">Story time per real time; 0: it moves only when told.</param>
    public StoryClock(DateTimeOffset start, double scale = 0)
    {
        _nowMilliseconds = start.ToUnixTimeMilliseconds();
        _scale = scale;
        _startedAt = System.GetTimestamp();
    }

    public override DateTimeOffset GetUtcNow()
    {
        var told = DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _nowMilliseconds));
        return _scale <= 0 ? told : told + (System.GetElapsedTime(_startedAt) * _scale);
    }

    /// <summary>Moves forward; never back.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        var wanted = instant.ToUnixTimeMilliseconds();
        long now;
        while (wanted > (now = Interlocked.Read(ref _nowMilliseconds)))
        {
            if (Interlocked.CompareExchange(ref _nowMilliseconds, wanted, now) == now)
            {
                return;
            }
        }
    }
}
