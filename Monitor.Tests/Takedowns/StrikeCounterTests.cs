using Monitor.Rules.Takedowns;
using Monitor.Tests.Contracts;

namespace Monitor.Tests.Takedowns;

public sealed class StrikeCounterTests
{
    private static TakedownRequest Strike(int item, double daysAgo) => Rows.Request(item, item) with { DeliveredAt = Rows.Noon.AddDays(-daysAgo) };

    private static StrikeCount Count(int locks, params IEnumerable<TakedownRequest> requests) => StrikeCounter.Of(requests, locks, Rows.Noon, new StrikeRules());

    [Theory]
    [InlineData(4, 1, 0, AccountLock.None)]
    [InlineData(5, 30, 0, AccountLock.Temporary)]
    [InlineData(5, 30.01, 0, AccountLock.None)]
    [InlineData(9, 90, 0, AccountLock.None)]
    [InlineData(10, 90, 0, AccountLock.Temporary)]
    [InlineData(10, 90.01, 0, AccountLock.None)]
    [InlineData(5, 1, 2, AccountLock.Temporary)]
    [InlineData(5, 1, 3, AccountLock.Permanent)]
    [InlineData(4, 1, 3, AccountLock.None)]
    public void Five_in_thirty_days_or_ten_in_ninety_let_a_lock_be_asked_for(int strikes, double daysAgo, int locks, AccountLock asked) =>
        Assert.Equal(asked, Count(locks, Enumerable.Range(1, strikes).Select(item => Strike(item, daysAgo))).MayBeAsked);

    [Fact]
    public void Only_delivered_demands_about_different_items_that_stand_are_strikes()
    {
        Assert.Equal(new StrikeCount(0, 0, 0, AccountLock.None), Count(0));
        Assert.Equal(0, Count(0, Rows.Request(1, 1)).Ever);
        Assert.Equal(0, Count(0, Strike(1, -1)).Ever);
        Assert.Equal(1, Count(0, Strike(1, 0)).Ever);
        Assert.Equal(0, Count(0, Strike(1, 1) with { Demand = DemandState.Withdrawn }).Ever);
        Assert.Equal(0, Count(0, Strike(1, 1) with { Withdrawal = new Rules.Cases.Decision("an", Rows.Noon, "nhầm") }).Ever);
        // The same item asked for again counts once, from the first time.
        Assert.Equal(new StrikeCount(0, 1, 1, AccountLock.None), Count(0, Strike(1, 40), Strike(1, 2) with { Id = "R000001-2" }));
    }
}
