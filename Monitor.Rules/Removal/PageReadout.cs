using System.Collections.Frozen;

namespace Monitor.Rules.Removal;

/// <summary>What the classifier weighs of a page: which kinds of notice stand where, and how much else there is.</summary>
internal sealed class PageReadout
{
    private const int MaxMainCharacters = 8_000;
    private const int MaxAsideCharacters = 4_000;

    /// <summary>Signs from which on a text can be told from noise, and the share of them that is legible in any text.</summary>
    private const int LegibleSample = 200;
    private const double LegibleShare = 0.8;

    /// <summary>So many words of prose are a text, whatever it says.</summary>
    private const int ProseIsText = 40;

    private static readonly FrozenSet<string> ItemTypes = new[]
    {
        "article", "product", "book", "newsarticle", "blogposting", "socialmediaposting", "discussionforumposting", "videoobject", "imageobject", "audioobject", "recipe", "review", "event", "qapage", "question", "musicrecording",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private double _headNoticeWords;
    private double _headWords;

    private PageReadout()
    {
    }

    public required PageOutline Outline { get; init; }

    /// <summary>Kinds that notices of the main content and the title state.</summary>
    public NoticeKinds Kinds { get; private set; }

    /// <summary>Kinds of the title alone, when the title reads as a notice.</summary>
    public NoticeKinds TitleKinds { get; private set; }

    /// <summary>Kinds named anywhere that can be seen, as a notice or not.</summary>
    public NoticeKinds Mentioned { get; private set; }

    /// <summary>Kinds named by the requested address itself: what the page is about, not what became of it.</summary>
    public NoticeKinds Topic { get; private set; }

    public NoticeHints Hints { get; private set; }

    /// <summary>Words of notices in the main content.</summary>
    public double NoticeWords { get; private set; }

    /// <summary>Words of the main content that are neither notice nor title nor furniture.</summary>
    public double ContentWords { get; private set; }

    public double MainWords { get; private set; }

    /// <summary>Words of sentences that explain or tell rather than inform of a fault: notice words cover too little of them. Only of languages whose notices are known well.</summary>
    public double ProseWords { get; private set; }

    /// <summary>Words of the main content in blocks that the mark-up names after a missing page.</summary>
    public double MarkedWords { get; private set; }

    /// <summary>At least one notice speaks of the page or the item.</summary>
    public bool Pointed { get; private set; }

    /// <summary>Kinds that the main part names anywhere, as a notice or not, quotations left out.</summary>
    public NoticeKinds MainMentions { get; private set; }

    /// <summary>A heading is nothing but 404 or 410.</summary>
    public bool NumeralHead { get; private set; }

    /// <summary>Structured data say that the page is an item of a kind, with a name that is no notice.</summary>
    public bool DeclaresItem { get; private set; }

    /// <summary>The page has a name of its own beyond the site's: 0 none, 1 perhaps, 2 surely.</summary>
    public int OwnTitle { get; private set; }

    /// <summary>A heading repeats the page's own title.</summary>
    public bool Headed { get; private set; }

    /// <summary>There is more to the page than the heading that repeats its title: text, or comments.</summary>
    public bool MoreThanHead => MainWords >= _headWords + 3 || Outline.Blocks.Any(static block => block is { Visible: true, Role: BlockRole.Comment });

    /// <summary>The main part has a heading of the first or second rank.</summary>
    public bool HasHeading { get; private set; }

    /// <summary>Words of notices outside the heading that repeats the title.</summary>
    public double BodyNoticeWords => NoticeWords - _headNoticeWords;

    /// <summary>The requested address' last part is found in title or headings.</summary>
    public bool NamesItem { get; private set; }

    /// <summary>A sentence of the main part says outright that it is at another address now.</summary>
    public bool Moved { get; private set; }

    /// <summary>A sentence of the main part says "gone, or …" with something behind the "or" that is not understood.</summary>
    public bool LeftOpen { get; private set; }

    /// <summary>The main part offers the item from elsewhere.</summary>
    public bool Mirrored { get; private set; }

    /// <summary>Pictures of the main part that stand there for themselves, not as the way to something else.</summary>
    public bool ShowsPictures => Outline.Media.Count(static media => media is { Role: BlockRole.Main, Source: "img" or "picture" } && !media.Url.Contains(".svg", StringComparison.OrdinalIgnoreCase)) is >= 2 and var pictures
        && Outline.Links.Count(static link => link.Role == BlockRole.Main) < pictures;

    public bool PasswordField { get; private set; }

    public bool IsShell { get; private set; }

    public bool HasPlayer { get; private set; }

    public bool IsBlank { get; private set; }

    /// <summary>States that the page's data name, when a script holds all there is.</summary>
    public NoticeKinds States { get; private set; }

    public bool Deictic => (Hints & NoticeHints.Deictic) != 0;

    /// <summary>The notices are what the page is, not something on it.</summary>
    public bool NoticeRules
    {
        get
        {
            if (NoticeWords == 0 && TitleKinds == NoticeKinds.None)
            {
                return false;
            }

            if (HasPlayer && (Kinds & NoticeKinds.Walls) == 0)
            {
                return false;
            }

            if (ProseWords >= ProseIsText)
            {
                return false;
            }

            if (TitleKinds != NoticeKinds.None && OwnTitle == 0)
            {
                // A notice in the title alone may as well be the name of a song.
                return ContentWords <= (BodyNoticeWords > 0 ? Math.Clamp(BodyNoticeWords * 5, 16, 60) : 16);
            }

            return OwnTitle switch
            {
                2 => ContentWords <= (NamesItem ? 4 : 6),
                // A wall says nothing either way: it may be taken for one sooner than a removal for a removal.
                1 => ContentWords <= Math.Max(8, NoticeWords * ((Kinds & (NoticeKinds.Walls | NoticeKinds.Maintenance)) != 0 ? 1.5 : 0.6)),
                _ => ContentWords <= Math.Max(25, Math.Min(60, NoticeWords * (Deictic ? 4 : 2))),
            };
        }
    }

    public static PageReadout Of(PageOutline outline, string requestedUrl)
    {
        var readout = new PageReadout { Outline = outline };
        readout.Fill(new NoticeReader(RemovalPhrases.Trie), requestedUrl);
        return readout;
    }

    private void Fill(NoticeReader reader, string requestedUrl)
    {
        var site = SiteName.Of(requestedUrl, Outline);
        Topic = TopicOf(reader, site);
        var heads = new HashSet<string>(StringComparer.Ordinal);
        Titles(reader, site, heads);
        Main(reader, site, heads);
        Aside(reader);
        PasswordField = Outline.FormInputs.Contains("password");
        HasPlayer = Outline.Frames.Any(static frame => frame.Contains("/embed", StringComparison.OrdinalIgnoreCase) || frame.Contains("player", StringComparison.OrdinalIgnoreCase)) || Outline.Media.Any(static media => media.Source is "video" or "audio" || (media.Source is "source" && media.Kind is MediaKind.Video or MediaKind.Audio));
        foreach (var (key, value) in Outline.Facts)
        {
            if (key.StartsWith("state:", StringComparison.Ordinal))
            {
                States |= JsonStates.KindsOf(key["state:".Length..].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), value);
            }
        }

        DeclaresItem = Declares(reader, site);
        IsBlank = MainWords == 0 && !Outline.Media.Any(static media => media.Source is "img" or "picture" or "video" or "audio" or "source" or "srcset");
        IsShell = IsBlank && Outline.ScriptCount > 0;
    }

