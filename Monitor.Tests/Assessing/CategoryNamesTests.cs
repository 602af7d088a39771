using Monitor.Rules.Assessing;

namespace Monitor.Tests.Assessing;

public sealed class CategoryNamesTests
{
    [Fact]
    public void Every_category_has_a_slug_and_a_name_in_both_languages_and_they_are_all_different()
    {
        var all = Enum.GetValues<Category>();
        Assert.Equal(all.Length, CategoryNames.Slugs.Count);
        Assert.Equal(all.Select(category => category.Slug()), CategoryNames.Slugs);
        Assert.Equal(all.Length, all.Select(category => category.Vietnamese()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(all.Length, all.Select(category => category.English()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(all, category => Assert.Matches("^[a-z]+(-[a-z]+)*$", category.Slug()));
        Assert.All(all, category => Assert.Contains("child", category.English(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_slug_leads_back_to_its_category_however_it_is_written() => Assert.All(Enum.GetValues<Category>(), category =>
    {
        Assert.True(CategoryNames.TryParse(category.Slug(), out var same) && same == category);
        Assert.True(CategoryNames.TryParse($"  {category.Slug().ToUpperInvariant()} ", out same) && same == category);
    });

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("gambling")]
    [InlineData("SexualAbuseMaterial")]
    [InlineData("sexual-abuse-material,trafficking-sale")]
    public void What_is_not_on_the_list_is_not_read(string? slug) => Assert.False(CategoryNames.TryParse(slug, out _));

    [Fact]
    public void The_list_is_closed_at_six() => Assert.Equal(6, Enum.GetValues<Category>().Length);
}
