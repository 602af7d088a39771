using Monitor.Rules.Hashing;

namespace Monitor.Worker.Media;

/// <summary>What hashing some bytes gave.</summary>
/// <param name="Frames">The frames that were looked at, the first first; empty unless decoded.</param>
/// <param name="Dihedrals">Of the first frame, if they were asked for.</param>
public sealed record MediaHashing(MediaDecoding Decoding, IReadOnlyList<FrameHash> Frames, PdqDihedrals? Dihedrals)
{
    /// <summary>Of the first frame; null if nothing was decoded.</summary>
    public PdqFingerprint? Fingerprint => Frames is [var first, ..] ? first.Pdq.Fingerprint : null;

    public bool Partial => Decoding is MediaDecoding.Decoded { Partial: true };
}

/// <param name="Index">The frame's number in the file, from 0.</param>
public readonly record struct FrameHash(int Index, PdqResult Pdq);
