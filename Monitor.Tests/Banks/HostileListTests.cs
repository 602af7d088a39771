using System.Text;
using Monitor.Rules.Matching;
using Monitor.Worker.Banks.Formats;

namespace Monitor.Tests.Banks;

/// <summary>Lists built to exhaust or deceive their reader: a typed end, and no more memory than a small list takes.</summary>
public sealed class HostileListTests
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const long Gigabyte = 1L << 30;

    [Theory]
    [InlineData(HashFormat.Plain, "", "x")]
    [InlineData(HashFormat.Signals, "md5 ", "x")]
    [InlineData(HashFormat.Csv, "md5\n\"", "x")]
    [InlineData(HashFormat.Csv, "md5\n", "x,")]
    [InlineData(HashFormat.ThreatExchange, "", "x")]
    public void A_gigabyte_of_one_line_is_one_bad_line(object format, string start, string piece)
    {
        var sink = Bounded((HashFormat)format, start, string.Concat(Enumerable.Repeat(piece, 1 << 15)), Gigabyte, "\n" + A + "\n");
        Assert.Equal((1, 1), (sink.Count(line => line.Contains(" bad LineTooLong", StringComparison.Ordinal)), sink.Count(line => line.Contains(" + md5", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("<queryResult><images>", "x")]
    [InlineData("<queryResult><images a=\"", "x")]
    [InlineData("<queryResult><images ", "x")]
    [InlineData("<queryResult><images><image><id>", "x")]
    [InlineData("<queryResult>", "<a>")]
    [InlineData("<queryResult><images><image><fingerprints>", "<md5>a</md5>")]
    [InlineData("<queryResult><images><image>", "<a>")]
    public void Endless_markup_is_refused(string start, string piece) =>
        Assert.Throws<HashFormatException>(() => Bounded(HashFormat.Ncmec, start, string.Concat(Enumerable.Repeat(piece, 1 << 13)), Gigabyte, ""));

    [Theory]
    [InlineData("{\"value\":[{\"MD5\":\"", "x")]
    [InlineData("{\"", "x")]
    [InlineData("{\"value\":", "[")]
    [InlineData("{\"value\":[", "{\"Media\":[")]
    [InlineData("{\"value\":[{\"AlternativeHashes\":[", "{\"HashName\":\"MD5\",\"HashValue\":\"a\"},")]
    [InlineData("{\"value\":[{\"MediaID\":", "1")]
    public void Endless_json_is_refused(string start, string piece) =>
        Assert.Throws<HashFormatException>(() => Bounded(HashFormat.Vics, start, string.Concat(Enumerable.Repeat(piece, 1 << 13)), Gigabyte, ""));

    [Theory]
    [InlineData("<!DOCTYPE queryResult [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><queryResult><images><image><id>&x;</id></image></images></queryResult>")]
    [InlineData("<!DOCTYPE queryResult SYSTEM \"http://127.0.0.1:9/x.dtd\"><queryResult/>")]
    [InlineData("<!DOCTYPE queryResult [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><queryResult><images><image><id>&c;</id></image></images></queryResult>")]
    [InlineData("<queryResult><images><image><id>&undeclared;</id></image></images></queryResult>")]
    [InlineData("<html/>")]
    [InlineData("")]
    [InlineData("<queryResult><images><image><id>1</id><fingerprints><md5>aaaa")]
    [InlineData("<queryResult><images><image><id>1</id></image>")]
    [InlineData("<queryResult>\0</queryResult>")]
    public void Document_types_entities_and_cut_off_xml_are_refused(string xml) =>
        Assert.Throws<HashFormatException>(() => SinkRecord.Read(HashFormat.Ncmec, xml));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("{\"value\":7}")]
    [InlineData("{\"value\":[{\"MD5\":\"" + A + "\",\"Category\":1}")]
    [InlineData("{\"value\":[}")]
    [InlineData("{\"value\":[]}x")]
    [InlineData("\0")]
    public void Json_that_is_cut_off_or_no_list_is_refused(string json) => Assert.Throws<HashFormatException>(() => SinkRecord.Read(HashFormat.Vics, json));

    [Fact]
    public void Bytes_that_are_no_text_at_all_are_bad_lines_or_a_refusal_and_never_a_fault()
    {
        var random = new Random(11);
        var bytes = new byte[3000];
        for (var round = 0; round < 300; round++)
        {
            random.NextBytes(bytes);
            foreach (var format in Enum.GetValues<HashFormat>())
            {
                try
                {
                    var sink = SinkRecord.Read(format, bytes, new HashReadOptions { Kind = HashKind.Md5 });
                    Assert.DoesNotContain(sink.Lines, line => line.Contains(" + ", StringComparison.Ordinal));
                }
                catch (HashFormatException)
                {
                    // Said as a whole.
                }
            }
        }
    }

    /// <summary>Good lists cut off anywhere, with a byte changed anywhere.</summary>
    [Theory]
    [InlineData(HashFormat.Ncmec, "<queryResult><images maxTimestamp=\"1\"><image><member id=\"7\"/><id>l</id><fingerprints><md5>" + A + "</md5></fingerprints></image></images></queryResult>")]
    [InlineData(HashFormat.Vics, "{\"value\":[{\"MediaID\":1,\"Category\":1,\"MD5\":\"" + A + "\",\"AlternativeHashes\":[{\"HashName\":\"SHA1\",\"HashValue\":\"00\"}]}]}")]
    [InlineData(HashFormat.Csv, "md5,label\n" + A + ",\"x\"\n")]
    public void Any_prefix_and_any_changed_byte_end_well(object format, string list)
    {
        var good = Encoding.UTF8.GetBytes(list);
        for (var i = 0; i < good.Length; i++)
        {
            foreach (var bytes in (byte[][])[good[..i], [.. good[..i], 0, .. good[(i + 1)..]], [.. good[..i], (byte)'<', .. good[(i + 1)..]], [.. good[..i], (byte)'"', .. good[i..]]])
            {
                try
                {
                    SinkRecord.Read((HashFormat)format, bytes);
                }
                catch (HashFormatException)
                {
                    // Said as a whole.
                }
            }
        }
    }

    private static List<string> Bounded(HashFormat format, string start, string piece, long length, string end)
    {
        var bytes = Encoding.ASCII.GetBytes(piece);
        using var stream = new EndlessStream(Encoding.ASCII.GetBytes(start), bytes, length / bytes.Length, Encoding.ASCII.GetBytes(end));
        var sink = new SinkRecord();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            HashFormats.Read(format, stream, Encoding.ASCII.GetBytes(start + piece[..Math.Min(100, piece.Length)]), new HashReadOptions { Kind = HashKind.Md5 }, sink, CancellationToken.None);
        }
        finally
        {
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 * 1024 * 1024, "more memory than any small list takes");
        }

        return sink.Lines;
    }
}
