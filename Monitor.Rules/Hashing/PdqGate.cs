namespace Monitor.Rules.Hashing;

/// <summary>Whether a hash says enough to be compared. A closed gate is an outcome that people see, never "no match".</summary>
public enum PdqGate
{
    Open,

    /// <summary>The picture has too little detail: its hash would be near those of many others.</summary>
    LowQuality,

    /// <summary>Nearly all bits equal: no picture hashes so (a blank, a placeholder, a damaged list line).</summary>
    Degenerate,
}

public static class PdqGates
{
    /// <summary>Least quality of a hash that is compared; the reference's own advice.</summary>
    public const int MinimumQuality = 50;

    /// <summary>Fewer bits than this set, or unset, is degenerate. A picture sets 128 of 256.</summary>
    public const int MinimumBits = 32;

    /// <param name="quality">0…100, or null if it is not known: then only the hash itself is judged.</param>
    public static PdqGate Of(in PdqHash hash, int? quality)
    {
        if (hash.PopCount is < MinimumBits or > PdqHash.Bits - MinimumBits)
            return PdqGate.Degenerate;
        return quality < MinimumQuality ? PdqGate.LowQuality : PdqGate.Open;
    }
}
