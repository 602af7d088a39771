using FsCheck.Xunit;
using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Tests.RuleSets.Conditions;

public sealed class ElementSelectorTests
{
    [Theory]
    [InlineData("", SelectorFault.Empty, 0)]
    [InlineData("main ", SelectorFault.Empty, 5)]
    [InlineData("a,", SelectorFault.Empty, 2)]
    [InlineData("imgg", SelectorFault.UnknownElement, 0)]
    [InlineData("main", SelectorFault.UnknownElement, 0)]
    [InlineData("a[hreff]", SelectorFault.UnknownAttribute, 2)]
    [InlineData("a[]", SelectorFault.UnknownAttribute, 2)]
    [InlineData("a[href!='x']", SelectorFault.BadOperator, 6)]
    [InlineData("a[href='x]", SelectorFault.BadValue, 1)]
    [InlineData("a[href=]", SelectorFault.BadValue, 1)]
    [InlineData("a[href='']", SelectorFault.BadValue, 1)]
    [InlineData("a[href=x", SelectorFault.BadValue, 1)]
    [InlineData(".price", SelectorFault.NotInTheSubset, 0)]
    [InlineData("a:hover", SelectorFault.NotInTheSubset, 1)]
    [InlineData("a > img", SelectorFault.NotInTheSubset, 2)]
    [InlineData("#top", SelectorFault.NotInTheSubset, 0)]
    public void What_is_not_part_of_the_subset_is_refused_at_its_place(string text, SelectorFault fault, int at)
    {
        SelectorReading.Refused refused = Assert.IsType<SelectorReading.Refused>(ElementSelector.Parse(text));
        Assert.Equal((fault, at), (refused.Fault, refused.At));
    }

    [Property(MaxTest = 2000)]
    public void Any_text_is_read_or_refused(byte[] bytes)
    {
        const string alphabet = "a img[href*=\"'],.main>:^$~ ";
        string text = string.Concat((bytes ?? []).Select(one => alphabet[one % alphabet.Length]));
        Assert.NotNull(ElementSelector.Parse(text));
    }

    [Fact]
    public void A_very_long_one_is_refused() =>
        Assert.Equal(SelectorFault.TooLong, Assert.IsType<SelectorReading.Refused>(ElementSelector.Parse(new string('a', 100_000))).Fault);
}
