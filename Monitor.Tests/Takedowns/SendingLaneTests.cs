using Monitor.Rules.Takedowns;
using Monitor.Tests.Contracts;

namespace Monitor.Tests.Takedowns;

/// <summary>A platform's hour: so many notices in any sixty minutes, to the instant.</summary>
public sealed class SendingLaneTests
{
    private static DateTimeOffset At(double minutes) => Rows.Noon.AddMinutes(minutes);

    private static SendingLane Lane(params double[] minutes) => new() { Id = "x", Sent = [.. minutes.Select(At)] };

    [Fact]
    public void Below_the_limit_it_is_free_at_once()
    {
        Assert.Equal(At(0), Lane().FreeAt(At(0), 1));
        Assert.Equal(At(30), Lane(0, 10).FreeAt(At(30), 3));
    }

    [Fact]
    public void At_the_limit_it_is_free_when_the_oldest_that_counts_is_an_hour_old()
    {
        Assert.Equal(At(60), Lane(0).FreeAt(At(1), 1));
        Assert.Equal(At(60), Lane(0, 10, 20).FreeAt(At(30), 3));
        // More than the limit, as after it was lowered: so many must go first.
        Assert.Equal(At(80), Lane(0, 10, 20).FreeAt(At(30), 1));
        Assert.Equal(At(70), Lane(0, 10, 20).FreeAt(At(30), 2));
    }

    [Fact]
    public void What_is_an_hour_old_to_the_instant_counts_no_more()
    {
        Assert.Equal(At(60), Lane(0).FreeAt(At(60), 1));
        Assert.Equal(At(60), Lane(0).FreeAt(At(60).AddMilliseconds(-1), 1));
    }

    [Fact]
    public void Another_send_is_remembered_and_what_is_older_than_an_hour_is_forgotten()
    {
        Assert.Equal([At(1), At(30), At(60)], Lane(0, 1, 30).With(At(60)).Sent);
        Assert.Equal([At(0), At(59)], Lane(0).With(At(59)).Sent);
    }
}