    private bool Declares(NoticeReader reader, SiteName site)
    {
        var type = Outline.Facts.GetValueOrDefault("og:type", "");
        var isItem = ItemTypes.Contains(type) || type.StartsWith("video.", StringComparison.OrdinalIgnoreCase) || type.StartsWith("music.", StringComparison.OrdinalIgnoreCase);
        var name = isItem ? Outline.Facts.GetValueOrDefault("og:title", "") : "";
        if (Outline.Facts.TryGetValue("ld:@type", out var kind) && ItemTypes.Contains(kind))
        {
            name = Outline.Facts.GetValueOrDefault("ld:headline", Outline.Facts.GetValueOrDefault("ld:name", name));
        }

        var folded = name.Length is 0 or > 600 ? "" : NoticeText.Fold(name);
        if (folded.Length == 0 || site.IsSite(folded))
        {
            return false;
        }

        var notice = false;
        reader.Read(name, sentence => notice |= sentence.IsNotice);
        return !notice;
    }

    private static NoticeKinds TopicOf(NoticeReader reader, SiteName site)
    {
        var kinds = NoticeKinds.None;
        foreach (var segment in site.Segments)
        {
            reader.Read(segment, sentence => kinds |= sentence.Words >= 3 || (sentence.Words >= 2 && (sentence.Kinds & ~NoticeKinds.Numeral) != 0) ? sentence.Kinds : NoticeKinds.None);
        }

        return kinds;
    }

