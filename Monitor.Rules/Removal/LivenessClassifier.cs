using System.Globalization;

namespace Monitor.Rules.Removal;

/// <summary>
/// Judges one observation of one page. Pure: facts in, verdict with its signals out. The costly error is a false "gone": what is not
/// understood is <see cref="Liveness.Inconclusive"/>, never gone.
/// </summary>
public static partial class LivenessClassifier
{
    /// <summary>Share of the baseline's text that must be found again to call the page alive.</summary>
    private const double BaselineFound = 0.5;

    /// <summary>Fewer shingles than this are too few to tell a page by, unless nearly all are found.</summary>
    private const int BaselineShingles = 8;

    /// <summary>More text than an application's shell shows before its scripts run.</summary>
    private const int CatchAllShingles = 24;

    /// <summary>Similarity from which two pages count as the same template and text.</summary>
    public const double ControlSame = 0.8;

    /// <summary>Words of content on a page with the status 404 that no page for what is missing has.</summary>
    private const int ContentUnder404 = 120;

    /// <summary>Main words below which a page without name, media or notice is not understood.</summary>
    private const int FewWords = 25;

    /// <summary>Main words that are enough under a title that surely is the page's own.</summary>
    private const int NamedWords = 5;

    /// <summary>Main words that are enough under a heading, where no notice stands.</summary>
    private const int HeadedWords = 16;

    /// <summary>A missing page's words, in whatever language, are not more than these.</summary>
    private const int MarkedIsNotice = 80;

    public static LivenessVerdict Classify(PageObservation page, PageBaseline? baseline = null, PageSketch? control = null) => Classify(new ObservedPage(page), baseline, control);

    /// <param name="observed">Read once, judged as often as there is more to judge by.</param>
    public static LivenessVerdict Classify(ObservedPage observed, PageBaseline? baseline = null, PageSketch? control = null)
    {
        var page = observed.Page;
        // The control is of the page's own kind. How it differed from a capture of the other kind says nothing.
        var alike = baseline is null || baseline.Rendered == page.IsRendered;
        var verdict = Whole(page, Judge(observed, baseline, alike ? control : null));
        return page.Render is null && alike ? verdict : Weigh(page, alike, verdict);
    }

    private static LivenessVerdict Whole(PageObservation page, LivenessVerdict verdict)
    {
        if (!page.Cut && page.Outline is not { Truncated: true })
        {
            return verdict;
        }

        // What lies behind the cap cannot be judged absent, and no notice is that long.
        var truncated = new Signal("truncated", 0, "longer than what is read: the rest is unknown");
        return verdict.Liveness is Liveness.Gone or Liveness.ProbablyGone
            ? new LivenessVerdict(Liveness.Inconclusive, LivenessReason.Unreadable, [truncated, .. verdict.Signals])
            : verdict with { Signals = [.. verdict.Signals, truncated] };
    }

