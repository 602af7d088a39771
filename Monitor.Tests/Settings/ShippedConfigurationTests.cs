using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Settings;

namespace Monitor.Tests.Settings;

public sealed class ShippedConfigurationTests
{
    [Fact]
    public void It_validates_without_a_single_problem()
    {
        using var folder = new ConfigFolder();

        ConfigurationReading reading = folder.Load();

        Assert.Equal("0 errors, 0 warnings\n", ProblemRenderer.RenderAll(reading.Problems, "en"));
        MonitorConfiguration value = Assert.IsType<MonitorConfiguration>(reading.Value);
        Assert.Equal(["child-protection", "ict", "inspector", "police"], value.Agencies.Keys.Order());
        Assert.Equal(AgencyKind.Inspectorate, value.Agencies["inspector"].Kind);
        Assert.Equal("Mẫu", value.Agencies["ict"].Place);
        Assert.Equal(Enum.GetValues<Role>(), value.People.Values.SelectMany(person => person.Roles).Distinct().Order());
        Assert.Equal(Category.AbuseOrViolence, value.WatchLists["sample"].Category);
        Assert.Equal(TimeSpan.FromHours(24), value.WatchLists["sample"].Cadence);
        Assert.Equal(3, value.RuleSets["sample"].Rules.Count);
        Assert.Equal(["đèn lồng xanh"], Assert.IsType<Condition.Keywords>(value.RuleSets["sample"].Rules[0].Condition).Words);
        Assert.Contains("## Ý nghĩa", value.RuleSets["sample"].Rules[0].Guidance, StringComparison.Ordinal);
        Assert.Single(value.Platforms.Values, platform => platform.IsGeneric);
        Assert.Equal(new LadderStep(TimeSpan.FromHours(72), LadderAction.Authority, "police"), value.Platforms["chia-se-mau"].Ladder[4]);
        Assert.Equal(NoticeKinds.TemplateNames.Order(), value.NoticeTemplates.Keys.Order());
        Assert.Equal(64, value.Fingerprint.Length);
    }

    [Fact]
    public void Its_rules_leave_the_linter_nothing_to_say()
    {
        using var folder = new ConfigFolder();
        Assert.Equal("0 errors, 0 warnings\n", ProblemRenderer.RenderAll(new ConfigurationLoader(folder.Clock, lint: true).Load(folder.Path).Problems, "en"));
    }

    [Fact]
    public void Its_settings_are_the_defaults_of_the_program()
    {
        using var folder = new ConfigFolder();

        InstallationSettings written = folder.Load().Value!.Installation;

        var defaults = new InstallationSettings { Name = written.Name, Contact = written.Contact };
        Assert.Equal(defaults.Sweeps, written.Sweeps);
        Assert.Equal(defaults.Removal, written.Removal);
        Assert.Equal(defaults.Logs, written.Logs);
        Assert.Equal(defaults.Rules, written.Rules);
        Assert.Equal(defaults.Smtp, written.Smtp with { PasswordVariable = "" });
        Assert.Equal(defaults.Fetch with { LoopbackTargets = written.Fetch.LoopbackTargets }, written.Fetch);
        Assert.Empty(written.Fetch.LoopbackTargets);
    }

    [Fact]
    public void Two_different_people_of_one_agency_can_verify_and_approve()
    {
        using var folder = new ConfigFolder();

        IEnumerable<Person> people = folder.Load().Value!.People.Values;

        Assert.Contains(people, verifier => verifier.Has(Role.Verifier) &&
            people.Any(approver => approver.Id != verifier.Id && approver.AgencyId == verifier.AgencyId && approver.Has(Role.Approver)));
    }

    [Fact]
    public void Every_category_has_a_basis_that_a_competent_agency_can_use_on_the_day()
    {
        using var folder = new ConfigFolder();

        IEnumerable<LegalBasis> bases = folder.Load().Value!.LegalBases.Values;

        foreach (Category category in Enum.GetValues<Category>())
            Assert.Contains(bases, basis => basis.Categories.Contains(category) && basis.CompetentAgencies.Contains("ict") && basis.IsValidOn(new DateOnly(2026, 7, 1)));
    }

    [Fact]
    public void The_fingerprint_follows_every_byte_and_nothing_else()
    {
        using var folder = new ConfigFolder();
        string before = folder.Load().Fingerprint;

        Assert.Equal(before, folder.Load().Fingerprint);
        folder.Write("watchlists/.hidden", "x").Write("README.md", "notes").Write("watchlists/sample.yaml~", "x");
        Assert.Equal(before, folder.Load().Fingerprint);
        folder.Write("rulesets/sample.yaml", folder.Read("rulesets/sample.yaml") + "\n");
        Assert.NotEqual(before, folder.Load().Fingerprint);
    }
}
