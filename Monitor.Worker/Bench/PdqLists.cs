using System.Runtime.InteropServices;
using Monitor.Rules.Hashing;

namespace Monitor.Worker.Bench;

/// <summary>Made-up hash lists.</summary>
public static class PdqLists
{
    /// <summary>Every bit by chance.</summary>
    public static PdqHash[] Random(int count, int seed)
    {
        var hashes = new PdqHash[count];
        new Random(seed).NextBytes(MemoryMarshal.AsBytes(hashes.AsSpan()));
        return hashes;
    }

    /// <summary>
    /// As real lists are: bits of one row of frequencies go together, and so do those of one column (each bit is that of its row and column, but for one in eight),
    /// and each bit has a leaning of its own, towards set or unset (9 : 7).
    /// </summary>
    public static PdqHash[] Skewed(int count, int seed)
    {
        var hashes = new PdqHash[count];
        var words = MemoryMarshal.Cast<PdqHash, ulong>(hashes.AsSpan());
        var random = new Random(seed);
        Span<ulong> leaning = stackalloc ulong[4];
        random.NextBytes(MemoryMarshal.AsBytes(leaning));
        Span<ulong> chance = stackalloc ulong[24];
        for (var k = 0; k < count; k++)
        {
            random.NextBytes(MemoryMarshal.AsBytes(chance));
            var rows = (ushort)chance[3];
            var columns = 0x0001_0001_0001_0001uL * (ushort)(chance[3] >> 16);
            for (var w = 0; w < 4; w++)
            {
                var row = Spread(rows >> (4 * w));
                var turned = chance[w * 6] & chance[(w * 6) + 1] & chance[(w * 6) + 2];
                var leant = chance[(w * 6) + 3] & chance[(w * 6) + 4] & chance[(w * 6) + 5];
                var word = row ^ columns ^ turned;
                words[(k * 4) + w] = (word & ~(leant & ~leaning[w])) | (leant & leaning[w]);
            }
        }

        return hashes;
    }

    /// <summary>Hashes to ask for: entries with 0…39 bits turned, so that four in five are to be found.</summary>
    public static PdqHash[] Asked(PdqHash[] hashes, int count, int seed)
    {
        var random = new Random(seed);
        var bits = Enumerable.Range(0, PdqHash.Bits).ToArray();
        var asked = new PdqHash[count];
        for (var k = 0; k < count; k++)
        {
            random.Shuffle(bits);
            asked[k] = bits.Take(k % 40).Aggregate(hashes[random.Next(hashes.Length)], (hash, bit) => hash.Flip(bit));
        }

        return asked;
    }

    /// <summary>Each of the four lowest bits, sixteen times.</summary>
    private static ulong Spread(int bits)
    {
        ulong word = 0;
        for (var k = 0; k < 4; k++)
        {
            word |= ((bits >> k) & 1) == 0 ? 0 : 0xFFFFuL << (16 * k);
        }

        return word;
    }
}
