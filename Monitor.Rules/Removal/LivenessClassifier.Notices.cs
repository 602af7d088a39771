namespace Monitor.Rules.Removal;

/// <content>What notices, states and look-ups mean.</content>
public static partial class LivenessClassifier
{
    /// <summary>The page is a notice: which one?</summary>
    private static LivenessVerdict? OfNotice(PageReadout look, List<Signal> signals)
    {
        var kinds = look.Kinds;
        if (DisabledForAll(look))
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Legal451, signals, new Signal("legal-for-all", 60, "page says it is disabled for everyone"));
        }

        if ((kinds & NoticeKinds.Geo) != 0)
        {
            return Verdict(Liveness.Restricted, LivenessReason.GeoBlocked, signals, new Signal("geo-words", 0, "page speaks of the visitor's place or of a block"));
        }

        if ((kinds & NoticeKinds.Private) != 0)
        {
            return Verdict(Liveness.Inconclusive, (kinds & NoticeKinds.Login) != 0 && (kinds & NoticeKinds.Gone) == 0 ? LivenessReason.LoginWall : LivenessReason.Private, signals, (kinds & NoticeKinds.Gone) != 0
                ? new Signal("either-or", 0, "page leaves open that the item is alive")
                : new Signal("wall", 0, "private"));
        }

        if (Wall(look) is { } wall && !(wall == LivenessReason.BotWall && (kinds & (NoticeKinds.Missing | NoticeKinds.Removed)) != 0 && (look.Hints & NoticeHints.Visitor) == 0))
        {
            return Verdict(Liveness.Inconclusive, wall, signals, new Signal("wall", 0, wall.Name()));
        }

        if ((kinds & NoticeKinds.Parked) != 0)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.Parked, signals, new Signal("parking", 50, "the domain is parked or for sale"));
        }

        var definite = (kinds & NoticeKinds.Removed) != 0 || ((kinds & NoticeKinds.Missing) != 0 && (kinds & NoticeKinds.Numeral) != 0);
        if ((kinds & NoticeKinds.Maintenance) != 0 && !definite)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.Maintenance, signals, new Signal("maintenance", 0, "page says it will be back"));
        }

        if ((kinds & (NoticeKinds.Gone | NoticeKinds.Suspended)) != 0)
        {
            return GoneNotice(look, signals);
        }

        return (kinds & NoticeKinds.ServerFault) != 0
            ? Verdict(Liveness.Inconclusive, LivenessReason.ServerError, signals, new Signal("fault-notice", 0, "page says that something failed"))
            : null;
    }

    private static LivenessVerdict GoneNotice(PageReadout look, List<Signal> signals)
    {
        var kinds = look.Kinds;
        if ((kinds & NoticeKinds.Suspended) != 0 && (kinds & NoticeKinds.Numeral) == 0)
        {
            return Verdict(Liveness.ProbablyGone, LivenessReason.AccountSuspended, signals, new Signal("suspended-notice", 60, "the main content is a suspension notice"));
        }

        var removed = (kinds & NoticeKinds.Removed) != 0 && (kinds & (NoticeKinds.Missing | NoticeKinds.Numeral)) == 0;
        return Verdict(Liveness.ProbablyGone, removed ? LivenessReason.Tombstone : LivenessReason.Soft404, signals, new Signal("gone-notice", 60, "the main content is a notice that it is gone"));
    }

    private static bool DisabledForAll(PageReadout look) =>
        look.NoticeRules && (look.Kinds & NoticeKinds.Legal) != 0 && ((look.Kinds & NoticeKinds.Removed) != 0 || ((look.Kinds & NoticeKinds.Missing) != 0 && (look.Hints & NoticeHints.Site) == 0)) && ((look.Kinds & NoticeKinds.Geo) == 0 || (look.Hints & NoticeHints.Everywhere) != 0) && (look.Kinds & NoticeKinds.Suspended) == 0;

    private static LivenessReason? Wall(PageReadout look)
    {
        var kinds = look.Kinds;
        return (kinds & NoticeKinds.Captcha) != 0 ? LivenessReason.Captcha
            : (kinds & NoticeKinds.RateLimit) != 0 ? LivenessReason.RateLimited
            : (kinds & NoticeKinds.Bot) != 0 ? LivenessReason.BotWall
            : (kinds & NoticeKinds.Age) != 0 ? LivenessReason.AgeGate
            : (kinds & NoticeKinds.Login) != 0 || look.PasswordField ? LivenessReason.LoginWall
            : (kinds & NoticeKinds.Private) != 0 ? LivenessReason.Private
            : null;
    }

    /// <summary>A provider's or a filter's own page answers for somebody else's host.</summary>
    private static (Liveness Liveness, LivenessReason Reason)? OfOperator(PageObservation page, PageReadout look)
    {
        var hints = NoticeHints.None;
        var reader = new NoticeReader(RemovalPhrases.Trie);
        reader.Read(look.Outline.Title.Length > 300 ? look.Outline.Title[..300] : look.Outline.Title, sentence => hints |= sentence.Hints);
        foreach (var block in look.Outline.Blocks.Take(8))
        {
            // A page of few words is the operator's wherever it names itself; in a text it may be anybody's name.
            if (block.Visible && (block.Heading > 0 || look.MainWords <= 40) && block.Text.Length < 200)
            {
                reader.Read(block.Text, sentence => hints |= sentence.Hints);
            }
        }

        if ((hints & (NoticeHints.OperatorBrand | NoticeHints.FilterBrand)) == 0)
        {
            return null;
        }

        // On the operator's own host its name means nothing.
        var own = NoticeHints.None;
        if (Uri.TryCreate(page.RequestedUrl, UriKind.Absolute, out var uri))
        {
            reader.Read(uri.Host.Replace('.', ' '), sentence => own |= sentence.Hints);
        }

        return (own & (NoticeHints.OperatorBrand | NoticeHints.FilterBrand)) != 0 ? null
            : (hints & NoticeHints.FilterBrand) != 0 ? (Liveness.Inconclusive, LivenessReason.OperatorPage)
            : (Liveness.Restricted, LivenessReason.GeoBlocked);
    }

    private static LivenessVerdict? OfStates(NoticeKinds states, List<Signal> signals, bool missingHere = false)
    {
        var wall = (states & NoticeKinds.Geo) != 0 && (states & NoticeKinds.Legal) == 0 ? LivenessReason.GeoBlocked
            : (states & NoticeKinds.Captcha) != 0 ? LivenessReason.Captcha
            : (states & NoticeKinds.Bot) != 0 ? LivenessReason.BotWall
            : (states & NoticeKinds.RateLimit) != 0 ? LivenessReason.RateLimited
            : (states & NoticeKinds.Age) != 0 ? LivenessReason.AgeGate
            : (states & NoticeKinds.Private) != 0 ? LivenessReason.Private
            : (states & NoticeKinds.Login) != 0 ? LivenessReason.LoginWall
            : (states & NoticeKinds.Maintenance) != 0 ? LivenessReason.Maintenance
            : (LivenessReason?)null;
        var signal = new Signal("states", 0, states.ToString());
        if (wall is { } reason)
        {
            return Verdict(reason == LivenessReason.GeoBlocked ? Liveness.Restricted : Liveness.Inconclusive, reason, signals, signal);
        }

        if ((states & NoticeKinds.Removed) != 0)
        {
            return Verdict(Liveness.ProbablyGone, (states & NoticeKinds.Legal) != 0 ? LivenessReason.Legal451 : missingHere ? LivenessReason.NotFound404 : LivenessReason.Tombstone, signals, signal with { Weight = 50 });
        }

        return (states & NoticeKinds.Suspended) != 0
            ? Verdict(Liveness.ProbablyGone, LivenessReason.AccountSuspended, signals, signal with { Weight = 50 })
            : null;
    }

    /// <summary>An API was asked, not the page: what it cannot find may be elsewhere, private or not for embedding. Only an outright "deleted" counts.</summary>
    private static LivenessVerdict OfLookUp(PageObservation page, int status, string text, List<Signal> signals)
    {
        var json = JsonStates.Of(text);
        if (status is 401 or 407)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.LoginWall, signals);
        }

        if (status is 429 or 420)
        {
            return Verdict(Liveness.Inconclusive, LivenessReason.RateLimited, signals);
        }

        if (OfStates(json.Kinds, signals, status == 404) is { } stated && !(status < 400 && json.ContentValues > 0 && stated.Liveness == Liveness.ProbablyGone && (json.Kinds & NoticeKinds.Legal) == 0 && json.ContentValues > 2))
        {
            return stated;
        }

        if (status == 451)
        {
            return Verdict(Liveness.Restricted, LivenessReason.GeoBlocked, signals);
        }

        if (status is 404 or 410 && json.NamesMissingAccount && !LookUp.IsEmbed(page.RequestedUrl))
        {
            return Verdict(Liveness.Gone, status == 410 ? LivenessReason.Gone410 : LivenessReason.NotFound404, signals, new Signal("api-account-missing", 60, "the API says that there is no such account"));
        }

        if (status >= 400 || (json.Kinds & NoticeKinds.Missing) != 0)
        {
            return Verdict(Liveness.Inconclusive, LookUp.IsEmbed(page.RequestedUrl) ? LivenessReason.Private : LivenessReason.OperatorPage, signals, new Signal("api-answer", 0, "an API's answer, not the page's"));
        }

        return json.Readable && json.ContentValues > 0
            ? Verdict(Liveness.Live, LivenessReason.Alive, signals, new Signal("api-content", -50, "the API hands out the item"))
            : Verdict(Liveness.Inconclusive, LivenessReason.Unreadable, signals, new Signal("api-empty", 0, "the API's answer holds no item"));
    }
}
