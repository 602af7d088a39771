using System.Security.Cryptography;
using Monitor.Rules.Assessing;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Extracting;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Names;
using Monitor.Worker.Fetching.Recording;
using Monitor.Worker.Fetching.Vantages;
using Monitor.Worker.Media;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Monitor.Worker.Scoring;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Pipeline;

/// <summary>
/// One inspection of one target: fetch → extract → render → media → control → match and judge → seal → record. Everything up to recording changes
/// nothing in the store; recording is one atomic save, and the next check's instant is part of it.
/// </summary>
public sealed class InspectTarget(Desk desk, VantageSet vantages, ResolverPanel resolvers, ShellRendering shells, RuleEngine rules, MediaMatcher matcher, NoticeDrafter drafter, PageScoring scoring)
{
    private static readonly PageReader Reader = new();

    /// <summary>Under which name rules ask for the page's score.</summary>
    private const string TextScore = "text";

    private static readonly Dictionary<string, double> NoScores = new(StringComparer.Ordinal);

    /// <summary>Media of one page that are fetched, and held in memory, at the same time.</summary>
    private const int MediaAtOnce = 4;

    /// <summary>Bytes of one media file that wait in memory to be sealed with the page.</summary>
    private const int KeptInMemory = 1024 * 1024;

    /// <summary>At the quickest rhythm, and from two vantages, more than the days that a missing name must last.</summary>
    private const int NameHistory = 1000;

    /// <summary>Stands in every observation: which program saw it.</summary>
    public static string ToolVersion { get; } = typeof(InspectTarget).Assembly.GetName().Version?.ToString(3) ?? "0";

    private readonly InspectionRecorder _recorder = new(desk, drafter, ToolVersion);
    private readonly LookSealing _sealing = new(desk.Vault, ToolVersion);

    /// <param name="lease">The claim it runs under; null when a person asked for it.</param>
    public async Task<InspectionEnd> RunAsync(Target target, Lease? lease, CancellationToken cancellation)
    {
        var configuration = desk.Configuration;
        var list = configuration.WatchLists.GetValueOrDefault(target.WatchListId);
        var required = RemovalRulesOf.Target(target, configuration).RequiredVantages;
        var point = vantages.First(required);
        var look = await LookAsync(target, list, configuration, point, cancellation);
        if (look is Look.Paused paused)
        {
            return await _recorder.PostponeAsync(target, lease, paused.Until, cancellation);
        }

        var first = ((Look.Seen)look).Record;
        IReadOnlyList<InspectionRecord> records = required.Count == 1
            ? [await _sealing.SealAsync(target, first, new SealedBefore(), cancellation)]
            : await RoundAsync(target, list, configuration, required, first, cancellation);
        return await _recorder.RecordAsync(target, list, lease, records, cancellation);
    }

    /// <summary>The first vantage's look, with those of the others where they matter, read together.</summary>
    private async Task<IReadOnlyList<InspectionRecord>> RoundAsync(Target target, WatchList? list, MonitorConfiguration configuration, IReadOnlyList<string> required, InspectionRecord first, CancellationToken cancellation)
    {
        var recent = await desk.Store.ObservationsAsync(target.Id, Math.Max(1, target.Observations - VantagePlan.Window + 1), VantagePlan.Window, cancellation);
        var others = VantagePlan.Others(required, target.Progress.State, first.Verdict, first.Observation.TransportError, [.. recent.Select(one => one.Vantage)]);
        var looks = await Task.WhenAll(others.Select(vantages.Find).OfType<VantagePoint>().Where(point => point.Id != first.Observation.Vantage).Select(point => LookAsync(target, list, configuration, point, cancellation)));
        // A host that asked a vantage for a pause was not looked at from there: that is no observation.
        List<InspectionRecord> records = [first, .. looks.OfType<Look.Seen>().Select(look => look.Record with { Primary = false })];
        var facts = VantageVerdict.Together([.. records.Select(record => record.Fact)]);
        var together = new List<InspectionRecord>(records.Count);
        var done = new SealedBefore();
        foreach (var fact in facts)
        {
            var record = records.Single(one => one.Fact.Vantage == fact.Vantage);
            if (!record.Primary)
            {
                // Its own captures: a page that differs by vantage would be sealed anew each time the vantage changes.
                done.Pages.UnionWith(recent.Where(one => one.Records.Count > 0).SelectMany(one => new[] { one.PageDigest, one.Render?.Text }).OfType<Digest>());
                foreach (var place in recent.Select(one => one.PageRecord).OfType<CapturedRecord>())
                {
                    done.Records[place.Content] = place;
                }
            }

            together.Add(await _sealing.SealAsync(target, record with { Fact = fact }, done, cancellation));
        }

        return together;
    }

