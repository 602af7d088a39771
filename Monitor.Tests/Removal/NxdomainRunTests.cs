using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal;

public sealed class NxdomainRunTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Gap = TimeSpan.FromHours(48);
    private static readonly DnsEvidence All = new() { Answer = DnsAnswer.NoSuchName, ResolversAsked = 3, ResolversAgreeing = 3 };

    [Fact]
    public void It_counts_at_seventy_two_hours_and_not_before()
    {
        NxdomainRun? run = null;
        for (int hour = 0; hour <= 72; hour += 6)
        {
            run = NxdomainRun.After(run, Start.AddHours(hour), All, reached: false, Gap);
            Assert.Equal(hour == 72, run!.Counts);
            Assert.Equal(hour == 72 ? Liveness.ProbablyGone : Liveness.Inconclusive, Judged(run).Liveness);
        }

        Assert.Equal(13, run!.Checks);
        Assert.Equal(LivenessReason.DnsNxdomain, Judged(run).Reason);
        Assert.False(NxdomainRun.After(null, Start, All, false, Gap)!.Counts);
    }

    [Fact]
    public void One_who_knows_the_name_ends_it_and_silence_does_not()
    {
        NxdomainRun run = Long();
        Assert.Null(NxdomainRun.After(run, Start.AddHours(78), All with { Answer = DnsAnswer.Exists, ResolversAgreeing = 2 }, false, Gap));
        Assert.Null(NxdomainRun.After(run, Start.AddHours(78), null, reached: true, Gap));
        Assert.Equal(run, NxdomainRun.After(run, Start.AddHours(78), All with { ResolversAgreeing = 2 }, false, Gap));
        Assert.Equal(run, NxdomainRun.After(run, Start.AddHours(78), All with { Answer = DnsAnswer.Failed, ResolversAgreeing = 0 }, false, Gap));
        Assert.Equal(run, NxdomainRun.After(run, Start.AddHours(78), null, reached: false, Gap));
        Assert.Null(NxdomainRun.After(null, Start, All with { ResolversAsked = 0, ResolversAgreeing = 0 }, false, Gap));
    }

    [Fact]
    public void A_gap_begins_anew_and_the_same_instant_counts_once()
    {
        NxdomainRun run = Long();
        Assert.Equal(run, NxdomainRun.After(run, run.Last, All, false, Gap));
        Assert.Equal(run.Checks + 1, NxdomainRun.After(run, run.Last + Gap, All, false, Gap)!.Checks);
        NxdomainRun anew = NxdomainRun.After(run, run.Last + Gap + TimeSpan.FromTicks(1), All, false, Gap)!;
        Assert.Equal((1, false), (anew.Checks, anew.Counts));
    }

    [Theory]
    [InlineData("fetched", 404, true)]
    [InlineData("connection-refused", null, true)]
    [InlineData("tls-expired", null, true)]
    [InlineData("connection-proxy", null, false)]
    [InlineData("connection-unreachable", null, false)]
    [InlineData("timed-out", null, false)]
    [InlineData("dns-failed", null, false)]
    public void Stored_observations_are_folded(string outcome, int? status, bool ends)
    {
        List<Observation> rows = [.. Enumerable.Range(0, 13).Select(at => Row(at * 6) with { Dns = All })];
        Assert.Equal(Long(), NxdomainRun.Of(rows, Gap));
        rows.Insert(6, Row(33) with { Outcome = outcome, Status = status });
        Assert.Equal(ends ? 36 : 0, (NxdomainRun.Of(rows, Gap)!.Since - Start).TotalHours);
    }

    /// <summary>As the pipeline judges it: the run as facts of the look it ends at.</summary>
    private static LivenessVerdict Judged(NxdomainRun run) => LivenessClassifier.Classify(new PageObservation
    {
        RequestedUrl = "https://lantern.example/",
        TransportError = TransportError.DnsNxdomain,
        Dns = run.Facts(All),
    });

    private static NxdomainRun Long() => new() { Checks = 13, Since = Start, Last = Start.AddHours(72) };

    private static Observation Row(int hour) => new()
    {
        Id = $"T000001/{hour:D8}",
        TargetId = "T000001",
        Number = hour + 1,
        At = Start.AddHours(hour),
        Vantage = "direct",
        Outcome = "dns-nxdomain",
        Page = new LivenessVerdict(Liveness.Inconclusive, LivenessReason.DnsNxdomain, []),
        Fact = new ProofFact { At = Start.AddHours(hour), Vantage = "direct", Liveness = Liveness.Inconclusive, Reason = LivenessReason.DnsNxdomain },
        Configuration = "f00d",
        ToolVersion = "0.1.0",
    };
}
