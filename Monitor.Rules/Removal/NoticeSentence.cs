namespace Monitor.Rules.Removal;

/// <summary>One sentence (or title part) and what it says. Counts are in words; signs of scripts without spaces count half.</summary>
internal readonly record struct NoticeSentence
{
    public required NoticeKinds Kinds { get; init; }

    public required NoticeHints Hints { get; init; }

    public required double Words { get; init; }

    /// <summary>Words that no phrase covers: what is left is content.</summary>
    public required double Unexplained { get; init; }

    /// <summary>Words that English or Vietnamese notice words cover: few of them mean another language, where less can be explained.</summary>
    public required double Familiar { get; init; }

    /// <summary>Words behind an "or" that no phrase covers: a cause that is not understood.</summary>
    public required double Open { get; init; }

    /// <summary>The same behind an "or" of a further language.</summary>
    public required double OpenOther { get; init; }

    /// <summary>The same behind an "or" that is no word of English or Vietnamese.</summary>
    public required double OpenSure { get; init; }

    public required bool Question { get; init; }

    /// <summary>What is said stands in quotation marks only.</summary>
    public required bool Quoted { get; init; }

    /// <summary>In a language whose notice words are known well. Short sentences of other languages share a "no" or an "is" with English.</summary>
    public bool IsFamiliar => Familiar >= Words * (Words <= 6 ? 0.4 : 0.25);

    public double Explained => Words == 0 ? 0 : 1 - (Unexplained / Words);

    public bool Narrates => (Hints & NoticeHints.Narrative) != 0;

    /// <summary>Reads as a notice to the visitor, not as a text about something.</summary>
    public bool IsNotice => Kinds != NoticeKinds.None && !Quoted && !(Narrates && (Unexplained > 3 || (Unexplained > 1 && Words >= 10))) && (Words <= 16 || Explained >= 0.5 || ((Hints & NoticeHints.Deictic) != 0 && Words <= 45));

    /// <summary>"Was removed, or …" with something behind the "or" that is not understood: the item may be alive.</summary>
    public bool LeavesOpen => (IsFamiliar ? Math.Max(Open, OpenSure) : OpenOther) >= 2 && (Hints & NoticeHints.Guide) == 0 && (Kinds & NoticeKinds.Gone) != 0 && (Kinds & NoticeKinds.Parked) == 0;

    /// <summary>Says outright that it is at another address now; "may have moved" and "moved or deleted" do not.</summary>
    public bool SaysMoved => (Hints & NoticeHints.Moved) != 0 && (Hints & (NoticeHints.Hedge | (IsFamiliar ? NoticeHints.Alternative : NoticeHints.OtherAlternative))) == 0 && (Kinds & NoticeKinds.Removed) == 0 && !Quoted;

    /// <summary>Says it of the page or the item: "umbrella, blue: not found" may as well be a list.</summary>
    public bool IsPointed => !IsFamiliar || (Kinds & ~NoticeKinds.Gone) != 0 || (Hints & (NoticeHints.Deictic | NoticeHints.Thing | NoticeHints.Account | NoticeHints.Site)) != 0 || Unexplained <= Math.Max(1, Words * 0.2);

    /// <summary>Nothing but a notice: asked of a page that has a title of its own.</summary>
    public bool IsPureNotice => IsNotice && !(Question && (Kinds & (NoticeKinds.Gone | NoticeKinds.Suspended)) != 0) && (!Narrates || (Unexplained == 0 && (Kinds & NoticeKinds.Walls) != 0)) && (!IsFamiliar
        ? Words <= 12
        : Unexplained <= Math.Max(1, Words * 0.2) && ((Hints & (NoticeHints.Deictic | NoticeHints.Thing | NoticeHints.Account | NoticeHints.Site)) != 0 || Words <= 4));

    /// <summary>Tells or explains: long, in a language whose notice words are known, and largely of other words.</summary>
    public bool IsProse => Words >= 8 && IsFamiliar && Unexplained >= Words * 0.3 && (Kinds & (NoticeKinds.Walls | NoticeKinds.Maintenance | NoticeKinds.Parked | NoticeKinds.Legal)) == 0;

    /// <summary>Says nothing but helps: "go back to the home page", "sorry".</summary>
    public bool IsHelper => Kinds == NoticeKinds.None && ((Hints & NoticeHints.Guide) != 0 ? Explained >= 0.3 : Explained >= (Words >= 10 ? 0.85 : 0.7));
}
