using Monitor.Rules.Hashing;
using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Extracting;
using Monitor.Worker.Ports;
using Monitor.Worker.Warc;

namespace Monitor.Worker.Pipeline;

/// <summary>
/// Judges pages anew from what was sealed of them, as the classifier of today sees them. What cannot be judged as it was seen then (shredded, shown by
/// a browser, compared with a control that is not kept) keeps its verdict. Reads only; one page is in memory at a time.
/// </summary>
public sealed class SealedPages(IEvidenceVault vault) : ISealedPages
{
    /// <summary>Looks of one round stand no further apart.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(10);

    /// <summary>A control's answer serves the looks of an hour.</summary>
    private static readonly TimeSpan ControlServes = TimeSpan.FromHours(1);

    private static readonly PageReader Reader = new();

    public async Task<IReadOnlyList<JudgedAnew>> JudgeAsync(Target target, IReadOnlyList<Observation> observations, CancellationToken cancellation)
    {
        var judged = new List<JudgedAnew>(observations.Count);
        var controls = new Dictionary<string, (DateTimeOffset At, PageSketch Sketch)>(StringComparer.Ordinal);
        foreach (var observation in observations)
        {
            judged.Add(await OneAsync(target, observation, controls, cancellation));
        }

        return Together(judged);
    }

    public async Task<SealedPage?> PageAsync(Target target, Observation observation, CancellationToken cancellation)
    {
        if (observation is not { Outcome: "fetched", Status: { } status, PageDigest: not null } || await BodyAsync(observation.PageRecord, cancellation) is not { } body)
        {
            return null;
        }

        foreach (var item in observation.Records)
        {
            if (await vault.OpenAsync(item, cancellation) is OpenResult.Opened { Kind: VaultKinds.Exchanges } opened)
            {
                var look = await SealedLook.ReadAsync(opened.Content, cancellation);
                return new SealedPage(
                    new RenderRequest { Url = observation.FinalUrl ?? target.Url, Status = status, Headers = look.Headers, Body = body, Pictures = true, At = observation.At },
                    await RecordedParts.ReadAsync(opened.Content, cancellation));
            }
        }

        return null;
    }

    private async Task<JudgedAnew> OneAsync(Target target, Observation observation, Dictionary<string, (DateTimeOffset At, PageSketch Sketch)> controls, CancellationToken cancellation)
    {
        JudgedAnew Kept(PageSight sight) => new(observation, observation.Page, observation.Fact, sight);
        if (observation.Fact.IsHuman)
        {
            return Kept(PageSight.Person);
        }

        if (observation.Outcome != "fetched")
        {
            return Kept(PageSight.NoAnswer);
        }

        if (await LookAsync(observation, cancellation) is not { } look)
        {
            return Kept(PageSight.NotKept);
        }

        if (look.Control is { } answer && Sketch(answer, cancellation) is { } sketch)
        {
            controls[observation.Vantage] = (observation.At, sketch);
        }

        if (observation.Render is { End: RenderEnd.Rendered })
        {
            return Kept(PageSight.Rendered);
        }

        var url = observation.FinalUrl ?? target.Url;
        PageReading? reading = null;
        if (observation.PageDigest is not null)
        {
            if (await BodyAsync(observation.PageRecord, cancellation) is not { } body)
            {
                return Kept(PageSight.NotKept);
            }

            reading = Reader.Read(new PageSource(body, look.Headers.GetValueOrDefault("content-type"), url), cancellation);
        }

        var page = new ObservedPage(new PageObservation
        {
            RequestedUrl = target.Url,
            FinalUrl = url,
            Status = observation.Status,
            Headers = look.Headers,
            Outline = reading?.Outline,
            Text = reading?.Text,
            BodyLength = observation.BodyLength,
            Vantage = observation.Vantage,
            Render = observation.Render,
        });
        var baseline = target.Baseline is { } captured && captured.CapturedAt < observation.At ? captured : null;
        var verdict = LivenessClassifier.Classify(page, baseline);
        if (verdict.Liveness != Liveness.Live && observation.Control is not null)
        {
            if (!controls.TryGetValue(observation.Vantage, out var control) || observation.At - control.At > ControlServes)
            {
                return Kept(PageSight.ControlNotKept);
            }

            verdict = LivenessClassifier.Classify(page, baseline, control.Sketch);
        }

        return new JudgedAnew(observation, verdict, observation.Fact, PageSight.Judged);
    }

    /// <summary>Where a page is judged otherwise than it was, the round it belongs to is read together again.</summary>
    private static List<JudgedAnew> Together(List<JudgedAnew> judged)
    {
        var result = new List<JudgedAnew>(judged.Count);
        for (var from = 0; from < judged.Count;)
        {
            var to = from + 1;
            while (to < judged.Count && !judged[from].Observation.Fact.IsHuman && SameRound(judged, from, to))
            {
                to++;
            }

            var round = judged[from..to];
            if (round.Exists(static one => one.Changed))
            {
                var facts = VantageVerdict.Together([.. round.Select(Fact)]);
                round = [.. facts.Select(fact => round.Single(one => one.Observation.Vantage == fact.Vantage) with { Fact = fact })];
            }

            result.AddRange(round);
            from = to;
        }

        return result;
    }

    private static bool SameRound(List<JudgedAnew> judged, int from, int at) =>
        !judged[at].Observation.Fact.IsHuman && (judged[at].Observation.At - judged[from].Observation.At).Duration() <= Round
        && !judged[from..at].Exists(one => one.Observation.Vantage == judged[at].Observation.Vantage);

    private static ProofFact Fact(JudgedAnew one) => one.Observation.Fact.IsHuman ? one.Observation.Fact : MediaVerdict.Combine(
        one.Observation.At,
        one.Observation.Vantage,
        one.Verdict,
        [.. one.Observation.Media.Where(static media => !DataUrl.Is(media.Url)).Select(static media => (media.Liveness, media.Reason))],
        one.Observation.Control);

    private static PageSketch? Sketch(SealedControl control, CancellationToken cancellation) =>
        Reader.Read(new PageSource(control.Body, control.ContentType, control.Url), cancellation).Outline is { } outline ? PageSketcher.Sketch(outline, control.Status) : null;

    /// <summary>The look's own records; null: there are none, or their key is gone.</summary>
    private async Task<SealedLook?> LookAsync(Observation observation, CancellationToken cancellation)
    {
        foreach (var item in observation.Records)
        {
            if (await vault.OpenAsync(item, cancellation) is OpenResult.Opened { Kind: VaultKinds.Exchanges } opened)
            {
                return await SealedLook.ReadAsync(opened.Content, cancellation);
            }
        }

        return null;
    }

    private async Task<byte[]?> BodyAsync(CapturedRecord? place, CancellationToken cancellation) =>
        place is not null && await vault.OpenAsync(place.Item, cancellation) is OpenResult.Opened opened ? await SealedAnswers.ContentAsync(opened.Content, place.Content, cancellation) : null;
}
