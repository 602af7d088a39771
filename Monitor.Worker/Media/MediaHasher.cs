using Monitor.Rules.Hashing;

namespace Monitor.Worker.Media;

/// <summary>Perceptual hashes of whatever bytes a page or a file holds.</summary>
public static class MediaHasher
{
    /// <summary>Decodes and hashes.</summary>
    /// <param name="dihedrals">Also the turned and mirrored forms of the first frame.</param>
    public static async Task<MediaHashing> HashAsync(ReadOnlyMemory<byte> bytes, MediaDecoder decoder, bool dihedrals, CancellationToken cancellation)
    {
        var frames = new List<FrameHash>();
        PdqDihedrals? turned = null;
        var decoding = await decoder.DecodeAsync(bytes, (in PixelView pixels, int index) =>
        {
            if (dihedrals && frames.Count == 0)
            {
                turned = PdqHasher.ComputeDihedrals(pixels);
                frames.Add(new FrameHash(index, new PdqResult(turned.Original, turned.Quality)));
            }
            else
            {
                frames.Add(new FrameHash(index, PdqHasher.Compute(pixels)));
            }
        }, cancellation);
        return new MediaHashing(decoding, frames, turned);
    }
}
