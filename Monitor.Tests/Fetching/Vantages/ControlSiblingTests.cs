using Monitor.Worker.Fetching.Vantages;

namespace Monitor.Tests.Fetching.Vantages;

public sealed class ControlSiblingTests
{
    /// <summary>A made-up neighbour of /t/7 drawn from the same ten digits was itself, or another real page, one time in three: a live page then read as its own control.</summary>
    [Theory]
    [InlineData("http://mau.example/t/7")]
    [InlineData("http://mau.example/bai/1001")]
    [InlineData("http://mau.example/bai/?id=12")]
    [InlineData("http://mau.example/99999999999")]
    public void A_made_up_number_is_longer_than_the_numbers_in_use(string url)
    {
        var target = new Uri(url);
        for (var i = 0; i < 200; i++)
        {
            var sibling = new Uri(ControlProbe.Sibling(target));
            Assert.Equal(target.Authority, sibling.Authority);
            Assert.True(sibling.PathAndQuery.Length > target.PathAndQuery.Length, sibling.PathAndQuery);
            Assert.Contains("9", sibling.PathAndQuery, StringComparison.Ordinal);
        }
    }
}
