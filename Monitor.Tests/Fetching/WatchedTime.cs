using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Monitor.Tests.Fetching;

/// <summary>A clock that stands still and tells when somebody starts to wait: the test moves it on exactly then, so no other time-out can strike between.</summary>
/// <param name="isAwaited">Picks the waits to be told of by their length.</param>
internal sealed class WatchedTime(Func<TimeSpan, bool> isAwaited) : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (isAwaited(dueTime))
            _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets every wait pass as soon as it has begun, until the work is done.</summary>
    public async Task<T> RunAsync<T>(Task<T> work)
    {
        while (true)
        {
            // Not a read: one left over from an earlier run would swallow the next wait.
            if (await Task.WhenAny(work, _waits.Reader.WaitToReadAsync().AsTask()) == work)
                return await work;
            while (_waits.Reader.TryRead(out TimeSpan wait))
                Advance(wait);
        }
    }
}
