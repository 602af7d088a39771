using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal;

public sealed class UrlRelationTests
{
    [Theory]
    [InlineData("https://a.example/t/9", "https://www.a.example/t/9/", FinalUrlRelation.Same)]
    [InlineData("https://a.example/t/9", "https://a.example/t/lanterns.9", FinalUrlRelation.OtherPath)]
    [InlineData("https://a.example/t/9", "https://a.example/", FinalUrlRelation.Home)]
    [InlineData("https://a.example/t/9", "https://a.example/vi", FinalUrlRelation.Home)]
    [InlineData("https://a.example/", "https://a.example/index.html", FinalUrlRelation.OtherPath)]
    [InlineData("https://a.example/t/9", "https://a.example/dang-nhap?next=/t/9", FinalUrlRelation.Login)]
    [InlineData("https://a.example/t/9", "https://consent.a.example/m?continue=x", FinalUrlRelation.Consent)]
    [InlineData("https://a.example/t/9", "https://a.example/404.html", FinalUrlRelation.ErrorPage)]
    [InlineData("https://a.example/t/9", "https://b.example/", FinalUrlRelation.OtherHost)]
    [InlineData("https://a.example/t/9", "https://b.example/sorry/index", FinalUrlRelation.Challenge)]
    [InlineData("not a url", "https://b.example/", FinalUrlRelation.Same)]
    public void Tells_how_the_final_address_relates(string requested, string final, FinalUrlRelation relation) => Assert.Equal(relation, UrlRelation.Between(requested, final));
}
