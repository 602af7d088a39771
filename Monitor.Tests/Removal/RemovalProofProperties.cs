using System.Text;
using FsCheck.Xunit;
using Monitor.Rules.Removal;
using Monitor.Tests.Takedowns;
using Monitor.Worker.Storage;
using static Monitor.Tests.Removal.Looks;

namespace Monitor.Tests.Removal;

/// <summary>What holds for every sequence of looks and people, held against a checker that reads the whole list instead of folding it.</summary>
public sealed class RemovalProofProperties
{
    private static readonly RemovalRules Rules = new();

    private static readonly RemovalRules Two = new() { RequiredVantages = ["direct", "proxy"] };

    private static IEnumerable<ProofFact> SoftWatch(double from, double to) => Watch(from, to, 4, hour => Soft(hour));

    private static readonly RemovalRules[] Variants =
    [
        Rules,
        Two,
        new() { HardConfirmations = 2, SoftConfirmations = 3, SoftSpan = TimeSpan.FromHours(24), DurableAfter = TimeSpan.FromDays(3) },
        new() { Walled = true },
        new() { CountingPause = TimeSpan.Zero, BlindAfter = TimeSpan.FromHours(24) },
    ];

    private static readonly double[] Steps = [1, 2, 3, 3.5, 4, 4, 4, 6, 4.1, 12, 24, 48, 49, 0, -1, -13];

    /// <summary>A byte a step: the upper half says how much later, the lower half what is seen.</summary>
    private static List<ProofFact> Read(byte[] bytes)
    {
        var events = new List<ProofFact>();
        var hour = 0.0;
        foreach (var one in bytes)
        {
            hour += Steps[one >> 4];
            events.Add((one & 15) switch
            {
                < 5 => Hard(hour),
                5 => Soft(hour),
                6 => Soft(hour),
                7 => Bare(hour),
                8 => Nothing(hour),
                9 => Down(hour),
                10 => Hard(hour, "proxy"),
                11 => (one & 32) == 0 ? Soft(hour, "proxy") : Person("chi", hour),
                12 => Fact(hour, (Liveness)(one >> 4 & 3) is var seen && seen <= Liveness.Restricted ? seen : Liveness.Live, (one & 64) == 0 ? "direct" : "proxy"),
                13 => Nothing(hour, "proxy"),
                14 => Person("an", hour),
                _ => Person("binh", hour),
            });
        }

        return events;
    }

    private static string Text(RemovalProgress progress) => Encoding.UTF8.GetString(RowJson.Write(progress));

    [Property(MaxTest = 5000 / Effort.Share, EndSize = 200)]
    public void Confirmation_always_means_what_the_whole_list_says_too(byte[] bytes) =>
        Assert.All(Variants, rules => Check(rules, Read(bytes)));

    /// <summary>The property above is not empty talk: many of its sequences do end in confirmation, of every kind.</summary>
    [Fact]
    public void Long_made_up_stories_reach_every_state_and_keep_the_rules()
    {
        var reached = new Dictionary<RemovalState, int>();
        for (var seed = 0; seed < 1500 / Effort.Share; seed++)
        {
            var bytes = new byte[120];
            new Random(seed).NextBytes(bytes);
            // Half of the stories are mostly quiet: without that hardly any lives to be durable.
            var events = Read(seed % 2 == 0 ? bytes : [.. bytes.Select((one, at) => at % 20 == 19 ? one : (byte)((one & 0x70) | (one & 3)))]);
            foreach (var rules in Variants)
            {
                foreach (var state in Check(rules, events))
                {
                    reached[state] = reached.GetValueOrDefault(state) + 1;
                }
            }
        }

        Assert.All(Enum.GetValues<RemovalState>(), state => Assert.True(reached.GetValueOrDefault(state) >= 50, $"{state}: {reached.GetValueOrDefault(state)}"));
    }

    /// <summary>Plays the events and asks the naive checker at every move into a proven state.</summary>
    private static HashSet<RemovalState> Check(RemovalRules rules, List<ProofFact> events)
    {
        var steps = Play(rules, events);
        var before = RemovalState.Live;
        var states = new HashSet<RemovalState>();
        for (var i = 0; i < steps.Count; i++)
        {
            var progress = steps[i].Progress;
            states.Add(progress.State);
            if (progress.State == RemovalState.ConfirmedRemoved && before != progress.State)
            {
                Assert.True(NaiveProof.Holds(rules, events[..(i + 1)]), $"confirmed without proof at event {i}");
            }

            if (progress.State == RemovalState.DurablyRemoved && before != progress.State)
            {
                Assert.True(NaiveProof.Clean(rules, events[..(i + 1)], progress.ConfirmedAt!.Value), $"durable without a clean period at event {i}");
            }

            if (events[i].Liveness is Liveness.Live or Liveness.Partial or Liveness.Restricted)
            {
                Assert.Empty(progress.Runs);
                Assert.Empty(progress.People);
                Assert.Null(progress.FirstGoneAt);
                Assert.Null(progress.ConfirmedAt);
                Assert.Null(progress.DurableAt);
                Assert.DoesNotContain(progress.State, (RemovalState[])[RemovalState.ApparentlyGone, RemovalState.ConfirmedRemoved, RemovalState.DurablyRemoved]);
            }

            if (events[i].Liveness == Liveness.Inconclusive)
            {
                Assert.Equal(before, progress.State);
                Assert.Empty(steps[i].Effects);
            }

            Assert.Equal(progress.State is RemovalState.ConfirmedRemoved or RemovalState.DurablyRemoved, progress.ConfirmedAt is not null);
            Assert.True(progress.LastLiveAt is null || progress.FirstGoneAt is null || progress.LastLiveAt <= progress.FirstGoneAt, "removed before it was last seen");
            before = progress.State;
        }

        return states;
    }

