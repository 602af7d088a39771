using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>How long the log is and what it says, in three lines (C2SP tlog-checkpoint): origin, size, root in base64.</summary>
/// <param name="Origin">Which log: the name of its key.</param>
/// <param name="Size">Entries covered, from the first.</param>
public sealed record Checkpoint(string Origin, long Size, Digest Root)
{
    public string Body
    {
        get
        {
            Span<byte> root = stackalloc byte[32];
            Root.CopyTo(root);
            return string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(root)}\n");
        }
    }

    /// <summary>Reads the first three lines; further ones are extensions and do not matter here.</summary>
    public static bool TryParse(string body, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var lines = body.Split('\n');
        if (lines.Length < 4 || !NoteKey.IsName(lines[0])
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || (lines[1].Length > 1 && lines[1][0] == '0'))
            return false;
        var root = new byte[48];
        if (lines[2].Length != 44 || !Convert.TryFromBase64String(lines[2], root, out var length) || length != 32)
            return false;
        checkpoint = new Checkpoint(lines[0], size, Digest.FromBytes(DigestKind.Sha256, root.AsSpan(0, 32)));
        return true;
    }
}
