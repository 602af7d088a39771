using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Assessing;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Extracting;
using Monitor.Worker.Fetching;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Pipeline;

/// <summary>
/// One inspection of one target: fetch → extract → media → control → match and judge → seal → record. Everything up to recording changes
/// nothing in the store; recording is one atomic save, and the next check's instant is part of it.
/// </summary>
public sealed class InspectTarget(Desk desk, IFetcher fetcher, ControlProbe control, RuleEngine rules, BankIndex banks, NoticeDrafter drafter)
{
    private static readonly PageReader Reader = new();

    public const string Vantage = "direct";

    private static readonly string ToolVersion = typeof(InspectTarget).Assembly.GetName().Version?.ToString(3) ?? "0";

    private readonly InspectionRecorder _recorder = new(desk, drafter, ToolVersion);

    /// <param name="lease">The claim it runs under; null when a person asked for it.</param>
    public async Task<InspectionEnd> RunAsync(Target target, Lease? lease, CancellationToken cancellation)
    {
        var configuration = desk.Configuration;
        var list = configuration.WatchLists.GetValueOrDefault(target.WatchListId);
        var at = desk.Now;

        var page = await fetcher.FetchAsync(PageRequest(target, list, configuration), cancellation);
        if (page is FetchOutcome.HostPaused paused)
        {
            return await _recorder.PostponeAsync(target, lease, paused.RetryAt, cancellation);
        }

        var (outline, body) = Read(page, cancellation);
        var facts = ObservationFacts.Of(page, outline, Vantage);
        var verdict = LivenessClassifier.Classify(facts, target.Baseline);
        var seen = await ControlAsync(target, verdict, outline, cancellation);
        if (seen?.Sketch is not null && verdict.Liveness is not Liveness.Live)
        {
            verdict = LivenessClassifier.Classify(facts, target.Baseline, seen.Sketch);
        }

        var media = await MediaAsync(target, list, verdict, outline, seen, configuration, cancellation);
        var record = Judge(target, list, configuration, at, page, facts, outline, body, verdict, seen, media);
        record = record with { Captures = await SealAsync(target, record, cancellation) };
        return await _recorder.RecordAsync(target, list, lease, record, cancellation);
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

    private static (PageOutline? Outline, byte[] Body) Read(FetchOutcome page, CancellationToken cancellation)
    {
        var (body, headers, url) = page switch
        {
            FetchOutcome.Fetched fetched => (fetched.Body, fetched.Headers, fetched.FinalUrl),
            FetchOutcome.TooLarge large => (large.Partial, large.Headers, large.FinalUrl),
            _ => ([], null, ""),
        };
        return body.Length == 0 || headers is null
            ? (null, body)
            : (Reader.Read(new PageSource(body, headers.GetValueOrDefault("content-type"), url), cancellation).Outline, body);
    }

    /// <summary>A control is asked for when there is something to compare: a first capture, or a sign of removal that is not hard.</summary>
    private async Task<ControlSeen?> ControlAsync(Target target, LivenessVerdict verdict, PageOutline? outline, CancellationToken cancellation)
    {
        var firstCapture = target.Baseline is null && verdict.Liveness == Liveness.Live && outline is not null;
        var soft = verdict.Liveness == Liveness.ProbablyGone || (verdict.Liveness == Liveness.Inconclusive && outline is not null && target.Baseline is not null);
        return firstCapture || soft ? await control.AskAsync(target.Url, Vantage, cancellation) : null;
    }

    private async Task<IReadOnlyList<MediaSeen>> MediaAsync(Target target, WatchList? list, LivenessVerdict verdict, PageOutline? outline, ControlSeen? seen, MonitorConfiguration configuration, CancellationToken cancellation)
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
        var found = await Task.WhenAll(wanted.Take(settings.MaxMediaPerPage).Select(one => OneMediaAsync(target, list, one.Url, one.Own, limits, cancellation)));
        return found;
    }

