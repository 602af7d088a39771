using Monitor.Rules.Text;

namespace Monitor.Rules.Removal;

/// <summary>Makes and compares <see cref="PageSketch"/>es.</summary>
public static class PageSketcher
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const int Words = 3;

    public static PageSketch Sketch(PageOutline outline, int? status = null)
    {
        var smallest = new Smallest();
        var structure = FnvOffset;
        var length = 0;
        var history = new ulong[Words];
        var seen = 0;
        var words = new List<ulong>(64);
        foreach (var block in outline.Blocks)
        {
            structure = (structure ^ (ulong)(((int)block.Role * 16) + block.Heading + (block.Visible ? 8 : 0))) * FnvPrime;
            if (!block.Visible || block.Role is BlockRole.Comment or BlockRole.Footer or BlockRole.Template or BlockRole.Dialog)
            {
                continue;
            }

            length += block.Text.Length;
            words.Clear();
            WordHashes(block.Text, words);
            foreach (var word in words)
            {
                history[seen++ % Words] = word;
                if (seen < Words)
                {
                    continue;
                }

                var shingle = FnvOffset;
                for (var i = 0; i < Words; i++)
                {
                    shingle = (shingle ^ history[(seen + i) % Words]) * FnvPrime;
                }

                smallest.Add(Mix(shingle));
            }
        }

        if (seen is > 0 and < Words)
        {
            smallest.Add(Mix(history[0] ^ (ulong)seen));
        }

        return new PageSketch
        {
            Title = outline.Title.Length == 0 ? 0 : Fold(outline.Title),
            Shingles = smallest.ToArray(),
            Structure = structure,
            TextLength = length,
            Status = status,
        };
    }

    /// <summary>Estimated Jaccard similarity of the two texts, 0…1; two empty texts are 1 alike.</summary>
    public static double Similarity(PageSketch a, PageSketch b)
    {
        if (a.Shingles.Count == 0 || b.Shingles.Count == 0)
        {
            return a.Shingles.Count == b.Shingles.Count ? 1 : 0;
        }

        // Bottom-k estimate: among the k smallest of the union, how many stand in both.
        int i = 0, j = 0, taken = 0, shared = 0;
        while (taken < PageSketch.Size && (i < a.Shingles.Count || j < b.Shingles.Count))
        {
            taken++;
            if (j >= b.Shingles.Count || (i < a.Shingles.Count && a.Shingles[i] < b.Shingles[j]))
            {
                i++;
            }
            else if (i >= a.Shingles.Count || b.Shingles[j] < a.Shingles[i])
            {
                j++;
            }
            else
            {
                shared++;
                i++;
                j++;
            }
        }

        return (double)shared / taken;
    }

    /// <summary>How much of <paramref name="part"/> is found again in <paramref name="whole"/>, 0…1: a page that grew still holds its old text.</summary>
    public static double Containment(PageSketch part, PageSketch whole)
    {
        if (part.Shingles.Count == 0)
        {
            return 0;
        }

        // Where the whole's sketch is full, only hashes below its largest can be looked for.
        var limit = whole.Shingles.Count < PageSketch.Size ? ulong.MaxValue : whole.Shingles[^1];
        var inWhole = new HashSet<ulong>(whole.Shingles);
        int asked = 0, found = 0;
        foreach (var shingle in part.Shingles)
        {
            if (shingle > limit)
            {
                break;
            }

            asked++;
            found += inWhole.Contains(shingle) ? 1 : 0;
        }

        return asked == 0 ? 0 : (double)found / asked;
    }

    private static ulong Fold(ReadOnlySpan<char> text)
    {
        var hash = FnvOffset;
        foreach (var c in text)
        {
            hash = (hash ^ LowerCase.Of(c)) * FnvPrime;
        }

        return hash;
    }

    private static void WordHashes(string text, List<ulong> words)
    {
        var hash = FnvOffset;
        var inWord = false;
        foreach (var c in text)
        {
            // Digits are left out: counters, dates and ages change from visit to visit.
            if (char.IsLetter(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                hash = (hash ^ LowerCase.Of(c)) * FnvPrime;
                inWord = true;
            }
            else if (inWord)
            {
                words.Add(hash);
                hash = FnvOffset;
                inWord = false;
            }
        }

        if (inWord)
        {
            words.Add(hash);
        }
    }

    // FNV's low bits are weak; the sketch keeps the smallest values, so mix well (finaliser of MurmurHash3).
    private static ulong Mix(ulong h)
    {
        h ^= h >> 33;
        h *= 0xff51afd7ed558ccd;
        h ^= h >> 33;
        h *= 0xc4ceb9fe1a85ec53;
        return h ^ (h >> 33);
    }

    /// <summary>The smallest distinct values of a stream: gathered unsorted, sorted and cut whenever the room is used up.</summary>
    private sealed class Smallest
    {
        private readonly ulong[] _values = new ulong[8 * PageSketch.Size];
        private int _count;
        private ulong _limit = ulong.MaxValue;
        private bool _full;

        public void Add(ulong value)
        {
            // Once there are enough, only what is below the largest of them can still matter.
            if (_full && value >= _limit)
            {
                return;
            }

            if (_count == _values.Length)
            {
                Cut();
                if (_full && value >= _limit)
                {
                    return;
                }
            }

            _values[_count++] = value;
        }

        public ulong[] ToArray()
        {
            Cut();
            return _values[.._count];
        }

        private void Cut()
        {
            Array.Sort(_values, 0, _count);
            var kept = 0;
            for (var i = 0; i < _count && kept < PageSketch.Size; i++)
            {
                if (kept == 0 || _values[i] != _values[kept - 1])
                {
                    _values[kept++] = _values[i];
                }
            }

            _count = kept;
            _full = kept == PageSketch.Size;
            _limit = _full ? _values[kept - 1] : ulong.MaxValue;
        }
    }
}
