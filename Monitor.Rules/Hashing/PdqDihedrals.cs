namespace Monitor.Rules.Hashing;

/// <summary>The hashes of a picture and of its seven turned and mirrored forms: a copy that was rotated or mirrored is found by asking for all eight.</summary>
/// <param name="Quality">0…100, of the picture as it stands.</param>
public sealed record PdqDihedrals(
    PdqHash Original,
    PdqHash Rotated90,
    PdqHash Rotated180,
    PdqHash Rotated270,
    PdqHash UpsideDown,
    PdqHash Mirrored,
    PdqHash Transposed,
    PdqHash AntiTransposed,
    int Quality)
{
    /// <summary>All eight, the original first.</summary>
    public IReadOnlyList<PdqHash> All => [Original, Rotated90, Rotated180, Rotated270, UpsideDown, Mirrored, Transposed, AntiTransposed];
}
