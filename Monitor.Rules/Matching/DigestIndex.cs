using System.Numerics;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>
/// Every digest of every bank, immutable and safe to share between threads. A sorted array filed by its leading bits:
/// a look-up is one table read and, for evenly spread digests, one or two comparisons; for a list made to
/// collide it is still only a binary search.
/// </summary>
public sealed class DigestIndex
{
    private readonly DigestEntry[] _entries;

    // The leading 64 bits of each entry, kept apart: nearly every look-up is settled here, in an eighth of the memory.
    private readonly ulong[] _prefixes;
    private readonly int[] _bucketStarts;
    private readonly int _shift;

    private DigestIndex(DigestEntry[] entries)
    {
        _entries = entries;
        _prefixes = Array.ConvertAll(entries, entry => entry.Digest.Prefix);

        // At most one entry a bucket, on average. The kinds are kept apart so that the buckets follow the sort order.
        int bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, entries.Length)) + 1, 1, 22);
        _shift = 64 - bits;
        _bucketStarts = new int[(3 << bits) + 1];
        foreach (ref readonly DigestEntry entry in entries.AsSpan())
            _bucketStarts[Bucket(entry.Digest) + 1]++;
        for (int i = 1; i < _bucketStarts.Length; i++)
            _bucketStarts[i] += _bucketStarts[i - 1];
    }

    public static DigestIndex Empty { get; } = new([]);

    /// <summary>Entries, those of several banks with the same digest counted each.</summary>
    public int Count => _entries.Length;

    /// <summary>Entries of one digest keep the order in which they were given.</summary>
    public static DigestIndex Build(IEnumerable<DigestEntry> entries)
    {
        DigestEntry[] sorted = [.. entries];
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;

        Array.Sort(order, (x, y) =>
        {
            int byDigest = sorted[x].Digest.CompareTo(sorted[y].Digest);
            return byDigest != 0 ? byDigest : x.CompareTo(y);
        });

        var result = new DigestEntry[sorted.Length];
        for (int i = 0; i < order.Length; i++)
            result[i] = sorted[order[i]];
        return new DigestIndex(result);
    }

    /// <summary>Every entry with the digest; empty if there is none. Allocates nothing.</summary>
    public ReadOnlySpan<DigestEntry> Find(in Digest digest)
    {
        int bucket = Bucket(digest);
        int low = _bucketStarts[bucket];
        int high = _bucketStarts[bucket + 1];
        int end = high;
        ulong prefix = digest.Prefix;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            ulong found = _prefixes[middle];
            if (found != prefix ? found < prefix : _entries[middle].Digest.CompareTo(digest) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        int last = low;
        while (last < end && _prefixes[last] == prefix && _entries[last].Digest.Equals(digest))
            last++;
        return _entries.AsSpan(low, last - low);
    }

    /// <summary>The matches of one media item by any of its digests: SHA-256 first, then SHA-1, then MD5.</summary>
    public IReadOnlyList<Match> Match(DigestSet digests, string mediaUrl)
    {
        List<Match>? matches = null;
        Collect(digests.Sha256, mediaUrl, ref matches);
        Collect(digests.Sha1, mediaUrl, ref matches);
        Collect(digests.Md5, mediaUrl, ref matches);
        return matches ?? (IReadOnlyList<Match>)[];
    }

    /// <summary>The matches of one digest.</summary>
    public IReadOnlyList<Match> Match(Digest digest, string mediaUrl = "")
    {
        List<Match>? matches = null;
        Collect(digest, mediaUrl, ref matches);
        return matches ?? (IReadOnlyList<Match>)[];
    }

    private void Collect(Digest digest, string mediaUrl, ref List<Match>? matches)
    {
        foreach (ref readonly DigestEntry entry in Find(digest))
        {
            matches ??= [];
            matches.Add(new Match
            {
                Bank = entry.Bank.Name,
                BankVersion = entry.Bank.Version,
                Entry = entry.Name,
                Kind = digest.Kind.ToHashKind(),
                Opinion = entry.Opinion,
                MediaUrl = mediaUrl,
            });
        }
    }

    private int Bucket(in Digest digest) => ((int)digest.Kind << (64 - _shift)) + (int)(digest.Prefix >> _shift);
}
