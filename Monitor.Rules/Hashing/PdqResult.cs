namespace Monitor.Rules.Hashing;

/// <summary>What hashing a picture gave.</summary>
/// <param name="Hash">All zero for a picture smaller than <see cref="PdqHasher.MinimumSide"/>.</param>
/// <param name="Quality">0…100.</param>
public readonly record struct PdqResult(PdqHash Hash, int Quality)
{
    public PdqGate Gate => PdqGates.Of(Hash, Quality);

    public PdqFingerprint Fingerprint => new(Hash, Quality, PdqVariant.FullResolution);
}
