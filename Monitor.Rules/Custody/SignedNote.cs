using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Monitor.Rules.Custody;

/// <summary>
/// A text with signatures under it (C2SP signed-note): lines, an empty line, then "— name base64(key id and signature)" once for each signature.
/// </summary>
/// <param name="Body">Every line ended by LF; no empty line.</param>
public sealed record SignedNote(string Body, IReadOnlyList<NoteSignature> Signatures)
{
    private const string Dash = "— ";

    /// <summary>Longer texts are none of ours.</summary>
    private const int Longest = 1_000_000;

    public override string ToString() => Body + "\n" + string.Concat(Signatures.Select(signature => signature + "\n"));

    public SignedNote With(NoteSignature signature) => this with { Signatures = [.. Signatures.Where(one => one.Line != signature.Line), signature] };

    /// <summary>Whether somebody with the key signed it, and when where that is told.</summary>
    /// <param name="verify">Ed25519 (RFC 8032): public key, message, signature.</param>
    public NoteCheck Check(NoteKey key, Func<ReadOnlyMemory<byte>, byte[], byte[], bool> verify)
    {
        var mine = Signatures.Where(signature => signature.Name == key.Name && signature.KeyId == key.Id).ToList();
        if (mine.Count == 0)
            return new NoteCheck.NotSigned();
        foreach (var signature in mine)
        {
            if (key.Type == NoteKey.Ed25519 && signature.Value.Length == 64 && verify(key.Key, Encoding.UTF8.GetBytes(Body), signature.Value))
                return new NoteCheck.Good(null);
            if (key.Type == NoteKey.Cosignature && signature.Value.Length == 72)
            {
                var seconds = BinaryPrimitives.ReadUInt64BigEndian(signature.Value);
                if (seconds < 253_402_300_800 && verify(key.Key, CosignedMessage(Body, (long)seconds), signature.Value[8..]))
                    return new NoteCheck.Good(DateTimeOffset.FromUnixTimeSeconds((long)seconds));
            }
        }

        return new NoteCheck.Forged();
    }

    /// <summary>What a witness signs: that it saw this note at that time.</summary>
    public static byte[] CosignedMessage(string body, long seconds) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{body}"));

    public static bool TryParse(string text, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (text.Length > Longest || text.Contains('\r', StringComparison.Ordinal))
            return false;
        var gap = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (gap < 0 || !text.EndsWith('\n'))
            return false;
        var signatures = new List<NoteSignature>();
        foreach (var line in text[(gap + 2)..].TrimEnd('\n').Split('\n'))
        {
            if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [var name, var encoded] || !NoteKey.IsName(name))
                return false;
            var bytes = new byte[encoded.Length];
            if (!Convert.TryFromBase64String(encoded, bytes, out var length) || length <= 4)
                return false;
            signatures.Add(new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..length]));
        }

        note = new SignedNote(text[..(gap + 1)], signatures);
        return true;
    }
}

/// <param name="KeyId">See <see cref="NoteKey.Id"/>.</param>
/// <param name="Value">64 bytes of Ed25519; a cosignature has eight bytes of seconds since 1970 before them.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Value)
{
    public string Line
    {
        get
        {
            var bytes = new byte[4 + Value.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
            Value.CopyTo(bytes, 4);
            return $"— {Name} {Convert.ToBase64String(bytes)}";
        }
    }

    public override string ToString() => Line;
}

public abstract record NoteCheck
{
    private NoteCheck()
    {
    }

    /// <param name="At">When, where the signature tells; null otherwise.</param>
    public sealed record Good(DateTimeOffset? At) : NoteCheck;

    /// <summary>No signature by this key.</summary>
    public sealed record NotSigned : NoteCheck;

    /// <summary>One that says it is by this key, and is not.</summary>
    public sealed record Forged : NoteCheck;
}
