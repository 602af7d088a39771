namespace Monitor.Rules.Removal;

/// <summary>
/// Judges one observation of one page. Pure: facts in, verdict with its signals out. The costly error is a false "gone": what is not
/// understood is <see cref="Liveness.Inconclusive"/>, never gone.
/// </summary>
public static class LivenessClassifier
{
    /// <summary>A main text up to this many characters can be a notice; a longer one is content that may mention anything.</summary>
    private const int NoticeLength = 600;

    /// <summary>Share of the baseline's text that must be found again to call the page alive.</summary>
    private const double BaselineFound = 0.5;

    /// <summary>Similarity from which two pages count as the same template and text.</summary>
    public const double ControlSame = 0.8;

    public static LivenessVerdict Classify(PageObservation page, PageBaseline? baseline = null, PageSketch? control = null)
    {
        var signals = new List<Signal>();
        if (page.TransportError is { } error)
        {
            return Transport(error, signals);
        }

        if (page.Status is not { } status)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.TransportError, signals, new Signal("no-answer", 0, "no status"));
        }

        signals.Add(new Signal("status", 0, status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var reading = PageReadout.Of(page.Outline);
        if (ChallengeHeaders(page) is { } challenge)
        {
            return Verdict(Liveness.Inconclusive, reading.Says(PhraseKind.Captcha) ? LivenessReason.Captcha : LivenessReason.BotWall, signals, challenge);
        }

        if (status is >= 500)
        {
            return Verdict(Liveness.Inconclusive, reading.Says(PhraseKind.Maintenance) && status == 503 ? LivenessReason.Maintenance : LivenessReason.ServerError, signals);
        }

        if (page.Outline is { } outline && BaselineStillThere(outline, baseline, signals))
        {
            // Whatever the status says, the captured text is still served.
            return Verdict(status < 400 ? Liveness.Live : Liveness.Inconclusive, status < 400 ? Alive(reading) : LivenessReason.Unreadable, signals);
        }

        return status switch
        {
            401 or 407 => Verdict(Liveness.Inconclusive, LivenessReason.LoginWall, signals),
            403 => Forbidden(reading, signals),
            404 or 410 => Missing(page, status, reading, signals),
            429 => Verdict(Liveness.Inconclusive, LivenessReason.RateLimited, signals),
            451 => Unavailable(reading, signals),
            >= 400 => Verdict(Liveness.Inconclusive, LivenessReason.TransportError, signals),
            >= 300 => Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("redirect-not-followed", 0, "redirect without an end")),
            >= 200 => Answered(page, reading, baseline, control, signals),
            _ => Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals),
        };
    }

    private static LivenessVerdict Transport(TransportError error, List<Signal> signals)
    {
        var reason = error switch
        {
            TransportError.Timeout => LivenessReason.Timeout,
            TransportError.DnsNxdomain => LivenessReason.DnsNxdomain,
            TransportError.NotFetched => LivenessReason.NotWatchedByUs,
            _ => LivenessReason.TransportError,
        };
        return Verdict(Liveness.Inconclusive, reason, signals, new Signal("transport", 0, error.ToString()));
    }

    private static LivenessVerdict Forbidden(PageReadout page, List<Signal> signals)
    {
        if (page.Says(PhraseKind.LegalForAll) && !page.Says(PhraseKind.Geo))
        {
            return Verdict(Liveness.Gone, LivenessReason.Legal451, signals, new Signal("legal-for-all", 60, "page says it is disabled for everyone"));
        }

        return page.Says(PhraseKind.Geo)
            ? Verdict(Liveness.Restricted, LivenessReason.GeoBlocked, signals, new Signal("geo-words", 0, "page speaks of the visitor's place"))
            : Verdict(Liveness.Inconclusive, Wall(page) ?? LivenessReason.Forbidden, signals);
    }

    private static LivenessVerdict Missing(PageObservation observation, int status, PageReadout page, List<Signal> signals)
    {
        if (page.Says(PhraseKind.Geo))
        {
            return Verdict(Liveness.Restricted, LivenessReason.GeoBlocked, signals, new Signal("geo-words", 0, "page speaks of the visitor's place"));
        }

        // A 404 that shows a wall is the wall's, not the item's.
        if (page.Outline is not null && Wall(page) is { } wall && !page.Says(PhraseKind.Gone))
        {
            return Verdict(Liveness.Inconclusive, wall, signals, new Signal("wall-under-404", 0, "a wall answers with this status"));
        }

        if (page.Says(PhraseKind.EitherOr))
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Private, signals, new Signal("either-or", 0, "page leaves open that the item is alive"));
        }

        if (observation.Headers.GetValueOrDefault("content-type", "").Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.OperatorPage, signals, new Signal("api-answer", 0, "an API's answer, not the page's"));
        }

        return Verdict(Liveness.Gone, page.Says(PhraseKind.LegalForAll) ? LivenessReason.Legal451 : status == 410 ? LivenessReason.Gone410 : LivenessReason.NotFound404, signals,
            new Signal("status-gone", 90, "the server says it is not there"));
    }

    private static LivenessVerdict Unavailable(PageReadout page, List<Signal> signals) =>
        page.Says(PhraseKind.LegalForAll) && !page.Says(PhraseKind.Geo)
            ? Verdict(Liveness.Gone, LivenessReason.Legal451, signals, new Signal("legal-for-all", 60, "page says it is disabled for everyone"))
            : Verdict(Liveness.Restricted, LivenessReason.GeoBlocked, signals, new Signal("status-451", 0, "unavailable for legal reasons here"));

    private static LivenessVerdict Answered(PageObservation observation, PageReadout page, PageBaseline? baseline, PageSketch? control, List<Signal> signals)
    {
        if (page.Outline is not { } outline)
        {
            var type = observation.Headers.GetValueOrDefault("content-type", "");
            var media = type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase);
            return media && observation.BodyLength > 0
                ? Verdict(Liveness.Live, LivenessReason.MediaStillServed, signals, new Signal("media-body", -90, type))
                : Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("no-outline", 0, "nothing that can be read as a page"));
        }

        var relation = UrlRelation.Between(observation.RequestedUrl, observation.FinalUrl ?? observation.RequestedUrl);
        if (relation == FinalUrlRelation.Login || (page.PasswordField && page.IsNotice))
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.LoginWall, signals, new Signal("login", 0, "ends at a log-in"));
        }

        if (relation == FinalUrlRelation.Consent)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("consent", 0, "ends at a consent page"));
        }

        // Walls come before "gone": a wall never proves anything, whatever words stand on it.
        if (page.IsNotice)
        {
            if (page.Says(PhraseKind.LegalForAll) && page.Says(PhraseKind.Gone) && !page.Says(PhraseKind.Geo))
            {
                return Verdict(Liveness.ProbablyGone, LivenessReason.Legal451, signals, new Signal("legal-for-all", 60, "page says it is disabled for everyone"));
            }

            if (page.Says(PhraseKind.EitherOr))
            {
                return Verdict(Liveness.Inconclusive, LivenessReason.Private, signals, new Signal("either-or", 0, "page leaves open that the item is alive"));
            }

            if (page.Says(PhraseKind.Geo))
            {
                return Verdict(Liveness.Restricted, LivenessReason.GeoBlocked, signals, new Signal("geo-words", 0, "page speaks of the visitor's place"));
            }

            if (Wall(page) is { } wall)
            {
                return Verdict(Liveness.Inconclusive, wall, signals, new Signal("wall", 0, wall.Name()));
            }

            if (page.Says(PhraseKind.Maintenance) && !page.Says(PhraseKind.Gone))
            {
                return Verdict(Liveness.Inconclusive, LivenessReason.Maintenance, signals);
            }
        }

        if (page.IsNotice && page.Says(PhraseKind.Suspended))
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.AccountSuspended, signals, new Signal("suspended-notice", 60, "the main content is a suspension notice"));
        }

        if (page.Says(PhraseKind.Parked) && (page.IsNotice || relation == FinalUrlRelation.OtherHost))
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Parked, signals, new Signal("parking", 50, "the domain is parked or for sale"));
        }

        var gone = page.IsNotice && page.Says(PhraseKind.Gone);
        if (gone)
        {
            var soft404 = page.LooksLikeErrorPage;
            return Verdict(Liveness.ProbablyGone, soft404 ? LivenessReason.Soft404 : LivenessReason.Tombstone, signals, new Signal("gone-notice", 60, "the main content is a notice that it is gone"));
        }

        if (relation == FinalUrlRelation.Home)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.RedirectHome, signals, new Signal("redirect-home", 50, "leads to the site's front page"));
        }

        if (relation == FinalUrlRelation.ErrorPage)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Soft404, signals, new Signal("redirect-error", 50, "leads to an error page"));
        }

        if (control is not null && baseline?.Control is not null && page.Sketch is { } sketch
            && PageSketcher.Similarity(sketch, control) >= ControlSame
            && PageSketcher.Similarity(baseline.Sketch, baseline.Control) < ControlSame
            && page.MainLength > 0)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Soft404, signals, new Signal("control-same", 70, "looks like any made-up address on this host"));
        }

        if (page.IsShell)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.JavaScriptShell, signals, new Signal("shell", 0, "scripts without text: only a browser could tell"));
        }

        if (baseline is not null && baseline.Sketch.Shingles.Count >= 8)
        {
            // The captured text is not there, and the page does not say why: absence alone never counts.
            return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("baseline-absent", 10, "the captured text was not found again"));
        }

        return Verdict(Liveness.Live, Alive(page), signals, new Signal("content", -50, "main content is there"));
    }

    private static LivenessReason Alive(PageReadout page) => page.SaysAnywhere(PhraseKind.Gone) ? LivenessReason.AliveWith404Words : LivenessReason.Alive;

    private static bool BaselineStillThere(PageOutline outline, PageBaseline? baseline, List<Signal> signals)
    {
        if (baseline is null || baseline.Sketch.Shingles.Count < 8)
        {
            return false;
        }

        var found = PageSketcher.Containment(baseline.Sketch, PageSketcher.Sketch(outline));
        // What the control page shares with the baseline is the site's own furniture, not the content.
        var furniture = baseline.Control is { } control ? PageSketcher.Containment(baseline.Sketch, control) : 0;
        var content = furniture >= 0.95 ? 0 : Math.Max(0, (found - furniture) / (1 - furniture));
        if (content >= BaselineFound)
        {
            signals.Add(new Signal("baseline-found", -90, $"{content:P0} of the captured text is still there"));
            return true;
        }

        return false;
    }

    private static LivenessReason? Wall(PageReadout page)
    {
        if (page.Says(PhraseKind.Captcha))
        {
            return LivenessReason.Captcha;
        }

        if (page.Says(PhraseKind.Bot))
        {
            return LivenessReason.BotWall;
        }

        if (page.Says(PhraseKind.RateLimit))
        {
            return LivenessReason.RateLimited;
        }

        if (page.Says(PhraseKind.Age))
        {
            return LivenessReason.AgeGate;
        }

        if (page.Says(PhraseKind.Login) || page.PasswordField)
        {
            return LivenessReason.LoginWall;
        }

        return page.Says(PhraseKind.Private) ? LivenessReason.Private : null;
    }

    private static Signal? ChallengeHeaders(PageObservation page)
    {
        if (page.Headers.TryGetValue("cf-mitigated", out var mitigated))
        {
            return new Signal("challenge-header", 0, $"cf-mitigated: {mitigated}");
        }

        return page.Headers.ContainsKey("x-datadome") || page.Headers.ContainsKey("x-amzn-waf-action")
            ? new Signal("challenge-header", 0, "a bot wall answers")
            : null;
    }

    private static LivenessVerdict Verdict(Liveness liveness, LivenessReason reason, List<Signal> signals, Signal? decisive = null)
    {
        if (decisive is not null)
        {
            signals.Insert(0, decisive);
        }

        return new LivenessVerdict(liveness, reason, signals);
    }

    private sealed record PageReadout
    {
        public PageOutline? Outline { get; private init; }

        public PageSketch? Sketch => Outline is null ? null : PageSketcher.Sketch(Outline);

        public int MainLength { get; private init; }

        public bool PasswordField { get; private init; }

        public bool IsShell { get; private init; }

        public bool LooksLikeErrorPage { get; private init; }

        private IReadOnlyList<PhraseKind> Main { get; init; } = [];

        private IReadOnlyList<PhraseKind> Everywhere { get; init; } = [];

        /// <summary>The main content is short enough to be a notice and nothing else.</summary>
        public bool IsNotice { get; private init; }

        public bool Says(PhraseKind kind) => Main.Contains(kind);

        public bool SaysAnywhere(PhraseKind kind) => Everywhere.Contains(kind);

        public static PageReadout Of(PageOutline? outline)
        {
            if (outline is null)
            {
                return new PageReadout();
            }

            var main = new System.Text.StringBuilder();
            var all = new System.Text.StringBuilder();
            var mainLength = 0;
            foreach (var block in outline.Blocks)
            {
                if (!block.Visible)
                {
                    continue;
                }

                if (all.Length < 20_000)
                {
                    all.Append(block.Text).Append('\n');
                }

                if (block.Role is not (BlockRole.Main or BlockRole.Dialog))
                {
                    continue;
                }

                // A list of links is furniture even inside the main part.
                mainLength += block.Role == BlockRole.Main ? Math.Max(0, block.Text.Length - block.LinkedCharacters) : 0;
                if (main.Length < 4_000)
                {
                    main.Append(block.Text).Append('\n');
                }
            }

            var title = RemovalPhrases.Fold(outline.Title);
            var mainText = RemovalPhrases.Fold(main.ToString());
            var hasMedia = outline.Media.Any(media => media.Source is "video" or "source" or "audio");
            var isNotice = mainLength <= NoticeLength && !hasMedia;
            var phrases = RemovalPhrases.Find(mainText + "\n" + title);
            return new PageReadout
            {
                Outline = outline,
                MainLength = mainLength,
                PasswordField = outline.FormInputs.Contains("password"),
                Main = phrases,
                Everywhere = RemovalPhrases.Find(RemovalPhrases.Fold(all.ToString()) + "\n" + title),
                IsNotice = isNotice,
                LooksLikeErrorPage = title.Contains("404", StringComparison.Ordinal) || title.Contains("not found", StringComparison.Ordinal) || title.Contains("không tìm thấy", StringComparison.Ordinal)
                    || mainText.Contains("404", StringComparison.Ordinal) || mainText.Contains("not found", StringComparison.Ordinal) || mainText.Contains("không tìm thấy", StringComparison.Ordinal),
                IsShell = outline.ScriptCount > 0 && mainLength < 40 && outline.Media.Count == 0,
            };
        }
    }
}
