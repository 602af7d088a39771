using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Monitor.Rules.Text;

/// <summary>
/// All patterns at once. Each is waited for at the rarest four (or three) letters in a row that it cannot do without; a bitmap of them answers nearly every place of
/// a text with no. Where one is met the pattern is run on as much of the text as a match with it could take, or on all of it when no bound is known.
/// Patterns without such letters are run on the whole text. The matches are those of each pattern run on the whole folded text alone.
/// </summary>
internal sealed class PatternTable
{
    private const int Long = 4;
    private const int Short = 3;
    private const int Batch = 512;

    private static readonly byte[] CodeTable = MakeCodes();

    private readonly Regex[] _patterns;
    private readonly PatternFacts[] _facts;
    private readonly int[] _always;
    private readonly Grams _four = new(Long);
    private readonly Grams _three = new(Short);

    // By the last three letters of every row waited for, small enough to stay near.
    private readonly ulong[] _lastThree = new ulong[(1 << (5 * Short)) / 64];
    private PatternTable(Regex[] patterns)
    {
        _patterns = patterns;
        _facts = Array.ConvertAll(patterns, PatternFacts.Of);
        var always = new List<int>();
        for (int p = 0; p < patterns.Length; p++)
        {
            IReadOnlyList<string> rows = _facts[p].Needed;
            if (rows.Count == 0 || rows.Any(row => row.Length < Short))
            {
                always.Add(p);
                continue;
            }

            foreach (string row in rows)
            {
                (row.Length < Long ? _three : _four).Add(p, row);
            }
        }

        _always = [.. always];
        _three.Mark(_lastThree);
        _four.Mark(_lastThree);
    }

    public IReadOnlyList<Regex> Patterns => _patterns;

    public static PatternTable Build(IReadOnlyList<Regex> patterns)
    {
        foreach (Regex pattern in patterns)
        {
            if (!pattern.Options.HasFlag(RegexOptions.NonBacktracking))
                throw new ArgumentException($"The pattern '{pattern}' may backtrack.", nameof(patterns));
        }

        return new PatternTable([.. patterns]);
    }

    /// <summary>1 … 26 for letters that are Latin ones with or without marks, 0 for all else. What differs in case only has one code.</summary>
    public static byte CodeOf(char c) => CodeTable[c];

    /// <summary>How often a row of letters is met, roughly: by its rarest three or four.</summary>
    public static double Commonness(string row)
    {
        byte[] codes = Array.ConvertAll(row.ToCharArray(), CodeOf);
        int length = Math.Min(Long, codes.Length);
        if (length < Short)
            return double.MaxValue / 1024;
        return Grams.Weight(codes, Grams.Rarest(codes, length), length) * (length == Long ? 1 : 500);
    }

    /// <param name="folded">The folded text where it is there already.</param>
    /// <param name="plain">Every character of the text folds by itself: no marks, nothing invisible, nothing beyond the first plane.</param>
    /// <returns>False when a limit was met.</returns>
    public bool Find(string text, FoldedText? folded, bool plain, ScanLimits limits, List<ScanOccurrence> found)
    {
        if (_patterns.Length == 0)
            return true;

        if (!plain || _always.Length > 0)
            folded ??= TextFolding.Fold(text);
        string searched = folded?.AsTyped ?? text;
        SortedDictionary<int, List<int>>? hits = Hits(searched);
        bool complete = true;
        long work = limits.MaxPatternWork;
        foreach (int p in Due(hits))
        {
            int matches = 0;
            if (hits is not null && hits.TryGetValue(p, out List<int>? places) && _facts[p].MaxLength >= 0)
            {
                foreach ((int start, int end) in Windows(searched, places, _facts[p].MaxLength, folds: folded is null))
                {
                    FoldedText? part = folded is null ? TextFolding.Fold(searched[start..end]) : null;
                    string window = part?.AsTyped ?? searched[start..end];
                    work -= window.Length;
                    if (work < 0)
                        return false;
                    if (!Run(p, window, part ?? folded!, part is null ? start : 0, part is null ? 0 : start, limits, ref matches, found))
                    {
                        complete = false;
                        break;
                    }
                }

                continue;
            }

            folded ??= TextFolding.Fold(text);
            work -= folded.AsTyped.Length;
            if (work < 0)
                return false;
            complete &= Run(p, folded.AsTyped, folded, 0, 0, limits, ref matches, found);
        }

        return complete;
    }