    /// <summary>Page, control and media from one vantage. Changes nothing in the store.</summary>
    private async Task<Look> LookAsync(Target target, WatchList? list, MonitorConfiguration configuration, VantagePoint point, CancellationToken cancellation)
    {
        var at = desk.Now;
        var log = new ExchangeLog();
        var request = PageRequest(target, list, configuration) with { Log = log };
        var page = await point.Fetcher.FetchAsync(request, cancellation);
        if (page is FetchOutcome.HostPaused paused)
        {
            return new Look.Paused(paused.RetryAt);
        }

        var (reading, body) = Read(page, cancellation);
        var (dns, name) = await NameAsync(target, point, page, at, configuration, cancellation);
        var observed = new ObservedPage(ObservationFacts.Of(page, reading, point.Id) with { Dns = name });
        var verdict = LivenessClassifier.Classify(observed, target.Baseline);
        var shell = await shells.LookAsync(page, observed.Page, verdict, target.Baseline, point, request.Robots, log, cancellation);
        if (shell.Facts.Render is not null)
        {
            observed = new ObservedPage(shell.Facts);
            verdict = LivenessClassifier.Classify(observed, target.Baseline);
        }

        var outline = observed.Page.Outline;
        var seen = await ControlAsync(target, verdict, outline, point, shells.ControlFor(observed.Page, point, request.Robots, log), log, cancellation);
        if (seen?.Sketch is not null && verdict.Liveness is not Liveness.Live)
        {
            verdict = LivenessClassifier.Classify(observed, target.Baseline, seen.Sketch);
        }

        var media = await MediaAsync(target, list, verdict, outline, seen, configuration, point, cancellation);
        var compiled = verdict.Liveness == Liveness.Live && list is not null ? await rules.ForAsync(list, configuration, cancellation) : null;
        return new Look.Seen(Judge(target, compiled, at, page, observed, body, verdict, seen, media) with { Dns = dns, RenderedHtml = shell.Html, Exchanges = log.Exchanges });
    }

    /// <summary>Where the host's name was missing: what every resolver says of it now, and what they have said over time.</summary>
    private async Task<(DnsEvidence? Evidence, DnsFacts? Facts)> NameAsync(Target target, VantagePoint point, FetchOutcome page, DateTimeOffset at, MonitorConfiguration configuration, CancellationToken cancellation)
    {
        // After a redirect it is another host's name that is missing.
        if (page is not FetchOutcome.DnsFailed { NameDoesNotExist: true, Hops.Count: 0 } || !point.ResolvesHere)
        {
            return (null, null);
        }

        var evidence = await resolvers.AskAsync(new Uri(target.Url).IdnHost, cancellation);
        if (evidence.Answer != DnsAnswer.NoSuchName || evidence.ResolversAgreeing < evidence.ResolversAsked)
        {
            return (evidence, null);
        }

        var gap = RemovalRulesOf.Target(target, configuration).LargestGap;
        var before = await desk.Store.ObservationsAsync(target.Id, Math.Max(1, target.Observations - NameHistory + 1), NameHistory, cancellation);
        return (evidence, NxdomainRun.After(NxdomainRun.Of(before, gap), at, evidence, reached: false, gap)?.Facts(evidence));
    }

    private static FetchRequest PageRequest(Target target, WatchList? list, MonitorConfiguration configuration) => new()
    {
        Url = target.Url,
        Robots = list is { ObeyRobots: true } ? RobotsPolicy.Obey : RobotsPolicy.Record,
        Limits = Limits(configuration.Installation.Fetch, configuration.Installation.Fetch.MaxPageMegabytes),
    };

    private static FetchLimits Limits(FetchSettings settings, int megabytes) => new()
    {
        MaxWireBytes = megabytes * 1024L * 1024,
        MaxBodyBytes = megabytes * 1024L * 1024,
        TotalTime = settings.TotalTime,
    };

    private static (PageReading? Reading, byte[] Body) Read(FetchOutcome page, CancellationToken cancellation)
    {
        var (body, headers, url) = page switch
        {
            FetchOutcome.Fetched fetched => (fetched.Body, fetched.Headers, fetched.FinalUrl),
            FetchOutcome.TooLarge large => (large.Partial, large.Headers, large.FinalUrl),
            _ => ([], null, ""),
        };
        return body.Length == 0 || headers is null
            ? (null, body)
            : (Reader.Read(new PageSource(body, headers.GetValueOrDefault("content-type"), url), cancellation), body);
    }

