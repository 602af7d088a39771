using System.Security.Cryptography;
using Monitor.Rules.Hashing;

namespace Monitor.Worker.Operations;

/// <summary>What a person brings of what they saw: a picture, a PDF, a saved page. Something else is no capture, whatever its name.</summary>
public static class HumanCapture
{
    private static readonly byte[][] Beginnings = [[0x89, (byte)'P', (byte)'N', (byte)'G'], [0xFF, 0xD8, 0xFF], [.. "GIF8"u8], [.. "%PDF-"u8], [.. "MIME-Version:"u8], [.. "From:"u8]];

    public static bool IsOne(ReadOnlySpan<byte> bytes)
    {
        foreach (var beginning in Beginnings)
        {
            if (bytes.StartsWith(beginning))
            {
                return true;
            }
        }

        // WebP; or a saved page, with or without a byte order mark.
        return (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8))
            || (bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes).TrimStart(" \t\r\n"u8).StartsWith("<"u8);
    }

    public static Digest DigestOf(ReadOnlySpan<byte> bytes) => Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(bytes));
}