    private IEnumerable<int> Due(SortedDictionary<int, List<int>>? hits) =>
        hits is null ? _always : _always.Length == 0 ? hits.Keys : _always.Concat(hits.Keys).Order();

    /// <param name="inFolded">Where the window begins in the folded text.</param>
    /// <param name="inOriginal">Where the text that was folded begins in the original.</param>
    private bool Run(int pattern, string window, FoldedText folded, int inFolded, int inOriginal, ScanLimits limits, ref int matches, List<ScanOccurrence> found)
    {
        foreach (ValueMatch match in _patterns[pattern].EnumerateMatches(window))
        {
            if (match.Length == 0)
                continue;
            if (++matches > limits.MaxMatchesPerPattern)
                return false;
            // One more than is kept shows that there are more.
            if (found.Count > limits.MaxOccurrences)
                return false;

            (int start, int length) = folded.ToOriginal(inFolded + match.Index, match.Length);
            found.Add(new ScanOccurrence(ScanTarget.Pattern, pattern, inOriginal + start, length, Technique.Pattern, Strength.Strong));
        }

        return true;
    }

    /// <summary>Where rows stand, by pattern.</summary>
    private SortedDictionary<int, List<int>>? Hits(string text)
    {
        SortedDictionary<int, List<int>>? hits = null;
        if (_four.IsEmpty && _three.IsEmpty)
            return null;

        // First all questions to the small bitmap, without a branch on the answers, then what is left of them to the large ones.
        Span<int> places = stackalloc int[Batch + 1];
        Span<uint> grams = stackalloc uint[Batch + 1];
        ref int place = ref MemoryMarshal.GetReference(places);
        ref uint queued = ref MemoryMarshal.GetReference(grams);
        ref byte codes = ref MemoryMarshal.GetArrayDataReference(CodeTable);
        ref ulong lastThree = ref MemoryMarshal.GetArrayDataReference(_lastThree);
        ref char source = ref MemoryMarshal.GetReference(text.AsSpan());
        uint gram = 0;
        for (int i = 0; i < text.Length;)
        {
            int count = 0;
            int end = Math.Min(text.Length, i + Batch);
            for (; i < end; i++)
            {
                gram = gram << 5 | Unsafe.Add(ref codes, Unsafe.Add(ref source, i));
                Unsafe.Add(ref place, count) = i;
                Unsafe.Add(ref queued, count) = gram;
                count += (int)(Unsafe.Add(ref lastThree, (nint)(gram >> 6 & 0x1FF)) >> (int)gram) & 1;
            }

            for (int j = 0; j < count; j++)
            {
                _four.Look(text, places[j], grams[j], ref hits);
                _three.Look(text, places[j], grams[j], ref hits);
            }
        }

        if (hits is not null)
        {
            foreach (List<int> found in hits.Values)
                found.Sort();
        }

        return hits;
    }

    /// <summary>
    /// The parts in which matches that hold the places can lie, with two more characters on each side, so that borders of words and the ends of the text are judged
    /// as in the whole; those that touch are one.
    /// </summary>
    private static List<(int Start, int End)> Windows(string text, List<int> places, int longest, bool folds)
    {
        var windows = new List<(int Start, int End)>();
        foreach (int place in places)
        {
            int start = Back(text, place, longest + 2, folds);
            int end = Ahead(text, place, longest + 2, folds);
            if (windows.Count > 0 && start <= windows[^1].End)
                windows[^1] = (Math.Min(start, windows[^1].Start), Math.Max(end, windows[^1].End));
            else
                windows.Add((start, end));
        }

        return windows;
    }

    /// <summary>So many characters back, a run of white space counted as the one that it folds to and never cut.</summary>
    private static int Back(string text, int at, int count, bool folds)
    {
        if (!folds)
            return Math.Max(0, at - count);
        while (at > 0 && count > 0)
        {
            at--;
            if (at == 0 || !char.IsWhiteSpace(text[at]) || !char.IsWhiteSpace(text[at - 1]))
                count--;
        }

        return at;
    }

    private static int Ahead(string text, int at, int count, bool folds)
    {
        if (!folds)
            return Math.Min(text.Length, at + count);
        while (at < text.Length && count > 0)
        {
            at++;
            if (at == text.Length || !char.IsWhiteSpace(text[at - 1]) || !char.IsWhiteSpace(text[at]))
                count--;
        }

        return at;
    }