    /// <summary>A control is asked for when there is something to compare: a first capture, or a sign of removal that is not hard.</summary>
    private static async Task<ControlSeen?> ControlAsync(Target target, LivenessVerdict verdict, PageOutline? outline, VantagePoint point, ControlShowing? show, ExchangeLog log, CancellationToken cancellation)
    {
        var firstCapture = target.Baseline is null && verdict.Liveness == Liveness.Live && outline is not null;
        var soft = verdict is { Liveness: Liveness.ProbablyGone, Reason: not LivenessReason.DnsNxdomain } || (verdict.Liveness == Liveness.Inconclusive && outline is not null && target.Baseline is not null);
        return firstCapture || soft ? await point.Control.AskAsync(target.Url, point.Id, show, log, cancellation) : null;
    }

    private async Task<IReadOnlyList<MediaSeen>> MediaAsync(Target target, WatchList? list, LivenessVerdict verdict, PageOutline? outline, ControlSeen? seen, MonitorConfiguration configuration, VantagePoint point, CancellationToken cancellation)
    {
        var wanted = new List<(string Url, bool Own)>();
        var urls = new HashSet<string>(StringComparer.Ordinal);
        foreach (var known in target.Media)
        {
            if (urls.Add(known.Url))
            {
                wanted.Add((known.Url, true));
            }
        }

        if (verdict.Liveness == Liveness.Live && outline is not null)
        {
            foreach (var media in outline.Media)
            {
                if (media.Kind != MediaKind.Other && urls.Add(media.Url))
                {
                    // What also stands on a made-up address is the site's furniture.
                    var own = media.Role is BlockRole.Main or BlockRole.Template or BlockRole.Dialog && seen?.Media.Contains(media.Url) != true;
                    wanted.Add((media.Url, own));
                }
            }
        }

        var settings = configuration.Installation.Fetch;
        var limits = Limits(settings, settings.MaxMediaMegabytes) with { TotalTime = settings.TotalTime * 2 };
        var nameless = verdict is { Liveness: Liveness.ProbablyGone, Reason: LivenessReason.DnsNxdomain } ? new Uri(target.Url).IdnHost : null;
        // What was seen there once is asked for always, whatever the cap says now: removal is proven of every one of them.
        var asked = wanted.Take(Math.Max(settings.MaxMediaPerPage, target.Media.Count)).ToList();
        var found = new MediaSeen[asked.Count];
        await Parallel.ForAsync(0, asked.Count, new ParallelOptions { MaxDegreeOfParallelism = MediaAtOnce, CancellationToken = cancellation }, async (i, token) =>
            found[i] = await OneMediaAsync(target, list, asked[i].Url, asked[i].Own, limits, point, nameless, token));
        return found;
    }

    /// <param name="nameless">Host whose name every resolver has denied long enough; null: none.</param>
    private async Task<MediaSeen> OneMediaAsync(Target target, WatchList? list, string url, bool own, FetchLimits limits, VantagePoint point, string? nameless, CancellationToken cancellation)
    {
        var known = target.Media.FirstOrDefault(media => media.Url == url);
        int? status;
        byte[] body;
        TransportError? error = null;
        var isMedia = true;
        var log = new ExchangeLog();
        if (DataUrl.Is(url))
        {
            (status, body) = (null, DataUrl.Decode(url));
        }
        else
        {
            var outcome = await point.Fetcher.FetchAsync(new FetchRequest { Url = url, Purpose = FetchPurpose.Media, Limits = limits, Discovered = true, Log = log }, cancellation);
            var facts = ObservationFacts.Of(outcome, null, point.Id);
            (status, error) = (facts.Status, facts.TransportError);
            body = outcome is FetchOutcome.Fetched fetched ? fetched.Body : [];
            isMedia = facts.Headers.GetValueOrDefault("content-type", "") is var type
                && (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
                    || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || (type.Length == 0 && body.Length > 0) || type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase));
        }