    private async Task<MediaSeen> OneMediaAsync(Target target, WatchList? list, string url, bool own, FetchLimits limits, CancellationToken cancellation)
    {
        var known = target.Media.FirstOrDefault(media => media.Url == url);
        int? status;
        byte[] body;
        TransportError? error = null;
        var isMedia = true;
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            (status, body) = (null, DataUrl.Decode(url));
        }
        else
        {
            var outcome = await fetcher.FetchAsync(new FetchRequest { Url = url, Purpose = FetchPurpose.Media, Limits = limits, Discovered = true }, cancellation);
            var facts = ObservationFacts.Of(outcome, null, Vantage);
            (status, error) = (facts.Status, facts.TransportError);
            body = outcome is FetchOutcome.Fetched fetched ? fetched.Body : [];
            isMedia = facts.Headers.GetValueOrDefault("content-type", "") is var type
                && (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
                    || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || (type.Length == 0 && body.Length > 0) || type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase));
        }

        var digests = body.Length > 0 && (status is null or (>= 200 and < 300)) ? MediaDigester.Compute(body) : null;
        var list3 = digests is null ? [] : (IReadOnlyList<Digest>)[digests.Sha256, digests.Sha1, digests.Md5];
        var (liveness, reason) = status is null && error is null
            ? (Liveness.Live, LivenessReason.MediaStillServed)
            : MediaVerdict.Judge(status, error, isMedia, list3, known?.Digests ?? []);
        var matches = digests is null ? [] : banks.Match(digests, url, list?.HashBanks ?? []);
        return new MediaSeen
        {
            Url = url,
            Own = own || matches.Count > 0,
            Observation = new MediaObservation { Url = url.Length > 2048 ? url[..64] : url, Status = status, Liveness = liveness, Reason = reason, Length = body.LongLength, Digests = list3 },
            Digests = digests,
            Body = body,
            Matches = matches,
        };
    }

    private InspectionRecord Judge(Target target, WatchList? list, MonitorConfiguration configuration, DateTimeOffset at, FetchOutcome page, PageObservation facts, PageOutline? outline, byte[] body, LivenessVerdict verdict, ControlSeen? seen, IReadOnlyList<MediaSeen> media)
    {
        var text = outline is null ? "" : PageText.Of(outline);
        var live = verdict.Liveness == Liveness.Live;
        var findings = live && list is not null && text.Length > 0 ? RuleEvaluator.Evaluate(rules.For(list, configuration), text) : (IReadOnlyList<RuleFinding>)[];
        var matches = media.SelectMany(one => one.Matches).ToList();
        // Only media that are asked to go weigh in the proof: data: URLs go with their page.
        var own = media.Where(one => one.Own && !one.Url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)).Select(one => (one.Observation.Liveness, one.Observation.Reason)).ToList();
        var sketch = outline is null ? null : PageSketcher.Sketch(outline, facts.Status);
        var compared = Compare(target, sketch, seen);
        return new InspectionRecord
        {
            At = at,
            Page = page,
            Observation = facts,
            Outline = outline,
            Sketch = sketch,
            Text = text,
            Body = body,
            PageDigest = body.Length == 0 ? null : Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(body)),
            Media = media,
            Control = seen,
            Compared = compared,
            Verdict = verdict,
            Fact = MediaVerdict.Combine(at, Vantage, verdict, own, compared),
            Matches = matches,
            Findings = findings,
            Assessment = Assessor.Assess(target.Category, target.Danger, matches, findings),
        };
    }

    private static ControlObservation? Compare(Target target, PageSketch? sketch, ControlSeen? seen)
    {
        if (seen?.Sketch is null || sketch is null)
        {
            return null;
        }

        var similarity = PageSketcher.Similarity(sketch, seen.Sketch);
        var valid = target.Baseline?.Control is { } then && PageSketcher.Similarity(target.Baseline.Sketch, then) < LivenessClassifier.ControlSame;
        return new ControlObservation(seen.Status, valid, similarity >= LivenessClassifier.ControlSame, Math.Round(similarity, 3));
    }

    /// <summary>Seals what was not sealed before. Known material is not kept at all unless police ordered its preservation.</summary>
    private async Task<IReadOnlyList<string>> SealAsync(Target target, InspectionRecord record, CancellationToken cancellation)
    {
        var items = new List<SealRequest>();
        if (record.PageDigest is { } digest && digest != target.CapturedPage)
        {
            items.Add(new SealRequest(target.Id, "page", record.Body));
            if (record.Text.Length > 0)
            {
                items.Add(new SealRequest(target.Id, "text", Encoding.UTF8.GetBytes(record.Text)));
            }
        }

        foreach (var media in record.Media)
        {
            var sealedBefore = media.Digests is null || target.Media.Any(known => known.Digests.Contains(media.Digests.Sha256));
            if (media.Own && !sealedBefore && (!media.Known || target.Preserve))
            {
                items.Add(new SealRequest(target.Id, "media", media.Body));
            }
        }

        return items.Count == 0 ? [] : await desk.Vault.SealAsync(items, cancellation);
    }
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
