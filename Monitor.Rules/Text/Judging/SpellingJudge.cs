namespace Monitor.Rules.Text.Judging;

/// <summary>
/// Says whether a place whose bones are those of a keyword's spelling really holds the keyword, by what the letters carry (marks, tones, keys),
/// by what stands between them, and, where diacritics are missing, by the words around. The same place always gets the same answer; only the memory that the
/// work needs is kept for the next place, so that a judge serves one thread.
/// </summary>
internal sealed class SpellingJudge
{
    private readonly Place _place = new();
    private readonly Weigher _weigher = new();

    /// <param name="from">Where the first letter stands in the view.</param>
    /// <param name="mode">How the words of the spelling stood when its bones were made.</param>
    /// <param name="bones">How many letters the spelling's bones have.</param>
    public Verdict? Judge(TextView view, string original, int from, Keyword keyword, Spelling spelling, BonesMode mode, int bones)
    {
        string text = view.Text;
        if (spelling.Kind == SpellingKind.Plain && view.IsOriginal && WholeWords.Verbatim(text, from, keyword.Listed) is { } exact)
            return keyword.Syllables > 1 && WholeWords.Belong(text, exact.Start, exact.End) ? null : exact;

        if (!_place.Read(view, original, from, bones))
            return null;

        if (spelling.Kind == SpellingKind.RawKeys)
            return RawKeys.Judge(view, _place, spelling);

        Verdict? best = null;
        for (Keys keys = Keys.None; keys <= Keys.Viqr; keys++)
        {
            if (keys != Keys.None && !TypedKeys.MayStand(text, _place.Units[0].Start, _place.Units[^1].End, keys))
                continue;
            if (_weigher.Weigh(view, _place, spelling, mode, keys) is not { } weighing || Decision.Of(view, original, _place.Units, spelling, keyword, ref weighing) is not { } verdict)
                continue;
            // With nothing missing there is nothing to look for.
            if (weighing.Seen >= weighing.Marks)
                return verdict;
            if (best is null || verdict.Strength > best.Value.Strength)
                best = verdict;
        }

        return best;
    }
}