    private void Titles(NoticeReader reader, SiteName site, HashSet<string> heads)
    {
        var parts = 0;
        foreach (var part in TitleParts(Outline.Title))
        {
            parts++;
            var folded = NoticeText.Fold(part);
            if (folded.Length == 0)
            {
                continue;
            }

            heads.Add(folded);
            if (site.IsSite(folded))
            {
                continue;
            }

            double unexplained = 0;
            NoticeKinds kinds = NoticeKinds.None;
            NoticeHints hints = NoticeHints.None;
            var notice = true;
            var known = Outline.Language is { } language && (language.StartsWith("en", StringComparison.OrdinalIgnoreCase) || language.StartsWith("vi", StringComparison.OrdinalIgnoreCase));
            reader.Read(part, sentence =>
            {
                known |= sentence.IsFamiliar;
                unexplained += sentence.Unexplained;
                kinds |= sentence.Kinds;
                hints |= sentence.Hints;
                var bare = sentence.Kinds == NoticeKinds.Numeral || (sentence.Kinds == NoticeKinds.Removed && (sentence.Hints & NoticeHints.Erased) == 0);
                notice &= !(sentence.Narrates && sentence.Words >= 5) && sentence.IsPureNotice || sentence.IsHelper ? !bare || sentence.Unexplained == 0 : false;
            });
            Mentioned |= kinds;
            var said = kinds & ~Topic;
            if (said != NoticeKinds.None && notice)
            {
                TitleKinds |= said;
                Hints |= hints;
                Pointed |= (said & NoticeKinds.Numeral) != 0 || (said & ~NoticeKinds.Gone) != 0 || (hints & (NoticeHints.Deictic | NoticeHints.Thing | NoticeHints.Account | NoticeHints.Site)) != 0 || !known;
                OwnTitle = unexplained > 0 && (hints & NoticeHints.Filler) != 0 ? Math.Max(OwnTitle, 1) : OwnTitle;
                continue;
            }

            // A title that speaks of removal without being a notice says what the page is about.
            Topic |= said;
            var named = site.Names(folded);
            NamesItem |= named;
            // The last part of several is the site's more often than not.
            var weight = unexplained >= 3 || named || (kinds != NoticeKinds.None && unexplained >= 1) ? 2 : unexplained >= 1 ? 1 : 0;
            if (weight == 1 && parts > 1 && OwnTitle == 0 && TitleKinds != NoticeKinds.None)
            {
                weight = 0;
            }

            OwnTitle = Math.Max(OwnTitle, weight);
        }

    }

    private void Main(NoticeReader reader, SiteName site, HashSet<string> heads)
    {
        var blocks = MainBlocks();
        var budget = MaxMainCharacters;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in blocks)
        {
            if (budget <= 0)
            {
                // More than can be a notice: the rest is content, unread.
                ContentWords += block.Text.Length / 6.0;
                MainWords += block.Text.Length / 6.0;
                continue;
            }

            budget -= block.Text.Length;
            var text = block.Text.Length > MaxMainCharacters ? block.Text[..MaxMainCharacters] : block.Text;
            if (text.Length < 200)
            {
                var folded = NoticeText.Fold(text);
                if (folded.Length == 0 || !seen.Add(folded))
                {
                    continue;
                }

                if (block.Heading > 0 && !site.IsSite(folded) && site.Names(folded) && (RemovalPhrases.Find(text) & NoticeKinds.Gone & ~Topic) == 0)
                {
                    NamesItem = true;
                    OwnTitle = 2;
                }

                // A block that is hardly more than the item's name: a profile's head.
                if (text.Length < 60 && !site.IsSite(folded) && folded.Count(static c => c == ' ') < 3 && site.Names(folded) && RemovalPhrases.Find(text) == NoticeKinds.None)
                {
                    NamesItem = true;
                    OwnTitle = 2;
                }

                if (site.IsSite(folded))
                {
                    continue;
                }

                if (heads.Contains(folded) && block.Heading > 0)
                {
                    Head(reader, text, block.Mark);
                    continue;
                }
            }

            var furniture = block.LinkedCharacters >= block.Text.Length * 0.6;
            var dialog = block.Role == BlockRole.Dialog;
            reader.Read(text, sentence => Weigh(sentence, block, furniture, dialog));
        }

