namespace Monitor.Rules.Removal;

/// <summary>
/// Reads text sentence by sentence: finds the atoms in one pass and combines those that stand near each other. Linear in the text; buffers are reused,
/// so a reader serves one thread.
/// </summary>
internal sealed class NoticeReader(PhraseTrie trie)
{
    /// <summary>Words between a negation and its verb.</summary>
    private const int NegationReach = 5;
    private const int TrailingReach = 3;
    private const int LackReach = 3;

    /// <summary>Signs after which an unending sentence is cut.</summary>
    private const int MaxSentence = 1200;

    private static readonly (NoticeHints Hints, NoticeKinds Kinds)[] Direct =
    [
        (NoticeHints.Missing, NoticeKinds.Missing),
        (NoticeHints.Erased, NoticeKinds.Removed),
        (NoticeHints.Numeral, NoticeKinds.Numeral),
        (NoticeHints.Suspended, NoticeKinds.Suspended),
        (NoticeHints.Private, NoticeKinds.Private),
        (NoticeHints.Login, NoticeKinds.Login),
        (NoticeHints.Age, NoticeKinds.Age),
        (NoticeHints.Geo, NoticeKinds.Geo),
        (NoticeHints.CourtBlock, NoticeKinds.Geo),
        (NoticeHints.Captcha, NoticeKinds.Captcha),
        (NoticeHints.Bot, NoticeKinds.Bot),
        (NoticeHints.Rate, NoticeKinds.RateLimit),
        (NoticeHints.Maintenance, NoticeKinds.Maintenance),
        (NoticeHints.Parked, NoticeKinds.Parked),
        (NoticeHints.Legal, NoticeKinds.Legal),
        (NoticeHints.ServerFault, NoticeKinds.ServerFault),
    ];

    private readonly List<(NoticeHints Hints, int End)> _found = [];
    private readonly List<(NoticeHints Hints, int First, int Last)> _hits = [];
    private readonly List<(int Start, int End, bool Quoted)> _words = [];
    private char[] _folded = new char[1024];

    public void Read(string text, Action<NoticeSentence> each)
    {
        var start = 0;
        var quoted = false;
        var told = false;
        var opened = quoted;
        var before = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var end = c switch
            {
                '!' or '?' or '…' or '。' or '！' or '？' or '\n' or '؟' or '।' or '|' or '•' or '·' => true,
                '.' or ';' => i + 1 == text.Length || text[i + 1] is ' ' or '"' or '”' or ')',
                '-' or '–' or '—' => i > 0 && i + 1 < text.Length && text[i - 1] == ' ' && text[i + 1] == ' ',
                // "Hoa wrote: …": what follows are somebody's words, to the end of the text.
                ':' => told = told || IsTelling(text, i),
                _ => i - start >= MaxSentence,
            };
            if (c is '"' or '“' or '”' or '«' or '»' or '「' or '」' or '『' or '』' or '„')
            {
                quoted = c is '"' ? !quoted : c is '“' or '«' or '「' or '『' or '„';
            }

            if (end)
            {
                Sentence(text.AsSpan(start, i + 1 - start), opened, before, each);
                start = i + 1;
                opened = quoted;
                before = told;
            }
        }

