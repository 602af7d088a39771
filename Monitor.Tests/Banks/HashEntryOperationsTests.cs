using Monitor.Rules.Assessing;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Tests.Contracts;
using Monitor.Worker.Banks;
using Monitor.Worker.Operations;
using Monitor.Worker.Pipeline;

namespace Monitor.Tests.Banks;

public sealed class HashEntryOperationsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_disabled_entry_matches_nothing_in_later_versions_and_after_a_restart_too_until_it_is_enabled()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List("a", "b"));
        var entries = home.House.Entries;
        Assert.Equal("reason-needed", BankHome.Refused(await entries.DisableAsync(home.Analyst, "lanterns", null, "a", "", None)));
        Assert.Equal("role-needed", BankHome.Refused(await entries.DisableAsync(home.Person("giang.vo"), "lanterns", null, "a", "nhầm", None)));
        Assert.Equal("not-found", BankHome.Refused(await entries.DisableAsync(home.Analyst, "lanterns", null, "c", "nhầm", None)));
        Assert.Equal("not-found", BankHome.Refused(await entries.DisableAsync(home.Analyst, "nowhere", null, "a", "nhầm", None)));
        Assert.Equal("entry-state", BankHome.Refused(await entries.EnableAsync(home.Analyst, "lanterns", null, "a", "nhầm", None)));
        Assert.Equal("entry-state", BankHome.Refused(await entries.ReleaseAsync(home.Analyst, "lanterns", null, "a", "nhầm", None)));

        var state = Assert.IsType<OperationResult<HashEntryState>.Done>(await entries.DisableAsync(home.Analyst, "lanterns", null, "a", "ảnh đèn lồng vô hại", None)).Value;
        Assert.Equal((EntryStanding.Disabled, "a", "an.nguyen"), (state.Standing, state.Entry, state.By));
        Assert.Equal((false, true), (home.Has("a"), home.Has("b")));
        await home.ImportedAsync(BankHome.List("a", "b", "c"));
        Assert.False(home.Has("a"));
        await home.ReopenAsync();
        Assert.False(home.Has("a"));
        Assert.IsType<OperationResult<HashEntryState>.Done>(await home.House.Entries.EnableAsync(home.Analyst, "lanterns", HashKind.Sha256, BankHome.Digest("a").ToString().ToUpperInvariant(), "đã xem lại", None));
        Assert.True(home.Has("a"));
        Assert.Equal(
            [("disable-entry", "ảnh đèn lồng vô hại"), ("enable-entry", "đã xem lại")],
            (await home.House.Store.CustodyOfAsync(state.Id, None)).Select(entry => (entry.Act.Act, entry.Act.Reason)));
    }

    [Fact]
    public async Task A_label_that_several_entries_have_is_asked_back()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync($"{BankHome.Digest("a")},same\n{BankHome.Digest("b")},same\n");
        Assert.Equal("entry-several", BankHome.Refused(await home.House.Entries.DisableAsync(home.Analyst, "lanterns", null, "same", "nhầm", None)));
    }

    [Fact]
    public async Task An_entry_that_matches_everything_is_quarantined_told_of_and_released_by_a_person()
    {
        await using var home = await BankHome.OpenAsync(cli => cli.Folder.Replace("monitor.yaml", "alerts-to: \"\"", "alerts-to: truc@so-mau.example").Replace("monitor.yaml", "flood-hosts: 25", "flood-hosts: 4"));
        await home.ImportedAsync(BankHome.List("everywhere", "once"));
        await home.ImportedAsync(BankHome.List("everywhere"), new BankImportOrder { Bank = "harmless", Kind = HashKind.Sha256, Opinion = Opinion.Negative });
        async Task<Match> SeeAsync(int target, string host) =>
            (await home.House.Matcher.MatchAsync(Rows.Target(target) with { Host = host }, SetOf("everywhere"), null, "https://x.example/1.jpg", ["lanterns"], None)).Single();

        // One target, however often, and many targets of one host are no flood.
        for (var i = 0; i < 10; i++)
        {
            Assert.False((await SeeAsync(1, "a.example")).Quarantined);
            Assert.False((await SeeAsync(10 + i, "a.example")).Quarantined);
        }

        Assert.False((await SeeAsync(2, "b.example")).Quarantined);
        Assert.False((await SeeAsync(3, "c.example")).Quarantined);
        Assert.True((await SeeAsync(4, "d.example")).Quarantined);
        Assert.True((await SeeAsync(1, "a.example")).Quarantined);
        var state = Assert.Single(home.House.BankIndex.States).Value;
        Assert.Equal((EntryStanding.Quarantined, "everywhere", "system", "A000001"), (state.Standing, state.Entry, state.By, state.AlertId));
        var alert = await home.House.Store.FindMessageAsync("A000001", None);
        Assert.Contains(state.Hash, alert!.Body!, StringComparison.Ordinal);
        Assert.Equal("quarantine-entry", Assert.Single(await home.House.Store.CustodyOfAsync(state.Id, None)).Act.Act);
        Assert.False(Assert.Single(home.House.BankIndex.Match(BankHome.Digest("once"))).Quarantined);

        await home.ReopenAsync();
        Assert.True((await SeeAsync(1, "a.example")).Quarantined);
        Assert.IsType<OperationResult<HashEntryState>.Done>(await home.House.Entries.ReleaseAsync(home.Analyst, "lanterns", null, "everywhere", "đúng là nó ở khắp nơi", None));
        for (var i = 0; i < 30; i++)
        {
            Assert.False((await SeeAsync(i, $"h{i}.example")).Quarantined);
        }
    }

    [Fact]
    public void A_flood_is_counted_within_its_window()
    {
        var watch = new FloodWatch();
        var rule = new FloodRule { Targets = 3, Hosts = 100, Window = TimeSpan.FromHours(1) };
        var now = Rows.Noon;
        Assert.Null(watch.Count("e", "T1", "h", now, rule));
        Assert.Null(watch.Count("e", "T2", "h", now.AddMinutes(30), rule));
        Assert.Null(watch.Count("e", "T3", "h", now.AddMinutes(61), rule));
        Assert.Null(watch.Count("other", "T4", "h", now.AddMinutes(61), rule));
        Assert.Equal(new FloodCount(3, 1), watch.Count("e", "T4", "h", now.AddMinutes(62), rule));
        Assert.Null(watch.Count("e", "T5", "h", now.AddMinutes(62), rule));
    }

    private static Match Hit(Opinion opinion, HashKind kind = HashKind.Sha256, int distance = 0, bool quarantined = false, string bank = "b") =>
        new() { Bank = bank, BankVersion = "1", Entry = "e", Hash = "00", Kind = kind, Distance = distance, Opinion = opinion, Quarantined = quarantined, MediaUrl = "u" };

    [Fact]
    public void Only_the_very_bytes_that_nobody_contradicts_are_known_material()
    {
        Assert.True(KnownMaterial.Is([Hit(Opinion.Positive)]));
        Assert.True(KnownMaterial.Is([Hit(Opinion.Positive), Hit(Opinion.Disputed), Hit(Opinion.Negative, HashKind.Pdq, 3)]));
        Assert.False(KnownMaterial.Is([]));
        Assert.False(KnownMaterial.Is([Hit(Opinion.Positive), Hit(Opinion.Negative)]));
        Assert.False(KnownMaterial.Is([Hit(Opinion.Positive, quarantined: true)]));
        Assert.False(KnownMaterial.Is([Hit(Opinion.Disputed)]));
        Assert.False(KnownMaterial.Is([Hit(Opinion.Positive, HashKind.Pdq, 4)]));
        Assert.False(KnownMaterial.Is([Hit(Opinion.Positive, HashKind.Pdq)]));
    }

    [Fact]
    public void A_quarantined_match_is_shown_and_raises_nothing_a_contradicted_or_near_one_asks_for_a_person()
    {
        static (Severity, string) Assessed(params Match[] matches)
        {
            var assessment = Assessor.Assess(Category.AbuseOrViolence, danger: false, matches, []);
            return (assessment.Severity, string.Join(' ', assessment.Reasons));
        }

        Assert.Equal((Severity.Critical, "bank:b"), Assessed(Hit(Opinion.Positive)));
        Assert.Equal((Severity.None, "quarantined:b"), Assessed(Hit(Opinion.Positive, quarantined: true)));
        Assert.Equal((Severity.Medium, "bank:b contradicted:n"), Assessed(Hit(Opinion.Positive), Hit(Opinion.Negative, bank: "n")));
        Assert.Equal((Severity.Critical, "bank:b"), Assessed(Hit(Opinion.Positive), Hit(Opinion.Negative, bank: "n") with { MediaUrl = "other" }));
        Assert.Equal((Severity.Medium, "bank:b"), Assessed(Hit(Opinion.Positive, HashKind.Pdq, 12)));
        Assert.Equal((Severity.Medium, "bank:b"), Assessed(Hit(Opinion.Disputed)));
        Assert.Equal((Severity.None, ""), Assessed(Hit(Opinion.Negative)));
    }

    private static DigestSet SetOf(string name)
    {
        var zero = new byte[20];
        return new DigestSet(Digest.FromBytes(DigestKind.Md5, zero.AsSpan(4)), Digest.FromBytes(DigestKind.Sha1, zero), BankHome.Digest(name));
    }
}
