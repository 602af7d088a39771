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
        to.Write("WARC/1.1\r\n"u8);
        Field(to, "WARC-Type", type);
        Field(to, "WARC-Record-ID", $"<{id}>");
        Field(to, "WARC-Date", Date(at));
        Fields(to, fields);
        Field(to, "WARC-Block-Digest", Sha256(block));
        Field(to, "Content-Length", block.Length.ToString(CultureInfo.InvariantCulture));
        to.Write("\r\n"u8);
        to.Write(block);
        to.Write("\r\n\r\n"u8);
    }

    /// <summary>Content of a record of type application/warc-fields; null values are left out.</summary>
    public static byte[] Fields(IReadOnlyList<(string Name, string? Value)> fields)
    {
        var to = new ArrayBufferWriter<byte>(512);
        Fields(to, fields);
        return to.WrittenSpan.ToArray();
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

    private static void Fields(IBufferWriter<byte> to, IReadOnlyList<(string Name, string? Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            if (value is not null)
                Field(to, name, value);
        }
    }

    private static void Field(IBufferWriter<byte> to, string name, string value)
    {
        if (value.AsSpan().ContainsAnyInRange('\0', '\x1f') || value.AsSpan().ContainsAnyInRange('\x7f', '\x9f'))
            value = string.Concat(value.Select(letter => char.IsControl(letter) ? ' ' : letter));
        Encoding.UTF8.GetBytes(name, to);
        to.Write(": "u8);
        Encoding.UTF8.GetBytes(value, to);
        to.Write("\r\n"u8);
    }
}
