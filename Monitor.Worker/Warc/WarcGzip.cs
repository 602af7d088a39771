using System.Globalization;
using System.IO.Compression;

namespace Monitor.Worker.Warc;

/// <summary>Writes sealed records as a .warc.gz: one gzip member each (WARC 1.1 annex D), so that a reader can begin at any of them.</summary>
public static class WarcGzip
{
    /// <summary>One record as a gzip member, the same bytes for the same record.</summary>
    public static byte[] Member(ReadOnlyMemory<byte> record)
    {
        using var to = new MemoryStream(record.Length / 2);
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(record.Span);
        return to.ToArray();
    }

    /// <summary>A warcinfo record for the beginning of a file.</summary>
    public static byte[] Info(string id, DateTimeOffset at, string tool, string fileName)
    {
        var to = new System.Buffers.ArrayBufferWriter<byte>(512);
        WarcWriter.Write(to, "warcinfo", id, at, [("WARC-Filename", fileName), ("Content-Type", "application/warc-fields")], WarcWriter.Fields([("software", tool), ("format", "WARC File Format 1.1"), ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/")]));
        return to.WrittenSpan.ToArray();
    }

    /// <summary>"20260131020304" of a WARC-Date, as CDX indexes write instants.</summary>
    public static string CdxTime(string warcDate) =>
        DateTimeOffset.TryParse(warcDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) : "00000000000000";
}