    [Property(MaxTest = 2000 / Effort.Share)]
    public void Inconclusive_looks_alone_never_change_the_state(byte[] hours, bool walled)
    {
        var events = (hours ?? []).Select((hour, at) => Nothing((at * 24) + hour, at % 3 == 0 ? "proxy" : "direct"));
        Assert.All(Play(Rules with { Walled = walled }, events), step => Assert.Equal(RemovalState.Live, step.Progress.State));
    }

    /// <summary>They let people decide where nobody else can see; what machines see is never moved by them.</summary>
    [Property(MaxTest = 2000 / Effort.Share)]
    public void Inconclusive_looks_between_the_others_change_nothing_but_their_own_count(byte[] bytes)
    {
        var events = Read(bytes).Where(one => !one.IsHuman).ToList();
        var quiet = events.Where(one => one.Liveness != Liveness.Inconclusive).ToList();
        Assert.All(Variants, rules => Assert.Equal(
            Text(After(rules, [.. quiet]) with { Silences = [] }),
            Text(After(rules, [.. events]) with { Silences = [] })));
    }

    [Property(MaxTest = 2000 / Effort.Share)]
    public void Playing_it_again_gives_the_same_standing(byte[] bytes)
    {
        var events = Read(bytes);
        Assert.All(Variants, rules => Assert.Equal(
            Play(rules, events).Select(step => Text(step.Progress) + string.Join(',', step.Effects)),
            Play(rules, events).Select(step => Text(step.Progress) + string.Join(',', step.Effects))));
    }

    [Property(MaxTest = 2000 / Effort.Share)]
    public void A_standing_that_was_stored_and_read_again_goes_on_the_same(byte[] bytes)
    {
        var events = Read(bytes);
        var progress = new RemovalProgress();
        foreach (var one in events)
        {
            progress = RowJson.Read<RemovalProgress>(RowJson.Write(progress));
            progress = RemovalProof.Observe(progress, RowJson.Read<ProofFact>(RowJson.Write(one)), Rules).Progress;
        }

        Assert.Equal(Text(After([.. events])), Text(progress));
    }

    [Property(MaxTest = 3000 / Effort.Share)]
    public void The_order_of_vantages_at_one_instant_does_not_matter(byte[] rounds, byte shuffle)
    {
        var (one, other) = (new List<ProofFact>(), new List<ProofFact>());
        var hour = 0.0;
        foreach (var round in rounds ?? [])
        {
            hour += Steps[(round >> 4) % 13];
            string[] vantages = ["direct", "proxy", "tor"];
            // Whoever sees anything sees the same. Were it hard here and soft there in the one millisecond, the first to tell could complete a proof that the second unsettles.
            ProofFact Look(string vantage, int at) => (round & 15) switch
            {
                < 12 when (round + shuffle + at) % 7 == 0 => Nothing(hour, vantage),
                < 9 => Hard(hour, vantage),
                < 11 => Soft(hour, vantage),
                11 => Bare(hour, vantage),
                12 => Nothing(hour, vantage),
                var seen => Fact(hour, (Liveness)(seen - 13), vantage),
            };
            var looks = vantages.Select(Look).ToList();
            one.AddRange(looks);
            other.AddRange(((round + shuffle) % 3) switch { 0 => [looks[2], looks[1], looks[0]], 1 => [looks[1], looks[2], looks[0]], _ => (IEnumerable<ProofFact>)[looks[2], looks[0], looks[1]] });
        }

        Assert.All(Variants[..3], rules => Assert.Equal(
            Text(After(rules, [.. one])),
            Text(After(rules, [.. other]))));
    }

    public static TheoryData<string> Weakenings => [.. Weakened.Keys];