        if (start < text.Length)
        {
            Sentence(text.AsSpan(start), opened, before, each);
        }
    }

    private void Sentence(ReadOnlySpan<char> text, bool quoted, bool told, Action<NoticeSentence> each)
    {
        var room = NoticeText.Room(text.Length);
        if (_folded.Length < room)
        {
            _folded = new char[room];
        }

        Split(text, quoted, told);
        if (_words.Count == 0)
        {
            return;
        }

        each(Judge(text[^1] is '?' or '？' or '؟'));
    }

    /// <summary>Folds piece by piece between quotation marks, so that each word knows where it stood; phrases are then matched over the whole.</summary>
    private void Split(ReadOnlySpan<char> text, bool quoted, bool told)
    {
        _words.Clear();
        _hits.Clear();
        var length = 0;
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is not ('"' or '“' or '”' or '«' or '»' or '「' or '」' or '『' or '』' or '„'))
            {
                continue;
            }

            var begin = length;
            length += NoticeText.Fold(text[from..i], _folded.AsSpan(length));
            Words(begin, length, quoted || told);
            if (i < text.Length)
            {
                _folded[length++] = ',';
                quoted = text[i] is '"' ? !quoted : text[i] is '“' or '«' or '「' or '『' or '„';
            }

            from = i + 1;
        }

        var folded = _folded.AsSpan(0, length);
        for (var word = 0; word < _words.Count; word++)
        {
            _found.Clear();
            trie.MatchAt(folded, _words[word].Start, _found);
            foreach (var (hints, end) in _found)
            {
                var last = word;
                while (last + 1 < _words.Count && _words[last + 1].Start < end)
                {
                    last++;
                }

                _hits.Add((hints, word, last));
            }
        }
    }

    /// <summary>The word before the colon tells who speaks; a label ("Error:", "Message:") does not.</summary>
    private static bool IsTelling(string text, int colon)
    {
        var from = colon;
        while (from > 0 && (char.IsLetter(text[from - 1]) || char.GetUnicodeCategory(text[from - 1]) == System.Globalization.UnicodeCategory.NonSpacingMark))
        {
            from--;
        }

        // Whoever speaks is named before: at the beginning of a text it is a label.
        return from > 1 && text[from - 1] == ' ' && Array.IndexOf(SpeakingVerbs, NoticeText.Fold(text[from..colon])) >= 0;
    }

    private static readonly string[] SpeakingVerbs = ["said", "says", "wrote", "writes", "asked", "replied", "posted", "viet", "noi", "hoi", "schrieb", "escribio", "escreveu", "ecrit", "scrive", "написал", "написала", "пишет"];

    private void Words(int begin, int end, bool quoted)
    {
        for (var i = begin; i < end; i++)
        {
            if (!NoticeText.IsWord(_folded[i]))
            {
                continue;
            }

            var start = i;
            if (NoticeText.IsUnspaced(_folded[i]))
            {
                _words.Add((start, start + 1, quoted));
                continue;
            }

            while (i + 1 < end && NoticeText.IsWord(_folded[i + 1]) && !NoticeText.IsUnspaced(_folded[i + 1]))
            {
                i++;
            }

            _words.Add((start, i + 1, quoted));
        }
    }

    private NoticeSentence Judge(bool question)
    {
        double words = 0, unexplained = 0, familiar = 0, open = 0, openOther = 0, openSure = 0;
        bool alternative = false, other = false, sure = false;
        int covered = 0, known = 0;
        var hit = 0;
        NoticeHints all = NoticeHints.None, plain = NoticeHints.None;
        for (var word = 0; word < _words.Count; word++)
        {
            // Hits come ordered by their first word.
            while (hit < _hits.Count && _hits[hit].First <= word)
            {
                // Signs of a text about something explain nothing of it.
                covered = _hits[hit].Hints == NoticeHints.Narrative ? covered : Math.Max(covered, _hits[hit].Last + 1);
                if ((_hits[hit].Hints & NoticeHints.Alternative) != 0)
                {
                    (alternative, open) = (true, 0);
                }
                else if ((_hits[hit].Hints & (NoticeHints.Removal | NoticeHints.Erased | NoticeHints.Missing | NoticeHints.Presence | NoticeHints.Stray)) != 0)
                {
                    alternative = false;
                    if ((_hits[hit].Hints & (NoticeHints.Removal | NoticeHints.Erased | NoticeHints.Missing | NoticeHints.Stray)) != 0)
                    {
                        // A clause that says it is gone, wherever in it, is no way out; one that says "available" may be.
                        (other, openOther, openSure) = (false, 0, 0);
                    }
                }

                if ((_hits[hit].Hints & NoticeHints.OtherAlternative) != 0 && Array.IndexOf(Ambiguous, Word(_hits[hit].First)) is var ambiguous && !(other && sure && ambiguous >= 0))
                {
                    (other, sure, openOther, openSure) = (true, ambiguous < 0, 0, 0);
                }

                known = (_hits[hit].Hints & NoticeHints.Filler) != 0 ? Math.Max(known, _hits[hit].Last + 1) : known;
                hit++;
            }

            var weight = NoticeText.Weight(_folded[_words[word].Start]);
            words += weight;
            unexplained += word < covered ? 0 : weight;
            familiar += word < known ? weight : 0;
            open += alternative && word >= covered ? weight : 0;
            openOther += other && word >= covered ? weight : 0;
            openSure += other && sure && word >= covered ? weight : 0;
        }

        var weakCounts = unexplained == 0 && words <= 6;
        NoticeKinds kinds = NoticeKinds.None, bare = NoticeKinds.None;
        for (var i = 0; i < _hits.Count; i++)
        {
            var (hints, first, last) = _hits[i];
            if (((hints & NoticeHints.Weak) != 0 && !weakCounts) || ((hints & NoticeHints.Alone) != 0 && _words.Count > 1 && !weakCounts))
            {
                continue;
            }

            if ((hints & NoticeHints.Narrative) != 0 && InsideAnother(i))
            {
                hints &= ~NoticeHints.Narrative;
            }

            all |= hints;
            var said = NoticeKinds.None;
            foreach (var (hint, kind) in Direct)
            {
                said |= (hints & hint) != 0 ? kind : NoticeKinds.None;
            }

            said |= (hints & NoticeHints.Presence) != 0 && !WithinErased(first, last) && Negated(first, last) ? NoticeKinds.Missing : NoticeKinds.None;
            said |= (hints & NoticeHints.Lack) != 0 && ThingFollows(last) ? NoticeKinds.Missing : NoticeKinds.None;
            said |= (hints & NoticeHints.Removal) != 0 && !NegatedBefore(first, 2) ? RemovalSaid(first, last) : NoticeKinds.None;
            kinds |= said;
            if (!_words[first].Quoted)
            {
                bare |= said;
                plain |= hints;
            }
        }

        kinds = Combine(kinds, all);
        bare = Combine(bare, plain);
        return new NoticeSentence
        {
            Kinds = kinds,
            Hints = all,
            Words = words,
            Unexplained = unexplained,
            Familiar = familiar,
            Open = open,
            OpenOther = openOther,
            OpenSure = openSure,
            Question = question,
            Quoted = kinds != NoticeKinds.None && bare == NoticeKinds.None,
        };
    }

    private static NoticeKinds Combine(NoticeKinds kinds, NoticeHints all)
    {
        if ((all & NoticeHints.Suspending) != 0 && (all & (NoticeHints.Account | NoticeHints.Site)) != 0 && (kinds & (NoticeKinds.Bot | NoticeKinds.Geo)) == 0 && (all & NoticeHints.OwnAccount) == 0)
        {
            kinds |= NoticeKinds.Suspended;
        }

        // "access to this website is disabled by an order": the way is blocked, the thing is where it was.
        if ((all & NoticeHints.Blocking) != 0 && (all & NoticeHints.Authority) != 0 && (all & (NoticeHints.Access | NoticeHints.Site)) != 0)
        {
            kinds |= NoticeKinds.Geo;
        }

        if ((all & NoticeHints.Blocking) != 0 && (all & NoticeHints.Access) != 0 && (kinds & NoticeKinds.Legal) != 0)
        {
            kinds |= NoticeKinds.Geo;
        }

        return kinds;
    }

    private bool InsideAnother(int index)
    {
        const NoticeHints Telling = ~(NoticeHints.Filler | NoticeHints.Thing | NoticeHints.Account | NoticeHints.Site | NoticeHints.Narrative | NoticeHints.Negation | NoticeHints.Presence | NoticeHints.Weak);
        var (_, first, last) = _hits[index];
        for (var i = 0; i < _hits.Count && _hits[i].First <= first; i++)
        {
            if (i != index && _hits[i].Last >= last && (_hits[i].Hints & Telling) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool Negated(int first, int last)
    {
        if (NegatedBefore(first, NegationReach))
        {
            return true;
        }

        foreach (var (hints, from, _) in _hits)
        {
            if ((hints & NoticeHints.TrailingNegation) != 0 && from > last && from - last <= TrailingReach)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"no longer available" says removed, whatever "available" alone would say.</summary>
    private bool WithinErased(int first, int last)
    {
        foreach (var (hints, from, to) in _hits)
        {
            if (from > first)
            {
                return false;
            }

            if (to >= last && (hints & NoticeHints.Erased) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool ThingFollows(int last)
    {
        foreach (var (hints, from, _) in _hits)
        {
            if (from > last + LackReach)
            {
                return false;
            }

            if (from > last && (hints & (NoticeHints.Thing | NoticeHints.Account)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// English says "removed" of what it removes, of what was removed, and of who did it. In a longer sentence only the passive ("was removed"), the clipped
    /// ("video removed at …") and a removal by those who can ("the author removed …") inform the visitor; "the deleted scenes" and "the captain removed his hat" tell a story.
    /// </summary>
    private NoticeKinds RemovalSaid(int first, int last)
    {
        if (Before(first, NoticeHints.Temporary, 3))
        {
            return NoticeKinds.Maintenance;
        }

        if (_words.Count <= 4)
        {
            return NoticeKinds.Removed;
        }

        var thingFollows = StartsAt(last + 1, NoticeHints.Thing | NoticeHints.Account);
        for (var back = 1; back <= 3 && first - back >= 0; back++)
        {
            if (Array.IndexOf(Passive, Word(first - back)) >= 0)
            {
                return NoticeKinds.Removed;
            }
        }

        for (var back = 1; back <= 7 && first - back >= 0; back++)
        {
            if (Array.IndexOf(PassiveFar, Word(first - back)) >= 0)
            {
                return NoticeKinds.Removed;
            }
        }

        if ((first == 0 || EndsAt(first - 1, NoticeHints.Thing | NoticeHints.Account | NoticeHints.Site | NoticeHints.Removal)) && !thingFollows)
        {
            return NoticeKinds.Removed;
        }

        for (var back = 1; back <= 6 && first - back >= 0; back++)
        {
            if (Array.IndexOf(Removers, Word(first - back)) >= 0)
            {
                return NoticeKinds.Removed;
            }
        }

        return first > 0 && Word(first - 1) is "or" or "and" && !thingFollows ? NoticeKinds.Removed : NoticeKinds.None;
    }

    private static readonly string[] Passive = ["is", "are", "was", "were", "be", "been", "being", "got", "gets", "m", "s", "re"];

    /// <summary>"bị", "được": in Vietnamese whoever removed it stands between.</summary>
    private static readonly string[] PassiveFar = ["bi", "duoc"];

    /// <summary>"or" in one language and something else in English or Vietnamese ("ở", "sau", "ù", "tài").</summary>
    private static readonly string[] Ambiguous = ["o", "u", "of", "sau", "tai"];

    private static readonly string[] Removers = ["author", "owner", "uploader", "user", "creator", "authors", "owners", "users", "creators", "poster", "seller", "moderator", "moderators", "admin", "admins", "administrator", "administrators", "staff", "we", "they", "mods", "team", "member", "operator"];

    private string Word(int index) => new(_folded, _words[index].Start, _words[index].End - _words[index].Start);

    private bool StartsAt(int word, NoticeHints wanted) => _hits.Exists(hit => hit.First == word && (hit.Hints & wanted) != 0);

    private bool EndsAt(int word, NoticeHints wanted) => _hits.Exists(hit => hit.Last == word && (hit.Hints & wanted) != 0);

    private bool NegatedBefore(int first, int reach) => Before(first, NoticeHints.Negation, reach);

    private bool Before(int first, NoticeHints wanted, int reach)
    {
        foreach (var (hints, from, to) in _hits)
        {
            if (from >= first)
            {
                return false;
            }

            if ((hints & wanted) != 0 && to < first && first - to <= reach)
            {
                return true;
            }
        }

        return false;
    }
}
