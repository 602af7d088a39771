using System.Text.RegularExpressions;
using Monitor.Rules.Text.Judging;

namespace Monitor.Rules.Text;

/// <summary>
/// What <see cref="TextScanner"/> finds, found the plain way: every spelling of every keyword is searched for in the bones of every reading of the text, and every
/// pattern is run on the whole folded text, one after the other. It says what the right answer is; tests and benches hold the scanner against it. No limits.
/// </summary>
public static class SimpleTextSearch
{
    public static IReadOnlyList<ScanOccurrence> Find(string text, IReadOnlyList<string> keywords, IReadOnlyList<Regex> patterns)
    {
        var readings = new List<TextView> { TextView.Plain(text) };
        // Every reading, whether anything asks for it or not.
        readings.AddRange(TextScanner.OtherReadings(text, uint.MaxValue));
        var bones = new List<(TextView View, byte[] Letters, byte[] Flags, int[] At)>();
        foreach (TextView view in readings)
        {
            Skeleton skeleton = Skeleton.Of(view.Text);
            bones.Add((view, skeleton.Letters.ToArray(), skeleton.Flags.ToArray(), skeleton.At.ToArray()));
            skeleton.Return();
        }

        var found = new List<ScanOccurrence>();
        FoldedText folded = TextFolding.Fold(text);
        for (int k = 0; k < keywords.Count; k++)
        {
            var of = new List<ScanOccurrence>();
            string word = TextFolding.FoldKeyword(keywords[k]);
            if (word.Length > 0 && Spelling.Parse(word) is { } syllables)
                Spelled(text, k, new Keyword(keywords[k], syllables), bones, of);
            else if (word.Length > 0)
                AsIs(folded, k, keywords[k], word, of);

            // From left to right, the strongest and longest first.
            int end = 0;
            foreach (ScanOccurrence one in of.OrderBy(one => one.Start).ThenByDescending(one => one.Strength).ThenByDescending(one => one.Length).ThenBy(one => one.Technique))
            {
                if (one.Start < end)
                    continue;
                found.Add(one);
                end = one.Start + one.Length;
            }
        }

        for (int p = 0; p < patterns.Count; p++)
        {
            foreach (ValueMatch match in patterns[p].EnumerateMatches(folded.AsTyped))
            {
                if (match.Length == 0)
                    continue;
                (int start, int length) = folded.ToOriginal(match.Index, match.Length);
                found.Add(new ScanOccurrence(ScanTarget.Pattern, p, start, length, Technique.Pattern, Strength.Strong));
            }
        }

        found.Sort(Occurrences.ByPlace);
        return found;
    }

    private static void Spelled(string text, int number, Keyword keyword, List<(TextView View, byte[] Letters, byte[] Flags, int[] At)> readings, List<ScanOccurrence> found)
    {
        var judge = new SpellingJudge();
        List<Spelling> spellings = keyword.Spellings(masked: true);
        for (int s = 0; s < spellings.Count; s++)
        {
            foreach ((BonesMode mode, byte[] bones) in KeywordTable.BonesOf(spellings[s]))
            {
                foreach ((TextView view, byte[] letters, byte[] flags, int[] at) in readings)
                {
                    for (int i = 0; i + bones.Length <= letters.Length; i++)
                    {
                        if ((flags[i] & Skeleton.Starts) != 0 && (flags[i + bones.Length] & Skeleton.AfterEnd) != 0 && letters.AsSpan(i, bones.Length).SequenceEqual(bones)
                            && !Glance.IsHopeless(view, text, at[i], keyword, spellings[s].Kind, bones.Length)
                            && judge.Judge(view, text, at[i], keyword, spellings[s], mode, bones.Length) is { } verdict)
                        {
                            found.Add(new ScanOccurrence(ScanTarget.Keyword, number, verdict.Start, verdict.End - verdict.Start, verdict.Technique, verdict.Strength));
                        }
                    }
                }
            }
        }
    }

    /// <summary>A keyword of other characters: whole, in the folded text.</summary>
    private static void AsIs(FoldedText folded, int number, string listed, string word, List<ScanOccurrence> found)
    {
        string text = folded.Text;
        for (int at = text.IndexOf(word, StringComparison.Ordinal); at >= 0;)
        {
            int end = at + word.Length;
            bool whole = !(at > 0 && TextFolding.IsWordCharacter(text, at - 1)) && !(end < text.Length && TextFolding.IsWordCharacter(text, end));
            if (whole)
            {
                (int start, int length) = folded.ToOriginal(at, word.Length);
                Technique technique = folded.Original.AsSpan(start, length).SequenceEqual(listed) ? Technique.Verbatim : Technique.Folded;
                found.Add(new ScanOccurrence(ScanTarget.Keyword, number, start, length, technique, Strength.Strong));
            }

            at = text.IndexOf(word, whole ? end : at + 1, StringComparison.Ordinal);
        }
    }
}