    private static LivenessVerdict Judge(ObservedPage observed, PageBaseline? baseline, PageSketch? control)
    {
        var page = observed.Page;
        var signals = new List<Signal>();
        if (page.TransportError is { } error)
        {
            return Transport(page, error, signals);
        }

        if (page.Status is not { } status)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.TransportError, signals, new Signal("no-answer", 0, "no status"));
        }

        signals.Add(new Signal("status", status is 404 or 410 ? 90 : 0, status.ToString(CultureInfo.InvariantCulture)));
        var look = observed.Readout;
        if (ChallengeHeader(page) is { } challenge)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.BotWall, signals, challenge);
        }

        if (status >= 500)
        {
            var stated = page.Text is { Length: > 0 } answer ? JsonStates.Of(answer).Kinds : NoticeKinds.None;
            return (stated & NoticeKinds.Maintenance) != 0 && status == 503
                ? Verdict(Liveness.Inconclusive, LivenessReason.Maintenance, signals)
                : Faulty(status, look, signals);
        }

        if (look is null && page.Text is { Length: > 0 } text && LookUp.IsOne(page, text))
        {
            return OfLookUp(page, status, text, signals);
        }

        if (look is not null && StillThere(observed, baseline, signals))
        {
            // Whatever the status says, the captured text is still served.
            return status < 400
                ? Verdict(Liveness.Live, Alive(look), signals)
                : Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("status-contradicts", 0, "the captured text is served with an error status"));
        }

        look ??= page.Text is { Length: > 0 } plain ? PageReadout.Of(OfPlainText(plain), page.RequestedUrl) : null;
        return status switch
        {
            404 or 410 => Missing(page, status, look, signals),
            451 => Unavailable(look, signals),
            429 or 420 => Verdict(Liveness.Inconclusive, AsksForHuman(page, look) ? LivenessReason.Captcha : LivenessReason.RateLimited, signals),
            401 or 407 => Verdict(Liveness.Inconclusive, LivenessReason.LoginWall, signals),
            >= 400 => Refused(page, status, look, signals),
            >= 300 => Verdict(Liveness.Inconclusive, EndsAtLogin(page) ? LivenessReason.LoginWall : LivenessReason.Unreadable, signals, new Signal("redirect-not-followed", 0, "redirect without an end")),
            >= 200 => Answered(observed, look, baseline, control, signals),
            _ => Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals),
        };
    }

    private static LivenessVerdict Transport(PageObservation page, TransportError error, List<Signal> signals)
    {
        if (error == TransportError.DnsNxdomain && page.Dns is { } dns)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{dns.ResolversAgreeing} of {dns.ResolversAsked} resolvers agree, {dns.Checks} checks over {dns.SpanHours:0.#} h{(dns.IncludesAbroad ? ", abroad too" : "")}");
            return dns.NameIsGone
                ? Verdict(Liveness.ProbablyGone, LivenessReason.DnsNxdomain, signals, new Signal("name-gone", 60, detail))
                : Verdict(Liveness.Inconclusive, LivenessReason.DnsNxdomain, signals, new Signal("name-not-settled", 10, detail));
        }

        var reason = error switch
        {
            TransportError.DnsNxdomain => LivenessReason.DnsNxdomain,
            TransportError.NotFetched => LivenessReason.NotWatchedByUs,
            TransportError.UnsafeAddress or TransportError.RedirectLoop => LivenessReason.TransportError,
            _ => LivenessReason.ServerError,
        };
        return Verdict(Liveness.Inconclusive, reason, signals, new Signal("transport", 0, error.ToString()));
    }

    private static LivenessVerdict Faulty(int status, PageReadout? look, List<Signal> signals)
    {
        if (look is not null && (look.Kinds & NoticeKinds.Gone) == 0)
        {
            if ((look.Kinds & NoticeKinds.Captcha) != 0)
            {
                return Verdict(Liveness.Inconclusive, LivenessReason.Captcha, signals);
            }

            if ((look.Kinds & NoticeKinds.Bot) != 0 && (look.Kinds & (NoticeKinds.ServerFault | NoticeKinds.Maintenance)) == 0)
            {
                return Verdict(Liveness.Inconclusive, LivenessReason.BotWall, signals);
            }

            if ((look.Kinds & NoticeKinds.RateLimit) != 0)
            {
                return Verdict(Liveness.Inconclusive, LivenessReason.RateLimited, signals);
            }
        }

        var maintenance = status == 503 && Says(look, NoticeKinds.Maintenance) && !Says(look, NoticeKinds.ServerFault);
        return Verdict(Liveness.Inconclusive, maintenance ? LivenessReason.Maintenance : LivenessReason.ServerError, signals);
    }

    private static LivenessVerdict Missing(PageObservation page, int status, PageReadout? look, List<Signal> signals)
    {
        if (look is not null)
        {
            if (DisabledForAll(look))
            {
                return Verdict(Liveness.Gone, LivenessReason.Legal451, signals, new Signal("legal-for-all", 60, "page says it is disabled for everyone"));
            }

            if (OfOperator(page, look) is { } foreign)
            {
                return Verdict(foreign.Liveness, foreign.Reason, signals, new Signal("foreign-brand", 0, "another operator's page answers"));
            }

            if ((look.Hints & NoticeHints.FirewallNumber) != 0)
            {
                return Verdict(Liveness.Inconclusive, LivenessReason.BotWall, signals, new Signal("firewall-number", 0, "a firewall numbers its refusal"));
            }

            if (look.NoticeRules && (look.Kinds & NoticeKinds.Geo) != 0)
            {
                return Verdict(Liveness.Restricted, LivenessReason.GeoBlocked, signals, new Signal("geo-words", 0, "page speaks of the visitor's place or of a block"));
            }

            if (look.NoticeRules && (look.Kinds & NoticeKinds.Private) != 0)
            {
                return Verdict(Liveness.Inconclusive, LivenessReason.Private, signals, new Signal("either-or", 0, "page leaves open that the item is alive"));
            }

            // A 404 that shows a wall is the wall's word, not the item's, whatever its heading; only "was removed" is said of the item.
            if ((look.Kinds & (NoticeKinds.Removed | NoticeKinds.Suspended)) == 0)
            {
                // A form to log in beside "not found" is the site's furniture; a sentence that asks for it is not.
                if (Wall(look) is { } wall && ((look.Kinds & NoticeKinds.Gone) == 0 || (look.Kinds & NoticeKinds.Walls) != 0))
                {
                    return Verdict(Liveness.Inconclusive, wall, signals, new Signal("wall-under-404", 0, wall.Name()));
                }

                if (look.NoticeRules && (look.Kinds & NoticeKinds.Maintenance) != 0)
                {
                    return Verdict(Liveness.Inconclusive, LivenessReason.Maintenance, signals, new Signal("maintenance-under-404", 0, "page says it will be back"));
                }
            }

            if (look.Moved && (look.Kinds & (NoticeKinds.Missing | NoticeKinds.Removed | NoticeKinds.Suspended)) == 0)
            {
                return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("moved", 0, "the page says that it is at another address now"));
            }

            // The status and the page contradict each other: a whole text, or a player, and not a word of anything missing.
            if ((look.Kinds & (NoticeKinds.Gone | NoticeKinds.Suspended)) == 0 && (look.HasPlayer || look.ContentWords >= ContentUnder404))
            {
                return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("content-under-404", 0, "the status says it is not there, the page shows content"));
            }
        }

        if (LookUp.IsAddress(page.RequestedUrl) || page.Headers.GetValueOrDefault("content-type", "").Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return Verdict(Liveness.Inconclusive, LookUp.IsEmbed(page.RequestedUrl) ? LivenessReason.Private : LivenessReason.OperatorPage, signals, new Signal("api-answer", 0, "an API's answer, not the page's"));
        }

        var reason = look is not null && (look.Kinds & NoticeKinds.Suspended) != 0 && (look.Kinds & (NoticeKinds.Missing | NoticeKinds.Numeral)) == 0
            ? LivenessReason.AccountSuspended
            : status == 410 ? LivenessReason.Gone410 : LivenessReason.NotFound404;
        return Verdict(Liveness.Gone, reason, signals, new Signal("status-gone", 90, "the server says it is not there"));
    }

    private static LivenessVerdict Unavailable(PageReadout? look, List<Signal> signals) => look is not null && DisabledForAll(look)
        ? Verdict(Liveness.Gone, LivenessReason.Legal451, signals, new Signal("legal-for-all", 60, "page says it is disabled for everyone"))
        : Verdict(Liveness.Restricted, LivenessReason.GeoBlocked, signals, new Signal("status-451", 0, "withheld by law, nothing says everywhere"));

    private static LivenessVerdict Refused(PageObservation page, int status, PageReadout? look, List<Signal> signals)
    {
        if (look is null)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Forbidden, signals);
        }

        if (status is 419 or 440 or 498)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.LoginWall, signals, new Signal("session-expired", 0, "what expired is the visit, not the item"));
        }

        if (DisabledForAll(look))
        {
            return Verdict(Liveness.Gone, LivenessReason.Legal451, signals, new Signal("legal-for-all", 60, "page says it is disabled for everyone"));
        }

        if ((look.Kinds & NoticeKinds.Geo) != 0)
        {
            return Verdict(Liveness.Restricted, LivenessReason.GeoBlocked, signals, new Signal("geo-words", 0, "page speaks of the visitor's place or of a block"));
        }

        if (OfOperator(page, look) is { } foreign)
        {
            return Verdict(foreign.Liveness, foreign.Reason, signals, new Signal("foreign-brand", 0, "another operator's page answers"));
        }

        var said = look.Kinds & (NoticeKinds.Removed | NoticeKinds.Suspended | (status == 403 ? NoticeKinds.None : NoticeKinds.Missing));
        if (said != NoticeKinds.None && look.NoticeRules && (look.Kinds & (NoticeKinds.Walls | NoticeKinds.Maintenance)) == 0 && !LookUp.IsAddress(page.RequestedUrl))
        {
            return Contradicted(page, look) is { } doubt ? Verdict(Liveness.Inconclusive, LivenessReason.Forbidden, signals, doubt) : GoneNotice(look, signals);
        }

        return Verdict(Liveness.Inconclusive, Wall(look) ?? (status == 403 ? LivenessReason.Forbidden : LivenessReason.Unreadable), signals);
    }

    private static LivenessVerdict Answered(ObservedPage observed, PageReadout? look, PageBaseline? baseline, PageSketch? control, List<Signal> signals)
    {
        var page = observed.Page;
        var relation = UrlRelation.Between(page.RequestedUrl, page.FinalUrl ?? page.RequestedUrl);
        if (relation != FinalUrlRelation.Same)
        {
            signals.Add(new Signal("final-url", 0, relation.ToString()));
        }

        if (relation == FinalUrlRelation.Login)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.LoginWall, signals, new Signal("login", 0, "ends at a log-in"));
        }

        if (look is null || (look.IsBlank && IsMedia(page)))
        {
            return NotAPage(page, relation, signals);
        }

        if (AsksForHuman(page, look))
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Captcha, signals, new Signal("human-check", 0, "ends at a check for humans"));
        }

        Describe(look, signals);
        if (relation == FinalUrlRelation.Consent)
        {
            return Verdict(Liveness.Inconclusive, (look.Kinds & NoticeKinds.Age) != 0 ? LivenessReason.AgeGate : LivenessReason.BotWall, signals, new Signal("consent", 0, "ends at a consent page"));
        }

        // Walls come before "gone": a wall never proves anything, whatever words stand on it.
        if (look.NoticeRules && OfNotice(look, signals) is { } noticed)
        {
            return noticed.Liveness == Liveness.ProbablyGone && Contradicted(page, look) is { } doubt
                ? Verdict(Liveness.Inconclusive, doubt.Name == "either-or" ? LivenessReason.Private : LivenessReason.Unreadable, signals, doubt)
                : noticed;
        }

        if (look.PasswordField && look.OwnTitle < 2 && look.ContentWords <= FewWords)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.LoginWall, signals, new Signal("password-field", 0, "a log-in form and little else"));
        }

        if ((look.Kinds & NoticeKinds.Parked) != 0 && (relation == FinalUrlRelation.OtherHost || (look.OwnTitle == 0 && look.ContentWords <= 120)))
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Parked, signals, new Signal("parking", 50, "the domain is parked or for sale"));
        }

        if (relation == FinalUrlRelation.Parking)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Parked, signals, new Signal("parking-host", 50, "leads to a trader in domains"));
        }

        if (relation == FinalUrlRelation.Home)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.RedirectHome, signals, new Signal("redirect-home", 50, "leads to the site's front page"));
        }

        if (relation == FinalUrlRelation.ErrorPage)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Soft404, signals, new Signal("redirect-error", 50, "leads to an error page"));
        }

        if (OfControl(observed, look, baseline, control, signals) is { } compared)
        {
            return compared;
        }

        if (MarkedMissing(look) && Contradicted(page, look) is null)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Soft404, signals, new Signal("marked-missing", 50, "the page's mark-up calls it a missing page"));
        }

        if (look.MainWords < 12 && look.States != NoticeKinds.None && OfStates(look.States, signals) is { } stated)
        {
            return stated;
        }

        if (look.IsBlank && look.OwnTitle < 2 && !look.DeclaresItem && (look.States & NoticeKinds.Numeral) != 0)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Soft404, signals, new Signal("state-code", 50, "the page's data give 404 as its status"));
        }

        if (look.IsShell && look is { DeclaresItem: true, OwnTitle: 2 } && look.States == NoticeKinds.None)
        {
            return Verdict(Liveness.Live, Alive(look), signals, new Signal("declared", -40, "the server names an item in title and structured data"));
        }

        if (look.IsShell)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.JavaScriptShell, signals, new Signal("shell", 0, "scripts without text: only a browser could tell"));
        }

        if (look.IsBlank)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("blank", 0, "nothing to see"));
        }

        return Present(page, look, baseline, relation, signals);
    }

    /// <summary>Nothing speaks against it: is there enough that speaks for it?</summary>
    private static LivenessVerdict Present(PageObservation page, PageReadout look, PageBaseline? baseline, FinalUrlRelation relation, List<Signal> signals)
    {
        if (baseline is not null && baseline.Sketch.Shingles.Count >= BaselineShingles && !look.NamesItem)
        {
            // The captured text is not there, and the page does not say why: absence alone never counts.
            return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("baseline-absent", 10, "the captured text was not found again"));
        }

        if (relation == FinalUrlRelation.OtherHost && !look.NamesItem)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("other-host", 10, "another host answers, and the item is not named there"));
        }

        if (relation == FinalUrlRelation.OtherPath && !look.NamesItem && !UrlRelation.SharesItem(page.RequestedUrl, page.FinalUrl ?? page.RequestedUrl) && !UrlRelation.Spells(page.RequestedUrl, page.FinalUrl, look.Outline.Title))
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("other-path", 10, "another address of the site answers, and the item is not named there"));
        }

        var rich = look.NamesItem || look.DeclaresItem || look.HasPlayer || look.ContentWords >= FewWords || page.Outline is { Media.Count: >= 3 }
            || (look.Headed && look.MoreThanHead && (look.OwnTitle == 2 || look.Outline.Media.Any(static media => media is { Role: BlockRole.Main, Source: "img" or "picture" or "srcset" })))
            || (look.HasHeading && look.BodyNoticeWords == 0 && (look.Kinds & (NoticeKinds.Walls | NoticeKinds.Maintenance | NoticeKinds.ServerFault)) == 0 && look.ContentWords >= HeadedWords)
            || (look.OwnTitle > 0 && look.ContentWords >= (look.OwnTitle == 2 ? NamedWords : look.LeftOpen ? FewWords : FewWords / 2));
        if (!rich || ((page.Cut || look.Outline.Truncated) && !look.NamesItem && !(look.OwnTitle == 2 && look.ContentWords >= FewWords)))
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("too-little", 0, "too little text to tell a notice from content"));
        }

        if (!look.IsLegible())
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("illegible", 0, "bytes that are no text"));
        }

        return Verdict(Liveness.Live, Alive(look), signals, new Signal("content", -50, "main content is there"));
    }

    /// <summary>What speaks against a notice of removal that nothing but words proves; null: nothing.</summary>
    private static Signal? Contradicted(PageObservation page, PageReadout look)
    {
        if (look.DeclaresItem)
        {
            return new Signal("declares-item", -20, "structured data name an item");
        }

        // What the notice does not say, a sentence beside it may: that the item is kept from some, not gone.
        var other = look.MainMentions & (NoticeKinds.Private | NoticeKinds.Login | NoticeKinds.Geo | NoticeKinds.Age | NoticeKinds.Captcha) & ~look.Topic;
        if (other != NoticeKinds.None && (look.Kinds & (NoticeKinds.Parked | NoticeKinds.Legal)) == 0)
        {
            return new Signal("either-or", 0, "another sentence leaves open that the item is alive");
        }

        if (look.Moved && (look.Kinds & (NoticeKinds.Removed | NoticeKinds.Suspended | NoticeKinds.Parked)) == 0)
        {
            return new Signal("moved", 0, "the page says that it is at another address now");
        }

        if (look.Mirrored)
        {
            return new Signal("mirror", -20, "the page offers the item from elsewhere");
        }

        if (look.ShowsPictures && look.Kinds != NoticeKinds.None && (look.Kinds & NoticeKinds.Parked) == 0)
        {
            return new Signal("pictures-beside", -20, "pictures stand beside the notice");
        }

        if (look.Kinds is not NoticeKinds.None && !look.Pointed)
        {
            return new Signal("not-pointed", 0, "no notice speaks of the page or the item");
        }

        return LookUp.IsSearch(page.RequestedUrl) && (look.Kinds & (NoticeKinds.Removed | NoticeKinds.Suspended | NoticeKinds.Parked | NoticeKinds.Numeral)) == 0
            ? new Signal("search-page", 0, "a search that finds nothing says nothing of an item")
            : null;
    }

    /// <summary>The mark-up names all of the main part after a missing page, in whatever language its words are, and no word known says otherwise.</summary>
    private static bool MarkedMissing(PageReadout look) =>
        ((look.MarkedWords > 0 && look.MarkedWords >= look.MainWords * 0.9 && look.MainWords <= MarkedIsNotice) || (look.NumeralHead && look.OwnTitle < 2 && look.MainWords <= FewWords && !look.Outline.Media.Any(static media => media.Role == BlockRole.Main && media.Source is not ("og" or "twitter" or "link")))) && !look.NamesItem && !look.PasswordField && !look.HasPlayer
        && (look.Kinds & (NoticeKinds.Walls | NoticeKinds.Maintenance | NoticeKinds.ServerFault)) == 0;

    private static LivenessVerdict NotAPage(PageObservation page, FinalUrlRelation relation, List<Signal> signals)
    {
        if (relation == FinalUrlRelation.ErrorPage)
        {
            // A picture named "removed" or "404" in the place of the one asked for.
            return Verdict(Liveness.ProbablyGone, LivenessReason.Soft404, signals, new Signal("redirect-error", 50, "leads to an error page"));
        }

        if (relation == FinalUrlRelation.Parking)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Parked, signals, new Signal("parking-host", 50, "leads to a trader in domains"));
        }

        return IsMedia(page) && (page.BodyLength > 0 || PromisesBody(page))
            ? Verdict(Liveness.Live, LivenessReason.Alive, signals, new Signal("media-body", -90, "the answer is a media file"))
            : Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("no-outline", 0, "nothing that can be read as a page"));
    }

    /// <summary>A HEAD or a range of nothing: the headers tell how much there is.</summary>
    private static bool PromisesBody(PageObservation page) =>
        (string.Equals(page.Method, "HEAD", StringComparison.OrdinalIgnoreCase) || page.Status == 206)
        && ((long.TryParse(page.Headers.GetValueOrDefault("content-length", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0)
            || (page.Headers.GetValueOrDefault("content-range", "").Split('/') is [_, var whole] && long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var total) && total > 0));

    private static bool IsMedia(PageObservation page)
    {
        var type = page.Headers.GetValueOrDefault("content-type", "");
        return type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase);
    }

    private static bool AsksForHuman(PageObservation page, PageReadout? look) =>
        UrlRelation.Between(page.RequestedUrl, page.FinalUrl ?? page.RequestedUrl) == FinalUrlRelation.Challenge || (look is not null && look.NoticeRules && (look.Kinds & NoticeKinds.Captcha) != 0);

    private static bool EndsAtLogin(PageObservation page) =>
        UrlRelation.Between(page.RequestedUrl, page.FinalUrl ?? page.RequestedUrl) == FinalUrlRelation.Login
        || (page.Headers.TryGetValue("location", out var location) && UrlRelation.Between(page.RequestedUrl, location) == FinalUrlRelation.Login);

    private static LivenessVerdict? OfControl(ObservedPage observed, PageReadout look, PageBaseline? baseline, PageSketch? control, List<Signal> signals)
    {
        if (control is null || look.MainWords == 0)
        {
            return null;
        }

        var sketch = observed.Sketch ?? PageSketcher.Sketch(look.Outline);
        var similarity = PageSketcher.Similarity(sketch, control);
        signals.Add(new Signal("control", similarity >= ControlSame ? 40 : 0, string.Create(CultureInfo.InvariantCulture, $"{similarity:P0} like a made-up address on this host")));
        if (similarity < ControlSame)
        {
            return null;
        }

        if (baseline?.Control is { } then)
        {
            return PageSketcher.Similarity(baseline.Sketch, then) < ControlSame
                ? Verdict(Liveness.ProbablyGone, LivenessReason.Soft404, signals, new Signal("control-same", 70, "looks like any made-up address on this host"))
                : null;
        }

        // Without knowing how the control looked then, it only supports what the page or its status says.
        if (control.Status is 404 or 410 || (look.Kinds & NoticeKinds.Gone) != 0)
        {
            return (look.Kinds & NoticeKinds.Walls) == 0 && !look.NamesItem
                ? Verdict(Liveness.ProbablyGone, LivenessReason.Soft404, signals, new Signal("control-same", 50, "looks like any made-up address on this host"))
                : null;
        }

        return look.NamesItem ? null : Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("control-same-unsettled", 20, "every address on this host looks like this"));
    }

    private static bool StillThere(ObservedPage observed, PageBaseline? baseline, List<Signal> signals)
    {
        if (baseline is null || baseline.Sketch.Shingles.Count < 3)
        {
            return false;
        }

        var found = PageSketcher.Containment(baseline.Sketch, observed.Sketch!);
        // What the control page shares with the baseline is the site's own furniture, not the content.
        var furniture = baseline.Control is { } control ? PageSketcher.Containment(baseline.Sketch, control) : 0;
        // Where every address shows the same long text (a catch-all site), the control can take nothing away: the captured text is what it is.
        // A short one may be a shell, which looks like its control while alive and proves nothing by looking so still.
        var content = furniture >= 0.95 ? (baseline.Sketch.Shingles.Count >= CatchAllShingles ? found : 0) : Math.Max(0, (found - furniture) / (1 - furniture));
        if (content >= (baseline.Sketch.Shingles.Count >= BaselineShingles ? BaselineFound : 0.9))
        {
            signals.Add(new Signal("baseline-found", -90, string.Create(CultureInfo.InvariantCulture, $"{content:P0} of the captured text is still there")));
            return true;
        }

        return false;
    }

    private static LivenessReason Alive(PageReadout look) =>
        (look.Mentioned & ~(NoticeKinds.Login | NoticeKinds.ServerFault)) != NoticeKinds.None ? LivenessReason.AliveWith404Words : LivenessReason.Alive;

    private static bool Says(PageReadout? look, NoticeKinds kind) => look is not null && (look.Kinds & kind) != 0;

    private static Signal? ChallengeHeader(PageObservation page)
    {
        if (page.Headers.GetValueOrDefault("cf-mitigated", "").Contains("challenge", StringComparison.OrdinalIgnoreCase))
        {
            return new Signal("challenge-header", 0, "cf-mitigated");
        }

        foreach (var name in ChallengeHeaders)
        {
            if (page.Headers.ContainsKey(name))
            {
                return new Signal("challenge-header", 0, name);
            }
        }

        return null;
    }

    private static readonly string[] ChallengeHeaders = ["x-amzn-waf-action", "x-sucuri-block", "x-px-block", "x-kpsdk-ct"];

    private static PageOutline OfPlainText(string text) => new()
    {
        Blocks = [new OutlineBlock(BlockRole.Main, true, text.Length > 20_000 ? text[..20_000] : text)],
    };

    private static void Describe(PageReadout look, List<Signal> signals)
    {
        signals.Add(new Signal("main", 0, string.Create(CultureInfo.InvariantCulture, $"{look.NoticeWords:0} words of notice, {look.ContentWords:0} of content")));
        if (look.NamesItem || look.OwnTitle > 0)
        {
            signals.Add(new Signal("own-title", look.OwnTitle == 2 ? -30 : -10, look.NamesItem ? "names what the address asks for" : "has a title of its own"));
        }

        if (look.Kinds != NoticeKinds.None)
        {
            signals.Add(new Signal("notice-kinds", (look.Kinds & NoticeKinds.Gone) != 0 ? 20 : 0, look.Kinds.ToString()));
        }
    }

    private static LivenessVerdict Verdict(Liveness liveness, LivenessReason reason, List<Signal> signals, Signal? decisive = null)
    {
        var ranked = signals.OrderByDescending(static signal => Math.Abs(signal.Weight)).ToList();
        if (decisive is not null)
        {
            ranked.Insert(0, decisive);
        }

        return new LivenessVerdict(liveness, reason, ranked);
    }
}
