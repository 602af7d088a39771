using System.Globalization;
using System.Text;

namespace Monitor.Worker.Warc;

/// <summary>Reads uncompressed WARC 1.0 and 1.1 records out of memory, as <see cref="WarcWriter"/> seals them.</summary>
public static class WarcReader
{
    /// <summary>A head longer than that is none of a record.</summary>
    private const int LongestHead = 64 * 1024;

    /// <exception cref="InvalidDataException">Not a run of whole records; what was read before is given out first.</exception>
    public static IEnumerable<WarcRecord> Read(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var head = bytes.Span[..Math.Min(bytes.Length, LongestHead)].IndexOf("\r\n\r\n"u8);
            if (head < 0)
                throw new InvalidDataException("a record's head does not end");
            var fields = Fields(Encoding.UTF8.GetString(bytes.Span[..head]));
            var given = fields.FirstOrDefault(field => string.Equals(field.Key, "Content-Length", StringComparison.OrdinalIgnoreCase)).Value;
            if (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
                throw new InvalidDataException("a record without a length");
            var start = head + 4;
            if (bytes.Length - start < (long)length + 4 || !bytes.Span.Slice(start + length, 4).SequenceEqual("\r\n\r\n"u8))
                throw new InvalidDataException("a record does not end where it says");
            var end = start + length + 4;
            yield return new WarcRecord(fields, bytes.Slice(start, length), bytes[..end]);
            bytes = bytes[end..];
        }
    }

    /// <summary>Name and value of each line after the first; what is no field is left out.</summary>
    internal static List<KeyValuePair<string, string>> Fields(string head)
    {
        var lines = head.Split("\r\n");
        if (!lines[0].StartsWith("WARC/1.", StringComparison.Ordinal))
            throw new InvalidDataException("not a WARC record");
        return Named(lines.AsSpan(1));
    }

    /// <summary>Fields of a block of type application/warc-fields.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> BlockFields(WarcRecord record) => Named(Encoding.UTF8.GetString(record.Block.Span).Split("\r\n"));

    private static List<KeyValuePair<string, string>> Named(ReadOnlySpan<string> lines)
    {
        var fields = new List<KeyValuePair<string, string>>(lines.Length);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                fields.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        return fields;
    }
}
