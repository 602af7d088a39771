using Monitor.Rules.Hashing;

namespace Monitor.Tests.Matching;

/// <summary>Perceptual hashes made by chance from a seed.</summary>
internal static class Hashes
{
    public static PdqHash Random(int seed) => Random(new Random(seed));

    public static PdqHash Random(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return PdqHash.FromBytes(bytes);
    }

    /// <summary>At exactly the distance.</summary>
    public static PdqHash Near(PdqHash hash, int distance, int seed)
    {
        var bits = Enumerable.Range(0, 256).ToArray();
        new Random(seed).Shuffle(bits);
        return bits.Take(distance).Aggregate(hash, (near, bit) => near.Flip(bit));
    }

    /// <summary>As of pictures in which each row of frequencies is like or unlike each other row: bits of a row go together, and those of a column do.</summary>
    public static PdqHash Crossed(Random random)
    {
        var (rows, columns) = (random.Next(1 << 16), random.Next(1 << 16));
        var hash = default(PdqHash);
        for (var bit = 0; bit < 256; bit++)
        {
            var set = ((rows >> (bit / 16)) ^ (columns >> (bit % 16))) & 1;
            if (set == (random.Next(8) == 0 ? 0 : 1))
            {
                hash = hash.Flip(bit);
            }
        }

        return hash;
    }

    /// <summary>A few families of near copies.</summary>
    public static PdqHash Crowded(Random random) => Near(Random(random.Next(5)), random.Next(25), random.Next());
}
