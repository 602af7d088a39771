using Monitor.Rules.Hashing;
using Monitor.Rules.Removal;
using Monitor.Tests.Contracts;
using Monitor.Tests.Matching;

namespace Monitor.Tests.Removal;

public sealed class MediaVerdictTests
{
    private static readonly Digest Captured = Rows.Sha256Of("a generated picture");
    private static readonly Digest Other = Rows.Sha256Of("a placeholder");
    private static readonly ControlObservation Agrees = new(404, true, true, 0.98);

    [Theory]
    [InlineData(404, Liveness.Gone, LivenessReason.NotFound404)]
    [InlineData(410, Liveness.Gone, LivenessReason.Gone410)]
    [InlineData(451, Liveness.Restricted, LivenessReason.GeoBlocked)]
    [InlineData(401, Liveness.Inconclusive, LivenessReason.Forbidden)]
    [InlineData(403, Liveness.Inconclusive, LivenessReason.Forbidden)]
    [InlineData(407, Liveness.Inconclusive, LivenessReason.Forbidden)]
    [InlineData(429, Liveness.Inconclusive, LivenessReason.RateLimited)]
    [InlineData(500, Liveness.Inconclusive, LivenessReason.ServerError)]
    [InlineData(503, Liveness.Inconclusive, LivenessReason.ServerError)]
    [InlineData(599, Liveness.Inconclusive, LivenessReason.ServerError)]
    [InlineData(301, Liveness.Inconclusive, LivenessReason.Unreadable)]
    [InlineData(304, Liveness.Inconclusive, LivenessReason.Unreadable)]
    [InlineData(400, Liveness.Inconclusive, LivenessReason.Unreadable)]
    [InlineData(100, Liveness.Inconclusive, LivenessReason.Unreadable)]
    [InlineData(200, Liveness.Live, LivenessReason.MediaStillServed)]
    [InlineData(206, Liveness.Live, LivenessReason.MediaStillServed)]
    public void A_status_of_a_media_address(int status, Liveness liveness, LivenessReason reason) =>
        Assert.Equal((liveness, reason), MediaVerdict.Judge(status, null, true, [Captured], [Captured]));

    [Theory]
    [InlineData(TransportError.Timeout, LivenessReason.Timeout)]
    [InlineData(TransportError.DnsNxdomain, LivenessReason.DnsNxdomain)]
    [InlineData(TransportError.DnsServfail, LivenessReason.TransportError)]
    [InlineData(TransportError.ConnectionRefused, LivenessReason.TransportError)]
    [InlineData(TransportError.TlsFailure, LivenessReason.TransportError)]
    [InlineData(TransportError.NotFetched, LivenessReason.TransportError)]
    public void No_answer_says_nothing_whatever_status_came_before(TransportError error, LivenessReason reason)
    {
        Assert.Equal((Liveness.Inconclusive, reason), MediaVerdict.Judge(null, error, true, [], [Captured]));
        Assert.Equal((Liveness.Inconclusive, reason), MediaVerdict.Judge(404, error, true, [], [Captured]));
    }

    [Fact]
    public void Neither_status_nor_error_says_nothing() => Assert.Equal(Liveness.Inconclusive, MediaVerdict.Judge(null, null, true, [], []).Liveness);

    [Fact]
    public void Another_picture_under_the_address_is_for_a_person_and_one_never_captured_counts_as_there()
    {
        Assert.Equal((Liveness.Inconclusive, LivenessReason.MediaChanged), MediaVerdict.Judge(200, null, true, [Other], [Captured]));
        Assert.Equal(Liveness.Live, MediaVerdict.Judge(200, null, true, [Other, Captured], [Captured]).Liveness);
        Assert.Equal(Liveness.Live, MediaVerdict.Judge(200, null, true, [Other], []).Liveness);
        Assert.Equal(Liveness.Live, MediaVerdict.Judge(200, null, true, [], [Captured]).Liveness);
    }

    /// <summary>The same picture in other bytes is still served; whatever cannot be compared proves neither that nor the opposite.</summary>
    [Theory]
    [InlineData(0, Liveness.Live)]
    [InlineData(31, Liveness.Live)]
    [InlineData(32, Liveness.Inconclusive)]
    [InlineData(200, Liveness.Inconclusive)]
    [InlineData(null, Liveness.Inconclusive)]
    public void A_near_picture_under_the_address_is_the_picture(int? distance, Liveness liveness) =>
        Assert.Equal(liveness, MediaVerdict.Judge(200, null, true, [Other], [Captured], distance).Liveness);

