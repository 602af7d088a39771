using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Monitor.Rules.Assessing;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Intake;

/// <summary>
/// Flagged URLs from a CSV file (RFC 4180; comma, semicolon or tab), as offices and hotlines send them: UTF-8, UTF-16 with a mark, or
/// Windows-1258; header names in Vietnamese or English, or no header when the first field is a URL. Streams in constant memory; reads once.
/// <see cref="Rows"/> + <see cref="BadRows"/> + <see cref="BlankRecords"/> (+ 1 for a header) = <see cref="Records"/>, always.
/// </summary>
public sealed class IntakeCsvReader
{
    /// <summary>Of one record, in UTF-16 units; a longer one is a bad row.</summary>
    public const int LongestRecord = 64 * 1024;

    /// <summary>Of what a bad row repeats, in UTF-16 units.</summary>
    public const int LongestRaw = 200;
    private const int LongestUrl = 8000;

    private static readonly FrozenDictionary<string, IntakeColumn> ColumnNames = new Dictionary<string, IntakeColumn>(StringComparer.Ordinal)
    {
        ["url"] = IntakeColumn.Url,
        ["link"] = IntakeColumn.Url,
        ["duong dan"] = IntakeColumn.Url,
        ["dia chi"] = IntakeColumn.Url,
        ["category"] = IntakeColumn.Category,
        ["loai"] = IntakeColumn.Category,
        ["danh muc"] = IntakeColumn.Category,
        ["source"] = IntakeColumn.Source,
        ["nguon"] = IntakeColumn.Source,
        ["note"] = IntakeColumn.Note,
        ["ghi chu"] = IntakeColumn.Note,
        ["reporter"] = IntakeColumn.Reporter,
        ["nguoi bao"] = IntakeColumn.Reporter,
        ["danger"] = IntakeColumn.Danger,
        ["nguy hiem"] = IntakeColumn.Danger,
        ["watchlist"] = IntakeColumn.WatchList,
        ["watch list"] = IntakeColumn.WatchList,
        ["danh sach"] = IntakeColumn.WatchList,
        ["danh sach theo doi"] = IntakeColumn.WatchList,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Category> Categories = Enum.GetValues<Category>()
        .SelectMany(category => new[] { category.Slug(), category.Vietnamese(), category.English() }.Select(name => (Name: Fold(name), category)))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.category, StringComparer.Ordinal);

    private readonly CsvRecordSplitter _records;
    private readonly IntakeColumn?[] _columns;
    private CsvRecordSplitter.Record? _pending;
    private bool _begun;

    private IntakeCsvReader(CsvRecordSplitter records, CsvRecordSplitter.Record? pending, IntakeColumn?[] columns)
    {
        _records = records;
        _pending = pending;
        _columns = columns;
    }

    public required IntakeEncoding Encoding { get; init; }

    public required char Delimiter { get; init; }

    public required bool HasHeader { get; init; }

    /// <summary>Header cells that are not understood; what stands under them is not taken over.</summary>
    public required IReadOnlyList<string> UnknownColumns { get; init; }

    /// <summary>Everything met so far, the header and blank records included.</summary>
    public long Records { get; private set; }

    public long Rows { get; private set; }

    public long BadRows { get; private set; }

    public long BlankRecords { get; private set; }

