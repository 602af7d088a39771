using Monitor.Rules.Assessing;
using Monitor.Rules.Sharing;
using Monitor.Worker.Diagnostics;

namespace Monitor.Tests.Assessing;

public sealed class ScopeLockTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    private static readonly LegalBasis Basis = new()
    {
        Id = "decree",
        Citation = "Nghị định mẫu",
        CitationEnglish = "Sample decree",
        ValidFrom = Day,
        ValidTo = Day.AddDays(10),
        Categories = [Category.SexualAbuseMaterial, Category.TraffickingOrSale],
        CompetentAgencies = ["ict"],
    };

    [Fact]
    public void Two_people_on_a_valid_ground_are_allowed()
    {
        Assert.IsType<ScopeAnswer.Allowed>(Check(approvedBy: "binh"));
        Assert.IsType<ScopeAnswer.Allowed>(Check(approvedBy: null));
    }

    [Fact]
    public void Every_refusal_has_its_code()
    {
        Assert.Equal("category-outside-list", Code(Check(category: (Category)99)));
        Assert.Equal("category-outside-list", Code(Check(category: (Category)(-1))));
        Assert.Equal("no-legal-basis", Code(ScopeLock.Check(Category.SexualAbuseMaterial, null, "ict", Day, "an", null)));
        Assert.Equal("legal-basis-not-valid", Code(Check(day: Day.AddDays(-1))));
        Assert.Equal("legal-basis-not-valid", Code(Check(day: Day.AddDays(11))));
        Assert.Equal("legal-basis-other-category", Code(Check(category: Category.AbuseOrViolence)));
        Assert.Equal("not-competent", Code(Check(agency: "police")));
        Assert.Equal("same-person", Code(Check(approvedBy: "an")));
    }

    [Theory]
    [InlineData("an", "AN")]
    [InlineData("An", "aN ")]
    [InlineData(" an", "an")]
    [InlineData("an", "")]
    [InlineData("an", "  ")]
    [InlineData("", "binh")]
    public void One_person_written_in_two_ways_or_nobody_is_not_a_second_person(string verifiedBy, string approvedBy) =>
        Assert.Equal("same-person", Code(Check(verifiedBy: verifiedBy, approvedBy: approvedBy)));

    [Fact]
    public void The_first_and_the_last_day_of_a_ground_belong_to_it()
    {
        Assert.IsType<ScopeAnswer.Allowed>(Check(day: Day));
        Assert.IsType<ScopeAnswer.Allowed>(Check(day: Day.AddDays(10)));
        Assert.IsType<ScopeAnswer.Allowed>(ScopeLock.Check(Category.SexualAbuseMaterial, Basis with { ValidTo = null }, "ict", Day.AddYears(50), "an", null));
    }

    [Fact]
    public void A_ground_reversed_in_time_is_never_valid() =>
        Assert.Equal("legal-basis-not-valid", Code(ScopeLock.Check(Category.SexualAbuseMaterial, Basis with { ValidTo = Day.AddDays(-1) }, "ict", Day, "an", null)));

    [Fact]
    public void Every_code_has_a_sentence() => Assert.All(
        (string[])["category-outside-list", "no-legal-basis", "legal-basis-not-valid", "legal-basis-other-category", "not-competent", "same-person"],
        code => Assert.Contains(code, Messages.Codes));

    private static ScopeAnswer Check(Category category = Category.SexualAbuseMaterial, string agency = "ict", DateOnly? day = null, string verifiedBy = "an", string? approvedBy = "binh") =>
        ScopeLock.Check(category, Basis, agency, day ?? Day, verifiedBy, approvedBy);

    private static string Code(ScopeAnswer answer) => Assert.IsType<ScopeAnswer.Refused>(answer).Code;
}