    [Fact]
    public void A_picture_is_compared_in_all_its_forms_and_only_if_both_say_enough()
    {
        var known = Hashes.Random(1);
        PdqHash[] forms = [Hashes.Random(2), Hashes.Near(known, 5, 1), Hashes.Near(known, 9, 2)];
        PdqFingerprint Known(PdqHash hash, int? quality) => new(hash, quality, PdqVariant.FullResolution);
        Assert.Equal(5, MediaVerdict.PictureDistance(Known(known, 80), forms, 50));
        Assert.Null(MediaVerdict.PictureDistance(Known(known, 80), forms, 49));
        Assert.Null(MediaVerdict.PictureDistance(Known(known, 49), forms, 80));
        Assert.Null(MediaVerdict.PictureDistance(Known(default, 80), [default], 80));
        Assert.Null(MediaVerdict.PictureDistance(null, forms, 80));
        Assert.Null(MediaVerdict.PictureDistance(Known(known, 80), [], 0));
    }

    [Fact]
    public void A_page_where_the_picture_was_is_a_soft_sign() =>
        Assert.Equal((Liveness.ProbablyGone, LivenessReason.Soft404), MediaVerdict.Judge(200, null, false, [], [Captured]));

    // Rows: the page. Columns: one media address. L live, P partial, R restricted, G gone, S probably gone, I inconclusive.
    [Theory]
    [InlineData(Liveness.Live, "LLLLL")]
    [InlineData(Liveness.Restricted, "LRRRR")]
    [InlineData(Liveness.Gone, "PRGSI")]
    [InlineData(Liveness.ProbablyGone, "PRSSI")]
    [InlineData(Liveness.Inconclusive, "LIIII")]
    public void Page_and_one_media_address_together(Liveness page, string together)
    {
        Liveness[] media = [Liveness.Live, Liveness.Restricted, Liveness.Gone, Liveness.ProbablyGone, Liveness.Inconclusive];
        for (var i = 0; i < media.Length; i++)
        {
            Assert.Equal((page, media[i], together[i]), (page, media[i], Letter(Combine(page, null, media[i]).Liveness)));
        }
    }

    [Fact]
    public void Without_media_the_page_speaks_for_itself() =>
        Assert.All(Enum.GetValues<Liveness>(), page => Assert.Equal(page, Combine(page, null).Liveness));

    [Fact]
    public void The_weakest_of_several_media_decides_and_one_still_served_outweighs_all()
    {
        Assert.Equal(Liveness.Gone, Combine(Liveness.Gone, null, Liveness.Gone, Liveness.Gone).Liveness);
        Assert.Equal(Liveness.Inconclusive, Combine(Liveness.Gone, null, Liveness.Gone, Liveness.Inconclusive, Liveness.ProbablyGone).Liveness);
        Assert.Equal(Liveness.Restricted, Combine(Liveness.Gone, null, Liveness.Inconclusive, Liveness.Restricted).Liveness);
        var partial = Combine(Liveness.Gone, null, Liveness.Restricted, Liveness.Live, Liveness.Gone);
        Assert.Equal((Liveness.Partial, LivenessReason.MediaOnly), (partial.Liveness, partial.Reason));
    }

    [Fact]
    public void A_control_probe_speaks_for_the_page_alone()
    {
        Assert.True(Combine(Liveness.ProbablyGone, Agrees).ControlAgrees);
        Assert.True(Combine(Liveness.ProbablyGone, Agrees, Liveness.Gone).ControlAgrees);
        Assert.False(Combine(Liveness.ProbablyGone, Agrees, Liveness.ProbablyGone).ControlAgrees);
        Assert.False(Combine(Liveness.Gone, Agrees, Liveness.ProbablyGone).ControlAgrees);
        Assert.False(Combine(Liveness.ProbablyGone, null).ControlAgrees);
        Assert.False(Combine(Liveness.ProbablyGone, Agrees with { Valid = false }).ControlAgrees);
        Assert.False(Combine(Liveness.ProbablyGone, Agrees with { LooksSame = false }).ControlAgrees);
        Assert.False(Combine(Liveness.Live, Agrees).ControlAgrees);
    }

    [Fact]
    public void Time_and_vantage_are_kept()
    {
        var fact = Combine(Liveness.Gone, null);
        Assert.Equal((Looks.Zero, "proxy"), (fact.At, fact.Vantage));
    }

    private static ProofFact Combine(Liveness page, ControlObservation? control, params Liveness[] media) => MediaVerdict.Combine(
        Looks.Zero, "proxy", new LivenessVerdict(page, LivenessReason.Unreadable, []), [.. media.Select(one => (one, LivenessReason.NotFound404))], control);

    private static char Letter(Liveness liveness) => liveness == Liveness.ProbablyGone ? 'S' : liveness.ToString()[0];
}