    /// <param name="stream">Stays open; of a stream that cannot seek only the beginning decides the encoding.</param>
    public static async Task<IntakeCsvOpening> OpenAsync(Stream stream, CancellationToken cancellation)
    {
        if (await TextEncodingProbe.ProbeAsync(stream, cancellation) is not { } probed)
        {
            return Refuse(
                "tệp không phải văn bản CSV (có thể là tệp Excel hoặc UTF-16 không có dấu đầu tệp): hãy lưu lại dạng CSV UTF-8",
                "the file is no CSV text (perhaps an Excel file, or UTF-16 without a mark): save it as CSV UTF-8");
        }

        TextReader text = new StreamReader(probed.Stream, TextEncodingProbe.EncodingOf(probed.Encoding), detectEncodingFromByteOrderMarks: true, leaveOpen: true);

        // The first record that is not blank decides delimiter and header. Its line break is what splits it from the rest
        // whatever the delimiter is, unless a quoted header cell holds one; the sample is read back, not lost.
        (string sample, text) = await SampleAsync(text, cancellation);
        string firstLine = sample.Split('\n', '\r').FirstOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "";
        char delimiter = DetectDelimiter(firstLine);
        var records = new CsvRecordSplitter(text, delimiter, LongestRecord);
        long blank = 0;
        CsvRecordSplitter.Record? first;
        while ((first = await records.NextAsync(cancellation)) is { } record && IsBlank(record.Text, delimiter))
            blank++;
        if (first is not { } head)
            return Refuse("tệp không có dòng nào", "the file has no rows");

        string[] cells = head.Fault == CsvRecordSplitter.Fault.None ? ParseOnce(head.Text, delimiter) ?? [] : [];
        IntakeColumn?[] columns = [.. cells.Select(cell => ColumnNames.TryGetValue(Fold(cell), out IntakeColumn column) ? column : (IntakeColumn?)null)];
        bool header = columns.Contains(IntakeColumn.Url);
        if (!header && !LooksLikeUrl(cells.FirstOrDefault() ?? ""))
        {
            return Refuse(
                "dòng đầu không có cột 'url' (đường dẫn) và cũng không bắt đầu bằng một địa chỉ web",
                "the first row has no column 'url' and does not begin with a URL either");
        }

        // Of two columns of one name the first counts.
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] is { } column && Array.IndexOf(columns, column) < i)
                columns[i] = null;
        }

        return new IntakeCsvOpening.Opened(new IntakeCsvReader(records, header ? null : head, header ? columns : [.. Enum.GetValues<IntakeColumn>().Select(column => (IntakeColumn?)column)])
        {
            Encoding = probed.Encoding,
            Delimiter = delimiter,
            HasHeader = header,
            UnknownColumns = header ? [.. cells.Where((cell, i) => columns[i] is null && cell.Length > 0).Select(cell => Cut(cell.Trim()))] : [],
            Records = blank + (header ? 1 : 0),
            BlankRecords = blank,
        });
    }

    /// <summary>Every record once, in the order of the file. May be enumerated once.</summary>
    public async IAsyncEnumerable<IntakeCsvLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_begun)
            throw new InvalidOperationException("a CSV file is read once");
        _begun = true;
        using var fields = new CsvFieldParser(Delimiter);
        while ((_pending ?? await _records.NextAsync(cancellation)) is { } record)
        {
            _pending = null;
            Records++;
            if (record.Fault == CsvRecordSplitter.Fault.None && IsBlank(record.Text, Delimiter))
            {
                BlankRecords++;
                continue;
            }

            IntakeCsvLine line = Judge(record, fields);
            if (line is IntakeCsvLine.IntakeRow)
                Rows++;
            else
                BadRows++;
            yield return line;
        }
    }

    private IntakeCsvLine Judge(CsvRecordSplitter.Record record, CsvFieldParser parser)
    {
        switch (record.Fault)
        {
            case CsvRecordSplitter.Fault.TooLong:
                return Bad("dòng dài quá 64 KB", "the row is longer than 64 KB");
            case CsvRecordSplitter.Fault.UnclosedQuote:
                return Bad("dấu ngoặc kép mở mà không đóng", "a quotation mark is opened and never closed");
        }

        if (record.Text.Contains('\uFFFD', StringComparison.Ordinal))
            return Bad("dòng có byte không đọc được theo bảng mã của tệp", "the row holds bytes that the file's encoding cannot read");
        string text = Encoding == IntakeEncoding.Windows1258 ? record.Text.Normalize(NormalizationForm.FormC) : record.Text;
        if (parser.Parse(text) is not { } cells)
            return Bad("dấu ngoặc kép đặt sai chỗ", "a quotation mark stands where none may");
        if (cells.Skip(_columns.Length).Any(cell => !string.IsNullOrWhiteSpace(cell)))
            return Bad("dòng có nhiều ô hơn số cột (ô chứa dấu phân cách cần đặt trong ngoặc kép)", "the row has more cells than there are columns (a cell that holds the delimiter needs quotation marks)");

        string url = Cell(IntakeColumn.Url);
        if (url.Length == 0)
            return Bad("thiếu địa chỉ web", "the URL is missing");
        if (url.Length > LongestUrl || !LooksLikeUrl(url) || url.Any(char.IsControl) || !Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            return Bad("không phải địa chỉ web đầy đủ (http:// hoặc https://)", "not an absolute URL (http:// or https://)");
        if (uri.UserInfo.Length > 0)
            return Bad("địa chỉ web kèm tên hoặc mật khẩu", "the URL carries a user name or password", showRaw: false);

        Category? category = null;
        string written = Cell(IntakeColumn.Category);
        if (written.Length > 0)
        {
            if (!Categories.TryGetValue(Fold(written), out Category known))
                return Bad($"loại '{Cut(written)}' không thuộc danh mục đóng", $"category '{Cut(written)}' is outside the closed list");
            category = known;
        }

        if (Flag(Cell(IntakeColumn.Danger)) is not { } danger)
            return Bad("cột nguy hiểm phải là có hoặc không", "the danger column must be yes or no");
        return new IntakeCsvLine.IntakeRow(record.Line)
        {
            Url = url,
            Category = category,
            Source = Cell(IntakeColumn.Source),
            Note = Cell(IntakeColumn.Note),
            Reporter = Cell(IntakeColumn.Reporter),
            Danger = danger,
            WatchList = Cell(IntakeColumn.WatchList),
        };

        string Cell(IntakeColumn column)
        {
            int at = Array.IndexOf(_columns, column);
            return at >= 0 && at < cells.Length ? cells[at].Trim() : "";
        }

        IntakeCsvLine.BadRow Bad(string vietnamese, string english, bool showRaw = true) =>
            new(record.Line, new BilingualText(vietnamese, english), showRaw ? Cut(record.Text) : "");
    }

    private static bool? Flag(string text) => Fold(text) switch
    {
        "" or "0" or "false" or "no" or "n" or "khong" => false,
        "1" or "true" or "yes" or "y" or "co" or "x" => true,
        _ => null,
    };

    private static bool LooksLikeUrl(string text) =>
        text.TrimStart().StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.TrimStart().StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsBlank(string text, char delimiter) => text.All(character => char.IsWhiteSpace(character) || character == delimiter);

    /// <summary>The one under which the first line holds a known column name; else the most frequent; else the comma.</summary>
    private static char DetectDelimiter(string firstLine)
    {
        char[] candidates = [',', ';', '\t'];
        foreach (char candidate in candidates)
        {
            string[] cells = firstLine.Split(candidate);
            if (cells.Length > 1 && cells.Any(cell => ColumnNames.TryGetValue(Fold(cell.Trim().Trim('"')), out _)))
                return candidate;
        }

        return candidates.MaxBy(candidate => firstLine.Count(character => character == candidate));
    }

    private static string[]? ParseOnce(string record, char delimiter)
    {
        using var parser = new CsvFieldParser(delimiter);
        return parser.Parse(record);
    }

    /// <summary>The beginning of the text, and a reader that still gives all of it.</summary>
    private static async Task<(string Sample, TextReader All)> SampleAsync(TextReader text, CancellationToken cancellation)
    {
        char[] buffer = new char[16 * 1024];
        int length = await text.ReadBlockAsync(buffer, cancellation);
        string sample = new(buffer, 0, length);
        return (sample, new PrefixedReader(sample, text));
    }

    /// <summary>Lower case, without tone and letter marks, single spaces: how people type column names.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char character in text.Trim().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark)
                continue;
            char plain = character is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(character);
            if (!char.IsWhiteSpace(plain) && plain != '_')
                folded.Append(plain);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded.ToString();
    }

    private static string Cut(string text)
    {
        if (text.Length <= LongestRaw)
            return text;
        return text[..(char.IsHighSurrogate(text[LongestRaw - 1]) ? LongestRaw - 1 : LongestRaw)];
    }

    private static IntakeCsvOpening.Refused Refuse(string vietnamese, string english) => new(new BilingualText(vietnamese, english));

    private sealed class PrefixedReader(string prefix, TextReader rest) : TextReader
    {
        private int _at;

        public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (_at == prefix.Length)
                return await rest.ReadAsync(buffer, cancellationToken);
            int length = Math.Min(buffer.Length, prefix.Length - _at);
            prefix.AsSpan(_at, length).CopyTo(buffer.Span);
            _at += length;
            return length;
        }
    }
}
