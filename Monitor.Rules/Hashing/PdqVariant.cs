namespace Monitor.Rules.Hashing;

/// <summary>How the picture was reduced before it was hashed. The variants differ by up to about ten bits on the same picture, so what is stored says which it is.</summary>
public enum PdqVariant
{
    /// <summary>A partner's hash whose making is not known.</summary>
    Unknown,

    /// <summary>The two box passes over all pixels, as the paper has it: what <see cref="PdqHasher"/> computes.</summary>
    FullResolution,

    /// <summary>First brought to 512 × 512 by nearest neighbour if either side is longer, as the reference's command line does.</summary>
    Nearest512,
}
