using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Worker.Warc;

/// <summary>
/// Writes records of WARC 1.1 (ISO 28500:2017), not compressed: what is sealed is compressed when it leaves. Digests are "sha256:" and lower-case hex, so that
/// sha256sum's output can be compared by eye.
/// </summary>
public static class WarcWriter
{
    /// <summary>Appends one record; its block digest and length are added.</summary>
    /// <param name="fields">Named fields after type, id and date; null values are left out. Control characters become spaces.</param>
    public static void Write(IBufferWriter<byte> to, string type, string id, DateTimeOffset at, IReadOnlyList<(string Name, string? Value)> fields, ReadOnlySpan<byte> block)
    {
        var head = new StringBuilder(512);
        head.Append("WARC/1.1\r\n");
        Field(head, "WARC-Type", type);
        Field(head, "WARC-Record-ID", $"<{id}>");
        Field(head, "WARC-Date", Date(at));
        foreach (var (name, value) in fields)
        {
            if (value is not null)
                Field(head, name, value);
        }

        Field(head, "WARC-Block-Digest", Sha256(block));
        Field(head, "Content-Length", block.Length.ToString(CultureInfo.InvariantCulture));
        head.Append("\r\n");
        to.Write(Encoding.UTF8.GetBytes(head.ToString()));
        to.Write(block);
        to.Write("\r\n\r\n"u8);
    }

    /// <summary>Content of a record of type application/warc-fields; null values are left out.</summary>
    public static byte[] Fields(IReadOnlyList<(string Name, string? Value)> fields)
    {
        var text = new StringBuilder(512);
        foreach (var (name, value) in fields)
        {
            if (value is not null)
                Field(text, name, value);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static string NewId() => $"urn:uuid:{Guid.NewGuid():D}";

    /// <summary>UTC to the millisecond, as WARC 1.1 allows.</summary>
    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Sha256(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return "sha256:" + Convert.ToHexStringLower(hash);
    }

    private static void Field(StringBuilder to, string name, string value)
    {
        to.Append(name).Append(": ");
        foreach (var letter in value)
            to.Append(char.IsControl(letter) ? ' ' : letter);
        to.Append("\r\n");
    }
}
