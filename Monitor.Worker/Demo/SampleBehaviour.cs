namespace Monitor.Worker.Demo;

/// <summary>What anonymous visitors find of a target from some instant on.</summary>
public enum SampleState
{
    Alive,

    /// <summary>404 or 410 on the page and on every picture.</summary>
    Gone,

    /// <summary>The page is gone, the pictures are still served.</summary>
    PageGone,

    /// <summary>The page answers 200 with what any unknown URL of the host gets; the pictures answer 404.</summary>
    SoftGone,

    /// <summary>Everything but robots.txt asks for a log-in.</summary>
    Walled,

    /// <summary>503 for everything.</summary>
    Outage,

    /// <summary>451 or 403, speaking of the visitor's country.</summary>
    Restricted,
}

/// <summary>From an instant on, a state.</summary>
public sealed record SampleEra(DateTimeOffset From, SampleState State);

/// <summary>A notice that reached the right mailbox and named something of the target.</summary>
public sealed record SampleNotice(DateTimeOffset At, bool NamesPage, bool NamesMedia);

/// <summary>Seeded numbers of one target; each behaviour uses some of them.</summary>
public sealed record SampleTiming
{
    /// <summary>From a notice to its effect: 2 to 20 hours.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>From the second notice that matters to its effect: 2 to 20 hours.</summary>
    public required TimeSpan SecondDelay { get; init; }

    /// <summary>How long `unsteady` answers 503: 5 to 30 hours.</summary>
    public required TimeSpan Outage { get; init; }

    /// <summary>How long `puts-back` stays gone.</summary>
    public required TimeSpan Absence { get; init; }
}

/// <summary>
/// How a platform reacts: a pure function from the notices it got to the eras of what it serves. Without notices nothing
/// changes, and what was served before stays as it was: later notices only add eras.
/// </summary>
public abstract class SampleBehaviour
{
    private SampleBehaviour(string name) => Name = name;

    public static IReadOnlyList<SampleBehaviour> All { get; } =
    [
        new Removes(), new SoftMissing(), new LeavesCopy(), new LoginWall(), new Unsteady(), new Restricts(), new PutsBack(), new TalksAboutRemoval(), new Innocent(),
    ];

    public string Name { get; }

    /// <summary>Answers 200 to any unknown URL.</summary>
    public virtual bool HidesMissing => false;

    /// <summary>The pictures stand on a media host of their own in any case.</summary>
    public virtual bool NeedsMediaHost => false;

    public static SampleBehaviour Named(string name) => All.Single(behaviour => behaviour.Name == name);

    /// <param name="notices">In order of time.</param>
    /// <param name="timing">The target's numbers.</param>
    /// <returns>Eras in order of time, without the first one (alive since ever).</returns>
    public abstract IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing);

    internal abstract SampleExpectation Expect(SampleTiming timing);

    private static SampleExpectation Noticed(SampleEnding ending, string finalRemoval, int notices = 1, bool needsPerson = false) => new()
    {
        Ending = ending,
        FinalRemoval = finalRemoval,
        BankHit = true,
        RuleHit = true,
        Noticed = true,
        DemandsNeeded = notices,
        NeedsPerson = needsPerson,
    };

    private sealed class Removes() : SampleBehaviour("removes")
    {
        public override IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing) =>
            notices.Count == 0 ? [] : [new(notices[0].At + timing.Delay, SampleState.Gone)];

        internal override SampleExpectation Expect(SampleTiming timing) => Noticed(SampleEnding.Removed, "DurablyRemoved");
    }

    private sealed class SoftMissing() : SampleBehaviour("soft-404")
    {
        public override bool HidesMissing => true;

        public override IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing) =>
            notices.Count == 0 ? [] : [new(notices[0].At + timing.Delay, SampleState.SoftGone)];

        internal override SampleExpectation Expect(SampleTiming timing) => Noticed(SampleEnding.RemovedSoftly, "DurablyRemoved", needsPerson: true);
    }

    private sealed class LeavesCopy() : SampleBehaviour("leaves-cdn-copy")
    {
        public override bool NeedsMediaHost => true;

        public override IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing)
        {
            if (notices.Count == 0)
                yield break;
            var pageGone = notices[0].At + timing.Delay;
            yield return new(pageGone, SampleState.PageGone);
            // What was asked before the page went was answered with the page; only a later demand for the media moves anyone.
            if (notices.FirstOrDefault(notice => notice.NamesMedia && notice.At >= pageGone) is { } second)
                yield return new(second.At + timing.SecondDelay, SampleState.Gone);
        }

        internal override SampleExpectation Expect(SampleTiming timing) => Noticed(SampleEnding.RemovedAfterMediaNotice, "DurablyRemoved", notices: 2);
    }

    private sealed class LoginWall() : SampleBehaviour("login-wall")
    {
        public override IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing) =>
            notices.Count == 0 ? [] : [new(notices[0].At + timing.Delay, SampleState.Walled)];

        internal override SampleExpectation Expect(SampleTiming timing) => Noticed(SampleEnding.Walled, "Live", needsPerson: true);
    }

    private sealed class Unsteady() : SampleBehaviour("unsteady")
    {
        public override IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing) =>
            notices.Count == 0
                ? []
                : [new(notices[0].At + timing.Delay, SampleState.Outage), new(notices[0].At + timing.Delay + timing.Outage, SampleState.Gone)];

        internal override SampleExpectation Expect(SampleTiming timing) => Noticed(SampleEnding.Removed, "DurablyRemoved");
    }

    private sealed class Restricts() : SampleBehaviour("geo-restricts")
    {
        public override IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing) =>
            notices.Count == 0 ? [] : [new(notices[0].At + timing.Delay, SampleState.Restricted)];

        internal override SampleExpectation Expect(SampleTiming timing) => Noticed(SampleEnding.Restricted, "Restricted");
    }

    private sealed class PutsBack() : SampleBehaviour("puts-back")
    {
        public override IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing)
        {
            if (notices.Count == 0)
                yield break;
            var gone = notices[0].At + timing.Delay;
            var back = gone + timing.Absence;
            yield return new(gone, SampleState.Gone);
            yield return new(back, SampleState.Alive);
            if (notices.FirstOrDefault(notice => notice.At >= back) is { } second)
                yield return new(second.At + timing.SecondDelay, SampleState.Gone);
        }

        internal override SampleExpectation Expect(SampleTiming timing) =>
            Noticed(SampleEnding.RemovedAfterReturn, "DurablyRemoved", notices: 2) with { ReturnsAfter = timing.Absence };
    }

    private sealed class TalksAboutRemoval() : SampleBehaviour("talks-about-removal")
    {
        public override IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing) => [];

        internal override SampleExpectation Expect(SampleTiming timing) => Noticed(SampleEnding.StaysAlive, "Live");
    }

    private sealed class Innocent() : SampleBehaviour("innocent")
    {
        public override IEnumerable<SampleEra> Eras(IReadOnlyList<SampleNotice> notices, SampleTiming timing) => [];

        internal override SampleExpectation Expect(SampleTiming timing) => new()
        {
            Ending = SampleEnding.NeverNoticed,
            FinalRemoval = "Live",
            BankHit = false,
            RuleHit = true,
            Noticed = false,
            DemandsNeeded = 0,
            NeedsPerson = true,
        };
    }
}