        NoticeKinds own = Kinds;
        Kinds = own | TitleKinds;
    }

    /// <summary>A heading that repeats the title: counts as notice when it is one, never as content.</summary>
    private void Head(NoticeReader reader, string text, BlockMark mark) => reader.Read(text, sentence =>
    {
        MainWords += sentence.Words;
        _headWords += sentence.Words;
        HasHeading = true;
        MarkedWords += mark == BlockMark.NotFound ? sentence.Words : 0;
        NumeralHead |= sentence.Kinds == NoticeKinds.Numeral && sentence.Unexplained == 0;
        Mentioned |= sentence.Kinds;
        var said = sentence.Kinds & ~Topic;
        if (said != NoticeKinds.None && sentence.IsNotice && OwnTitle < 2)
        {
            NoticeWords += sentence.Words;
            _headNoticeWords += sentence.Words;
            Pointed |= sentence.IsPointed;
            Kinds |= said;
            Hints |= sentence.Hints;
        }
        else if (sentence.Unexplained > 0)
        {
            Headed = true;
            // Longer than a site's name: the item's.
            OwnTitle = said == NoticeKinds.None && sentence.Words >= 3 && sentence.Unexplained >= 2 ? 2 : OwnTitle;
        }
    });

    private void Weigh(NoticeSentence sentence, OutlineBlock block, bool furniture, bool dialog)
    {
        Mentioned |= sentence.Kinds;
        if (dialog && MainWords > 0 && (sentence.Kinds & NoticeKinds.Walls) == 0)
        {
            return;
        }

        HasHeading |= block.Heading is 1 or 2;
        MainMentions |= furniture || sentence.Quoted ? NoticeKinds.None : sentence.Kinds;
        MainWords += sentence.Words;
        MarkedWords += block.Mark == BlockMark.NotFound ? sentence.Words : 0;
        NumeralHead |= block.Heading > 0 && sentence.Kinds == NoticeKinds.Numeral && sentence.Unexplained == 0;
        ProseWords += !furniture && block.Mark == BlockMark.None && sentence.IsProse ? sentence.Words : 0;
        Mirrored |= (sentence.Hints & NoticeHints.Mirror) != 0 && !sentence.Quoted;
        LeftOpen |= sentence.LeavesOpen && !sentence.Quoted && !furniture;
        if (sentence.SaysMoved && !furniture && OwnTitle < 2 && sentence.Words <= 30)
        {
            // "Not found" is said of the old address only.
            Moved = true;
            return;
        }

        var said = sentence.Kinds & ~Topic;
        if (said != NoticeKinds.None && !furniture && sentence.IsNotice && !(sentence.Question && (said & (NoticeKinds.Gone | NoticeKinds.Suspended)) == said) && !AboutPart(sentence, said) && PureEnough(sentence, said))
        {
            NoticeWords += sentence.Words;
            Pointed |= sentence.IsPointed;
            Kinds |= sentence.LeavesOpen ? said | NoticeKinds.Private : said;
            Hints |= sentence.Hints;
            return;
        }

        Hints |= sentence.Hints & (NoticeHints.WeakLogin | NoticeHints.FirewallNumber);
        if (furniture || dialog || sentence.IsHelper || block.Mark != BlockMark.None)
        {
            return;
        }

        ContentWords += sentence.Words;
        if (block.Heading is 1 or 2 && sentence.Kinds == NoticeKinds.None && sentence.Unexplained >= 2)
        {
            OwnTitle = Math.Max(OwnTitle, 1);
        }
    }

    /// <summary>On a page with a title of its own, only what is nothing but a notice counts as one.</summary>
    private bool PureEnough(NoticeSentence sentence, NoticeKinds said)
    {
        // A title of a word or two is as often the site's: there a plain notice may name what it is about.
        if (OwnTitle == 1 && ((sentence.Hints & NoticeHints.Deictic) != 0 || ((said & NoticeKinds.Removed) != 0 && (sentence.Hints & (NoticeHints.Thing | NoticeHints.Account)) != 0)) && !sentence.Narrates && (said & (NoticeKinds.Gone | NoticeKinds.Suspended)) != 0 && sentence.Words <= 20 && sentence.Unexplained <= Math.Max(2, sentence.Words * 0.4)
            && Outline.Media.Count(static media => media.Source is "img") < 2)
        {
            return true;
        }

        if (OwnTitle == 0 || (OwnTitle == 1 && (said & (NoticeKinds.Gone | NoticeKinds.Suspended | NoticeKinds.Legal)) != said && (said & NoticeKinds.Walls) != 0))
        {
            return true;
        }

        return sentence.IsPureNotice && ((sentence.Hints & NoticeHints.Deictic) != 0 || !sentence.IsFamiliar || Outline.Media.Count(static media => media.Source is "img") < 2);
    }

    /// <summary>"This comment was removed", "attachment not found": a part is gone, not the item.</summary>
    private static bool AboutPart(NoticeSentence sentence, NoticeKinds said) =>
        (sentence.Hints & NoticeHints.Part) != 0 && (said & (NoticeKinds.Gone | NoticeKinds.Suspended | NoticeKinds.Legal)) == said && (said & NoticeKinds.Numeral) == 0;

    private List<OutlineBlock> MainBlocks()
    {
        var main = new List<OutlineBlock>();
        var found = false;
        foreach (var block in Outline.Blocks)
        {
            if (block.Visible && block.Role is BlockRole.Main or BlockRole.Dialog)
            {
                main.Add(block);
                found |= block.Role == BlockRole.Main;
            }
        }

        if (found)
        {
            return main;
        }

        // A page that calls all of itself a header or a widget.
        foreach (var block in Outline.Blocks)
        {
            if (block.Visible && block.Role is BlockRole.Header or BlockRole.Complementary or BlockRole.Comment)
            {
                main.Add(block);
            }
        }

        return main;
    }

    private void Aside(NoticeReader reader)
    {
        var budget = MaxAsideCharacters;
        foreach (var block in Outline.Blocks)
        {
            if (budget <= 0)
            {
                return;
            }

            if (block.Role is not (BlockRole.Main or BlockRole.Dialog or BlockRole.Navigation) && block.Text.Length <= budget)
            {
                budget -= block.Text.Length;
                reader.Read(block.Text, sentence => Mentioned |= sentence.Kinds);
            }
        }
    }

    /// <summary>The main text is of letters, as texts are in every language: bytes that are no text decode to signs and controls.</summary>
    public bool IsLegible()
    {
        int legible = 0, seen = 0;
        foreach (var block in MainBlocks())
        {
            foreach (var c in block.Text)
            {
                legible += char.IsLetterOrDigit(c) || c is >= ' ' and < '\u007F' || char.IsSurrogate(c) || (c >= 0x300 && !char.IsControl(c) && c < '\uE000') ? 1 : 0;
                if (++seen == MaxMainCharacters)
                {
                    return legible >= seen * LegibleShare;
                }
            }
        }

        return seen < LegibleSample || legible >= seen * LegibleShare;
    }

    private static IEnumerable<string> TitleParts(string title)
    {
        if (title.Length > 600)
        {
            title = title[..600];
        }

        var start = 0;
        for (var i = 0; i < title.Length; i++)
        {
            var c = title[i];
            var spaced = i > 0 && title[i - 1] == ' ' && (i + 1 == title.Length || title[i + 1] == ' ');
            var parts = c is '|' or '•' or '·' or '»' or '«' or '—' or '–' || (c is '-' && (spaced || i == 0)) || (c is ':' && spaced);
            if (parts)
            {
                if (i > start)
                {
                    yield return title[start..i].Trim();
                }

                start = i + 1;
            }
        }

        if (start < title.Length)
        {
            yield return title[start..].Trim();
        }
    }
}