    private static byte[] MakeCodes()
    {
        var codes = new byte[char.MaxValue + 1];
        for (int i = 0; i < codes.Length; i++)
        {
            uint info = Letters.Of((char)i);
            if ((info & Letters.BaseMask) is not (0 or Letters.Other) && (info & (Letters.Homoglyph | Letters.Styled)) == 0)
                codes[i] = (byte)(info & Letters.BaseMask);
        }

        // The Kelvin sign is a k in small letters, the Angstrom sign an å.
        codes['\u212A'] = codes['k'];
        codes['\u212B'] = codes['a'];
        return codes;
    }

    /// <summary>So many letters in a row, each row waited for at those of its own that are rarest.</summary>
    private sealed class Grams(int length)
    {
        // How often letters stand in Vietnamese and English text, roughly, in thousandths.
        private static readonly int[] Frequency = [1, 95, 15, 55, 35, 60, 10, 45, 85, 75, 2, 15, 35, 35, 100, 65, 25, 5, 35, 35, 75, 45, 18, 12, 8, 25, 2];

        private readonly ulong[] _bitmap = new ulong[Math.Max(1, (1 << (5 * length)) / 64)];
        private readonly Dictionary<int, List<Anchor>> _anchors = [];

        public bool IsEmpty => _anchors.Count == 0;

        /// <param name="Row">The whole row, small letters.</param>
        /// <param name="Offset">Of the rarest letters within it.</param>
        private readonly record struct Anchor(int Pattern, string Row, int Offset);

        public void Add(int pattern, string row)
        {
            byte[] codes = Array.ConvertAll(row.ToCharArray(), CodeOf);
            int offset = Rarest(codes, length);
            int gram = 0;
            for (int i = 0; i < length; i++)
                gram = gram << 5 | codes[offset + i];
            if (!_anchors.TryGetValue(gram, out List<Anchor>? list))
                _anchors.Add(gram, list = []);
            list.Add(new Anchor(pattern, row, offset));
            _bitmap[gram >> 6] |= 1UL << (gram & 63);
        }

        /// <summary>Marks the last three letters of each row.</summary>
        public void Mark(ulong[] lastThree)
        {
            foreach (int gram in _anchors.Keys)
                lastThree[(gram >> 6) & 0x1FF] |= 1UL << (gram & 63);
        }

        /// <summary>Looks whether the letters up to and with this one are waited for.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Look(string text, int last, uint gram, ref SortedDictionary<int, List<int>>? hits)
        {
            gram &= (1u << (5 * length)) - 1;
            if ((_bitmap[gram >> 6] >> (int)(gram & 63) & 1) != 0)
                Hit(text, last - length + 1, (int)gram, ref hits);
        }

        private void Hit(string text, int at, int gram, ref SortedDictionary<int, List<int>>? hits)
        {
            foreach (Anchor anchor in _anchors[gram])
            {
                int start = at - anchor.Offset;
                if (start < 0 || start + anchor.Row.Length > text.Length)
                    continue;

                int i = 0;
                while (i < anchor.Row.Length && IsSame(text[start + i], anchor.Row[i]))
                    i++;
                if (i < anchor.Row.Length)
                    continue;

                hits ??= [];
                if (!hits.TryGetValue(anchor.Pattern, out List<int>? places))
                    hits.Add(anchor.Pattern, places = []);
                places.Add(start);
            }
        }

        // A few capitals are no plain pairs with their small letters: they count by the letter that they show.
        private static bool IsSame(char written, char wanted) =>
            LowerCase.Of(written) == wanted || (written is 'İ' or 'ı' or '\u212A' or '\u212B' or 'ſ' or 'ẞ' && CodeTable[written] == CodeTable[wanted]);

        public static double Weight(byte[] row, int at, int length)
        {
            double weight = 1;
            for (int i = 0; i < length; i++)
                weight *= Frequency[row[at + i]];
            return weight;
        }

        public static int Rarest(byte[] row, int length)
        {
            int best = 0;
            for (int i = 1; i + length <= row.Length; i++)
            {
                if (Weight(row, i, length) < Weight(row, best, length))
                    best = i;
            }

            return best;
        }
    }
}
