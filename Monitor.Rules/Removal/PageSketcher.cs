namespace Monitor.Rules.Removal;

/// <summary>Makes and compares <see cref="PageSketch"/>es.</summary>
public static class PageSketcher
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const int Words = 3;

    public static PageSketch Sketch(PageOutline outline, int? status = null)
    {
        var smallest = new SortedSet<ulong>();
        var structure = FnvOffset;
        var length = 0;
        var history = new ulong[Words];
        var seen = 0;
        foreach (var block in outline.Blocks)
        {
            structure = (structure ^ (ulong)(((int)block.Role * 16) + block.Heading + (block.Visible ? 8 : 0))) * FnvPrime;
            if (!block.Visible || block.Role is BlockRole.Comment or BlockRole.Footer or BlockRole.Template or BlockRole.Dialog)
            {
                continue;
            }

            length += block.Text.Length;
            foreach (var word in WordHashes(block.Text))
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

                Keep(smallest, Mix(shingle));
            }
        }

        if (seen is > 0 and < Words)
        {
            Keep(smallest, Mix(history[0] ^ (ulong)seen));
        }

        return new PageSketch
        {
            Title = outline.Title.Length == 0 ? 0 : Fold(outline.Title),
            Shingles = [.. smallest],
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

    private static void Keep(SortedSet<ulong> smallest, ulong hash)
    {
        if (smallest.Count < PageSketch.Size)
        {
            smallest.Add(hash);
        }
        else if (hash < smallest.Max && smallest.Add(hash))
        {
            smallest.Remove(smallest.Max);
        }
    }

    private static ulong Fold(ReadOnlySpan<char> text)
    {
        var hash = FnvOffset;
        foreach (var c in text)
        {
            hash = (hash ^ char.ToLowerInvariant(c)) * FnvPrime;
        }

        return hash;
    }

    private static List<ulong> WordHashes(string text)
    {
        var words = new List<ulong>();
        var hash = FnvOffset;
        var inWord = false;
        foreach (var c in text)
        {
            // Digits are left out: counters, dates and ages change from visit to visit.
            if (char.IsLetter(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                hash = (hash ^ char.ToLowerInvariant(c)) * FnvPrime;
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

        return words;
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
}
