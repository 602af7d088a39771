using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>
/// That an entry stands in the log (C2SP tlog-proof): first line "c2sp.org/tlog-proof@v1", "index N", the hashes of the audit path one a line in base64, an empty line,
/// then the signed checkpoint.
/// </summary>
/// <param name="Index">Place of the entry, from 0: its number less one.</param>
/// <param name="Path">From the leaf up.</param>
public sealed record LogProof(long Index, IReadOnlyList<Digest> Path, SignedNote Checkpoint)
{
    public const string FirstLine = "c2sp.org/tlog-proof@v1";

    public override string ToString()
    {
        var text = new StringBuilder(1024);
        text.Append(FirstLine).Append('\n').Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        Span<byte> bytes = stackalloc byte[32];
        foreach (var hash in Path)
        {
            hash.CopyTo(bytes);
            text.Append(Convert.ToBase64String(bytes)).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>Whether the path leads from the entry to the checkpoint's root. Who signed the checkpoint is another question.</summary>
    /// <param name="entry">The entry's canonical bytes.</param>
    public bool Holds(ReadOnlySpan<byte> entry) =>
        Custody.Checkpoint.TryParse(Checkpoint.Body, out var checkpoint) && MerkleProof.Includes(Index, checkpoint.Size, MerkleHash.Leaf(entry), Path, checkpoint.Root);

    public static bool TryParse(string text, [NotNullWhen(true)] out LogProof? proof)
    {
        proof = null;
        var gap = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (gap < 0 || !SignedNote.TryParse(text[(gap + 2)..], out var note))
            return false;
        var lines = text[..gap].Split('\n');
        if (lines is not [FirstLine, var index, ..] || !index.StartsWith("index ", StringComparison.Ordinal)
            || !long.TryParse(index[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            return false;
        var path = new List<Digest>();
        var hash = new byte[48];
        foreach (var line in lines.Skip(2))
        {
            if (line.Length != 44 || !Convert.TryFromBase64String(line, hash, out var length) || length != 32)
                return false;
            path.Add(Digest.FromBytes(DigestKind.Sha256, hash.AsSpan(0, 32)));
        }

        proof = new LogProof(place, path, note);
        return path.Count <= 64;
    }
}
