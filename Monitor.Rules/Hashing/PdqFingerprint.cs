namespace Monitor.Rules.Hashing;

/// <summary>A perceptual hash as it is stored: with the quality of the picture it was taken from and the way it was computed.</summary>
/// <param name="Quality">0…100; below <see cref="PdqGates.MinimumQuality"/> the hash says too little to compare by. Null: not known (a partner's list).</param>
public sealed record PdqFingerprint(PdqHash Hash, int? Quality, PdqVariant Variant)
{
    /// <summary>Whether the hash may be compared at all.</summary>
    public PdqGate Gate => PdqGates.Of(Hash, Quality);
}