        var digests = body.Length > 0 && (status is null or (>= 200 and < 300)) ? MediaDigester.Compute(body) : null;
        var found = digests is null ? [] : (IReadOnlyList<Digest>)[digests.Sha256, digests.Sha1, digests.Md5];
        // The same bytes as before look as they did: they are decoded again only to be held against banks of likenesses.
        var same = digests is not null && known is { Pdq: not null } && known.Digests.Contains(digests.Sha256);
        var picture = digests is null || (same && !matcher.AsksForLikeness) ? null : await MediaHasher.HashAsync(body, MediaDecoder.Default, dihedrals: true, cancellation);
        var distance = same ? 0 : MediaVerdict.PictureDistance(known?.Pdq, picture?.Dihedrals?.All ?? [], picture?.Dihedrals?.Quality ?? 0);
        var (liveness, reason) = status is null && error is null
            ? (Liveness.Live, LivenessReason.MediaStillServed)
            : nameless is not null && error == TransportError.DnsNxdomain && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IdnHost == nameless
                ? (Liveness.ProbablyGone, LivenessReason.DnsNxdomain)
                : MediaVerdict.Judge(status, error, isMedia, found, known?.Digests ?? [], distance);
        var matches = digests is null ? [] : await matcher.MatchAsync(target, digests, picture, url, list?.HashBanks ?? [], cancellation);
        var seen = new MediaSeen
        {
            Url = url,
            Own = own || matches.Any(match => match is { Opinion: not Opinion.Negative, Quarantined: false, IsExact: true }),
            Observation = new MediaObservation { Url = url.Length > 2048 ? url[..64] : url, Status = status, Liveness = liveness, Reason = reason, Length = body.LongLength, Digests = found, Pdq = same ? known!.Pdq : picture?.Fingerprint, PdqDistance = distance },
            Picture = picture,
            Digests = digests,
            // What has exchanges is sealed out of them.
            Body = log.Exchanges.Count > 0 ? [] : body,
            Exchanges = log.Exchanges,
            Matches = matches,
        };
        return body.Length <= KeptInMemory || seen.Exchanges.Count == 0 ? seen : await _sealing.SealEarlyAsync(target, seen, point.Id, cancellation);
    }

    /// <param name="compiled">Rules to hold the page against; null: none.</param>
    private InspectionRecord Judge(Target target, CompiledRules? compiled, DateTimeOffset at, FetchOutcome page, ObservedPage observed, byte[] body, LivenessVerdict verdict, ControlSeen? seen, IReadOnlyList<MediaSeen> media)
    {
        var facts = observed.Page;
        var outline = facts.Outline;
        var text = outline is null ? "" : PageText.Of(outline);
        var matches = media.SelectMany(one => one.Matches).ToList();
        var score = verdict.Liveness == Liveness.Live && outline is not null ? scoring.Score(outline, text, facts.FinalUrl ?? facts.RequestedUrl) : null;
        var findings = compiled is null ? (IReadOnlyList<RuleFinding>)[] : RuleEvaluator.Evaluate(compiled, new RuleSubject
        {
            Text = outline is null ? null : text,
            Url = facts.FinalUrl ?? facts.RequestedUrl,
            Page = outline,
            // What suddenly matches everything is no ground for anything until a person has decided about it.
            Matches = [.. matches.Where(match => !match.Quarantined)],
            Scores = score is null ? NoScores : new Dictionary<string, double>(StringComparer.Ordinal) { [TextScore] = score.Value },
        });
        // Only media that are asked to go weigh in the proof: data: URLs go with their page.
        var own = media.Where(one => one.Own && !DataUrl.Is(one.Url)).Select(one => (one.Observation.Liveness, one.Observation.Reason)).ToList();
        var compared = Compare(target, observed.Page, observed.Sketch, seen);
        return new InspectionRecord
        {
            At = at,
            Page = page,
            Observation = facts,
            Outline = outline,
            Sketch = observed.Sketch,
            Text = text,
            Body = body,
            PageDigest = body.Length == 0 ? null : Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(body)),
            Media = media,
            Control = seen,
            Compared = compared,
            Verdict = verdict,
            Fact = MediaVerdict.Combine(at, facts.Vantage, verdict, own, compared),
            Matches = matches,
            Findings = findings,
            Score = score,
            Assessment = Assessor.Assess(target.Category, target.Danger, matches, findings),
        };
    }

    private static ControlObservation? Compare(Target target, PageObservation facts, PageSketch? sketch, ControlSeen? seen)
    {
        if (seen?.Sketch is null || sketch is null)
        {
            return null;
        }

        var similarity = PageSketcher.Similarity(sketch, seen.Sketch);
        var valid = target.Baseline?.Control is { } then && target.Baseline.Rendered == facts.IsRendered && PageSketcher.Similarity(target.Baseline.Sketch, then) < LivenessClassifier.ControlSame;
        return new ControlObservation(seen.Status, valid, similarity >= LivenessClassifier.ControlSame, Math.Round(similarity, 3));
    }
}

/// <summary>How a look from one vantage ended.</summary>
internal abstract record Look
{
    private Look()
    {
    }

    public sealed record Seen(InspectionRecord Record) : Look;

    /// <summary>The host asked this vantage for a pause.</summary>
    public sealed record Paused(DateTimeOffset Until) : Look;
}

/// <summary>How an inspection ended for the one who ran it.</summary>
public abstract record InspectionEnd
{
    private InspectionEnd()
    {
    }

    public sealed record Recorded(Observation Observation, Target Target) : InspectionEnd;

    /// <summary>The host asked for a pause: nothing was observed.</summary>
    public sealed record Postponed(DateTimeOffset Until) : InspectionEnd;

    /// <summary>Somebody else did it meanwhile.</summary>
    public sealed record Superseded : InspectionEnd;
}
