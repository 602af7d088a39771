using System.Text;

namespace Monitor.Worker.Banks.Formats;

/// <summary>Recognises the form of a list by its beginning and its name, and reads it.</summary>
internal static class HashFormats
{
    /// <summary>Bytes of the beginning that are looked at.</summary>
    public const int HeadLength = 16 * 1024;

    private static readonly (HashFormat Format, string Word, string Vietnamese, string English)[] Table =
    [
        (HashFormat.Plain, "plain", "danh sách thường, mỗi dòng một mã", "plain list, one hash a line"),
        (HashFormat.Csv, "csv", "CSV theo cột", "CSV by columns"),
        (HashFormat.ThreatExchange, "te", "simple.TYPE.te của ThreatExchange", "ThreatExchange simple.TYPE.te"),
        (HashFormat.Signals, "signals", "tệp cục bộ của python-threatexchange", "python-threatexchange local file"),
        (HashFormat.Ncmec, "ncmec", "XML của NCMEC hash sharing v2", "NCMEC hash sharing v2 XML"),
        (HashFormat.Vics, "vics", "JSON của Project VIC / CAID (VICS)", "Project VIC / CAID JSON (VICS)"),
    ];

    public static IReadOnlyList<string> Words { get; } = [.. Table.Select(row => row.Word)];

    public static string Word(this HashFormat format) => Table[(int)format].Word;

    public static string Vietnamese(this HashFormat format) => Table[(int)format].Vietnamese;

    public static string English(this HashFormat format) => Table[(int)format].English;

    public static HashFormat? Parse(string word) => Array.FindIndex(Table, row => row.Word == word) is var at and >= 0 ? Table[at].Format : null;

    /// <param name="head">The first bytes, as they are.</param>
    public static HashFormat Detect(ReadOnlySpan<byte> head, HashReadOptions options)
    {
        if (options.Columns is not null)
        {
            return HashFormat.Csv;
        }

        var text = Text(head).TrimStart('\uFEFF').TrimStart();
        if (text.StartsWith('<'))
        {
            return HashFormat.Ncmec;
        }

        if (text.StartsWith('{') || text.StartsWith('['))
        {
            return HashFormat.Vics;
        }

        if (ThreatExchangeReader.TypeOf(options.FileName) is not null)
        {
            return HashFormat.ThreatExchange;
        }

        var first = text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && line[0] != '#') ?? "";
        var word = first.Split([' ', '\t'], 2)[0];
        if (word.Length < first.Length && (HashKindNames.TryKind(word, out _) || HashKindNames.LeftOutAs(word) is not null) && !first.Contains(',', StringComparison.Ordinal) && !first.Contains(';', StringComparison.Ordinal))
        {
            return HashFormat.Signals;
        }

        // A first line of names, or a hash that is not in the first column.
        var fields = first.Split((char)Separator(head)).Select(field => field.Trim().Trim('"').ToLowerInvariant()).ToList();
        return fields.Count > 0 && !IsHash(fields[0].TrimStart('+', '-').Trim()) && fields.Any(field => HashKindNames.TryKind(field, out _) || field is "hash" or "value" or "indicator" or "signal" or "digest" or "hash_value" or "hashvalue")
            ? HashFormat.Csv
            : HashFormat.Plain;
    }

    /// <summary>The sign that stands most often in the first line.</summary>
    public static byte Separator(ReadOnlySpan<byte> head)
    {
        var text = Text(head);
        var first = text.Split('\n').FirstOrDefault(line => line.Trim().Length > 0) ?? "";
        return (byte)",;\t|".MaxBy(sign => first.Count(c => c == sign));
    }

    /// <summary>Reads a list to its end.</summary>
    /// <returns>Lines that hold nothing; 0 for formats without lines.</returns>
    /// <exception cref="HashFormatException">The list as a whole cannot be read.</exception>
    public static long Read(HashFormat format, Stream stream, ReadOnlySpan<byte> head, HashReadOptions options, IHashSink sink, CancellationToken cancellation)
    {
        var utf8 = format == HashFormat.Ncmec ? stream : Utf8(stream, head);
        switch (format)
        {
            case HashFormat.Plain:
                return PlainReader.Read(utf8, options, sink, cancellation);
            case HashFormat.Csv:
                return CsvReader.Read(utf8, Separator(head), options, sink, cancellation);
            case HashFormat.ThreatExchange:
                return ThreatExchangeReader.Read(utf8, options, sink, cancellation);
            case HashFormat.Signals:
                return SignalsReader.Read(utf8, options, sink, cancellation);
            case HashFormat.Ncmec:
                NcmecReader.Read(utf8, options, sink, cancellation);
                return 0;
            case HashFormat.Vics:
                VicsReader.Read(utf8, options, sink, cancellation);
                return 0;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    private static bool IsHash(string text) => text.Length is 32 or 40 or 64 && text.All(char.IsAsciiHexDigit);

    private static string Text(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(head[..(head.Length & ~1)]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(head[..(head.Length & ~1)]),
        _ => Encoding.UTF8.GetString(head),
    };

    /// <summary>Spreadsheets write UTF-16; everything else is read as it stands, without a byte order mark.</summary>
    private static Stream Utf8(Stream stream, ReadOnlySpan<byte> head)
    {
        var (encoding, mark) = head switch
        {
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding?)null, 3),
            _ => (null, 0),
        };
        Span<byte> skipped = stackalloc byte[mark];
        stream.ReadExactly(skipped);
        return encoding is null ? stream : Encoding.CreateTranscodingStream(stream, encoding, new UTF8Encoding(false), leaveOpen: true);
    }
}