    /// <summary>For every number of the rules: the rules, the same a little weaker, and a story that only the weaker ones believe.</summary>
    private static readonly Dictionary<string, (RemovalRules Strict, RemovalRules Weak, ProofFact[] Story, RemovalState Believed)> Weakened = new(StringComparer.Ordinal)
    {
        [nameof(RemovalRules.HardConfirmations)] = (Two, Two with { HardConfirmations = 2 }, [Hard(0, "proxy"), .. Watch(0, 20), Hard(24, "proxy"), Hard(24)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.HardSpan)] = (Rules, Rules with { HardSpan = TimeSpan.FromHours(23) }, [.. Watch(0, 23)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.SoftConfirmations)] = (Two, Two with { SoftConfirmations = 4 }, [Soft(0, "proxy"), .. SoftWatch(0, 24), Soft(24, "proxy"), .. SoftWatch(28, 48), Soft(48, "proxy"), .. SoftWatch(52, 72), Soft(72, "proxy"), Person("an", 73)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.SoftSpan)] = (Rules, Rules with { SoftSpan = TimeSpan.FromHours(71) }, [.. SoftWatch(0, 71), Person("an", 72)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.PeopleWithControl)] = (Rules, Rules with { PeopleWithControl = 0 }, [.. SoftWatch(0, 72)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.PeopleWithoutControl)] = (Rules, Rules with { PeopleWithoutControl = 1 }, [.. Watch(0, 72, 4, hour => Bare(hour)), Person("an", 73)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.LargestGap)] = (Rules, Rules with { LargestGap = TimeSpan.FromHours(49) }, [.. Watch(0, 12), .. Watch(61, 73)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.CountingPause)] = (Two, Two with { CountingPause = TimeSpan.FromHours(1) }, [Hard(0, "proxy"), Hard(1, "proxy"), .. Watch(0, 20), Hard(24, "proxy"), Hard(24)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.BlindAfter)] = (Rules, Rules with { BlindAfter = TimeSpan.FromHours(12) }, [Hard(0), Hard(12), Hard(24)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.PeopleApart)] = (Rules with { Walled = true }, Rules with { Walled = true, PeopleApart = TimeSpan.Zero }, [Person("an", 15.9), Person("binh", 16.1)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.DurableAfter)] = (Rules, Rules with { DurableAfter = TimeSpan.FromDays(13) }, [.. Removed, .. Clean(24, 24 * 14)], RemovalState.DurablyRemoved),
        [nameof(RemovalRules.InconclusiveBeforePerson)] = (Rules, Rules with { InconclusiveBeforePerson = 2 }, [Nothing(0), Nothing(12), Person("an", 13), Person("binh", 30)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.RequiredVantages)] = (Two, Rules, [.. Watch(0, 24)], RemovalState.ConfirmedRemoved),
        [nameof(RemovalRules.Walled)] = (Rules with { Walled = true }, Rules, [.. Watch(0, 24)], RemovalState.ConfirmedRemoved),
        // Not weaker, but elsewhere: two looks in one local day are two days further west.
        [nameof(RemovalRules.LocalOffset)] = (Rules with { Walled = true }, Rules with { Walled = true, LocalOffset = TimeSpan.Zero }, [Person("an", 16.5), Person("binh", 29)], RemovalState.ConfirmedRemoved),
    };

    [Theory]
    [MemberData(nameof(Weakenings))]
    public void Every_number_of_the_rules_holds_something_back(string field)
    {
        var (strict, weak, story, believed) = Weakened[field];
        Assert.NotEqual(believed, After(strict, story).State);
        Assert.Equal(believed, After(weak, story).State);
    }

    [Fact]
    public void No_number_of_the_rules_is_left_untried() =>
        Assert.Equal(
            typeof(RemovalRules).GetProperties().Select(property => property.Name).Where(name => name != "EqualityContract").Order(StringComparer.Ordinal),
            Weakened.Keys.Order(StringComparer.Ordinal));

    [Property(MaxTest = 3000 / Effort.Share, EndSize = 150)]
    public void What_strict_rules_believe_weaker_ones_have_believed_by_then(byte[] bytes)
    {
        var events = Read(bytes).Where(one => one.IsHuman || one.Vantage == "direct").ToList();
        var strict = First(Rules);
        if (strict < 0)
        {
            return;
        }

        RemovalRules[] weaker =
        [
            Rules with { HardConfirmations = 2 },
            Rules with { CountingPause = TimeSpan.FromHours(2) },
            Rules with { BlindAfter = TimeSpan.FromHours(12) },
            Rules with { HardSpan = TimeSpan.FromHours(12) },
            Rules with { SoftConfirmations = 3, SoftSpan = TimeSpan.FromHours(24) },
            Rules with { PeopleWithControl = 0, PeopleWithoutControl = 1 },
        ];
        Assert.All(weaker, rules => Assert.InRange(First(rules), 0, strict));

        int First(RemovalRules rules) => Play(rules, events).ToList().FindIndex(step => step.Progress.State == RemovalState.ConfirmedRemoved);
    }
}
