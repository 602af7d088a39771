using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using Monitor.Rules.Assessing;
using Monitor.Worker.Intake;

namespace Monitor.Tests.Intake;

public sealed class IntakeCsvReaderTests
{
    static IntakeCsvReaderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task English_header_and_every_column()
    {
        (IntakeCsvReader reader, List<IntakeCsvLine> lines) = await Read("url,category,source,note,reporter,danger,watchlist\nhttps://mau.example/1,abuse-violence,111,ghi chú,Bà Mẫu,yes,sample\n");

        Assert.Equal(
            new IntakeCsvLine.IntakeRow(2)
            {
                Url = "https://mau.example/1",
                Category = Category.AbuseOrViolence,
                Source = "111",
                Note = "ghi chú",
                Reporter = "Bà Mẫu",
                Danger = true,
                WatchList = "sample",
            },
            Assert.Single(lines));
        Assert.True(reader.HasHeader);
        Assert.Equal((2, 1, 0, 0), (reader.Records, reader.Rows, reader.BadRows, reader.BlankRecords));
    }

    [Theory]
    [InlineData("Đường dẫn;Loại;Nguồn;Ghi chú;Người báo;Nguy hiểm;Danh sách theo dõi", ';')]
    [InlineData("DUONG DAN,LOAI,NGUON,GHI CHU,NGUOI BAO,NGUY HIEM,WATCHLIST", ',')]
    [InlineData("đường_dẫn\tloại\tnguồn\tghi_chú\tngười_báo\tnguy_hiểm\twatchlist", '\t')]
    [InlineData("\"Đường dẫn\";\"Loại\";\"Nguồn\";\"Ghi chú\";\"Người báo\";\"Nguy hiểm\";\"watchlist\"", ';')]
    public async Task Vietnamese_headers_in_any_spelling_and_delimiter(string header, char delimiter)
    {
        string row = string.Join(delimiter, "https://mau.example/1", "Mua bán trẻ em", "111", "a", "b", "có", "sample");

        (IntakeCsvReader reader, List<IntakeCsvLine> lines) = await Read($"{header}\r\n{row}\r\n");

        Assert.Equal(delimiter, reader.Delimiter);
        Assert.Empty(reader.UnknownColumns);
        var only = Assert.IsType<IntakeCsvLine.IntakeRow>(Assert.Single(lines));
        Assert.Equal((Category.TraffickingOrSale, true, "b", "sample"), (only.Category, only.Danger, only.Reporter, only.WatchList));
    }

    [Fact]
    public async Task Columns_in_another_order_and_unknown_ones()
    {
        (IntakeCsvReader reader, List<IntakeCsvLine> lines) = await Read("ngày,ghi chú,url\n2026-07-01,x,https://mau.example/1\n");

        Assert.Equal(["ngày"], reader.UnknownColumns);
        Assert.Equal(new IntakeCsvLine.IntakeRow(2) { Url = "https://mau.example/1", Note = "x" }, Assert.Single(lines));
    }

    [Fact]
    public async Task No_header_is_needed_when_the_first_field_is_a_url()
    {
        (IntakeCsvReader reader, List<IntakeCsvLine> lines) = await Read("\n\nhttps://mau.example/1\nhttps://mau.example/2,abuse-violence\n");

        Assert.False(reader.HasHeader);
        Assert.Equal([(3, "https://mau.example/1"), (4, "https://mau.example/2")], lines.Cast<IntakeCsvLine.IntakeRow>().Select(row => (row.Line, row.Url)));
        Assert.Equal((4, 2, 0, 2), (reader.Records, reader.Rows, reader.BadRows, reader.BlankRecords));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n  \n,,\n")]
    [InlineData("tên,tuổi\na,1\n")]
    [InlineData("mau.example/1\n")]
    public async Task A_file_without_urls_is_refused_as_a_whole(string text)
    {
        IntakeCsvOpening opening = await IntakeCsvReader.OpenAsync(Bytes(text), TestContext.Current.CancellationToken);

        var refused = Assert.IsType<IntakeCsvOpening.Refused>(opening);
        Assert.NotEqual(refused.Reason.Vietnamese, refused.Reason.English);
    }

    [Fact]
    public async Task A_workbook_or_unmarked_utf16_is_refused()
    {
        Assert.IsType<IntakeCsvOpening.Refused>(await IntakeCsvReader.OpenAsync(new MemoryStream([0x50, 0x4B, 3, 4, 0, 0, 8, 0]), TestContext.Current.CancellationToken));
        Assert.IsType<IntakeCsvOpening.Refused>(await IntakeCsvReader.OpenAsync(new MemoryStream(Encoding.Unicode.GetBytes("url\nhttps://mau.example/")), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("utf-8", false, IntakeEncoding.Utf8)]
    [InlineData("utf-8", true, IntakeEncoding.Utf8WithMark)]
    [InlineData("utf-16", true, IntakeEncoding.Utf16LittleEndian)]
    [InlineData("utf-16BE", true, IntakeEncoding.Utf16BigEndian)]
    [InlineData("windows-1258", false, IntakeEncoding.Windows1258)]
    public async Task Every_encoding_gives_the_same_text(string name, bool mark, IntakeEncoding expected)
    {
        const string text = "đường dẫn,ghi chú\nhttps://mau.example/1,Cửa hàng đèn lồng xanh ở phố cổ\n";
        Encoding encoding = Encoding.GetEncoding(name);

        // Windows-1258 writes tone marks apart from their letters.
        byte[] body = encoding.GetBytes(name == "windows-1258" ? WithTonesApart(text) : text);
        byte[] bytes = mark ? [.. encoding.GetPreamble(), .. body] : body;
        foreach (bool seekable in new[] { true, false })
        {
            Stream stream = seekable ? new MemoryStream(bytes) : new OneWayStream(bytes);
            (IntakeCsvReader reader, List<IntakeCsvLine> lines) = await Read(stream);

            Assert.Equal(expected, reader.Encoding);
            Assert.Equal("Cửa hàng đèn lồng xanh ở phố cổ", Assert.IsType<IntakeCsvLine.IntakeRow>(Assert.Single(lines)).Note);
        }
    }

    [Fact]
    public async Task A_broken_byte_in_a_utf8_file_costs_one_row_only()
    {
        byte[] bytes = [.. "url,ghi chú\nhttps://mau.example/1,đèn lồng xanh\nhttps://mau.example/2,"u8, 0xE0, (byte)'\n', .. "https://mau.example/3,đèn\n"u8];

        (IntakeCsvReader reader, List<IntakeCsvLine> lines) = await Read(new MemoryStream(bytes));

        Assert.Equal(IntakeEncoding.Utf8, reader.Encoding);
        Assert.Collection(
            lines,
            line => Assert.Equal("đèn lồng xanh", Assert.IsType<IntakeCsvLine.IntakeRow>(line).Note),
            line => Assert.Equal(3, Assert.IsType<IntakeCsvLine.BadRow>(line).Line),
            line => Assert.Equal("đèn", Assert.IsType<IntakeCsvLine.IntakeRow>(line).Note));
    }

    [Fact]
    public async Task Quoted_fields_hold_delimiters_quotes_and_line_breaks_and_lines_are_still_counted()
    {
        (_, List<IntakeCsvLine> lines) = await Read("url,note\nhttps://mau.example/1,\"a, \"\"b\"\"\r\nc\nd\"\nhttps://mau.example/2,e\n");

        Assert.Equal(
            [(2, "a, \"b\"\r\nc\nd"), (5, "e")],
            lines.Cast<IntakeCsvLine.IntakeRow>().Select(row => (row.Line, row.Note)));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+84 200")]
    [InlineData("-x")]
    [InlineData("@mau")]
    public async Task Cells_that_a_spreadsheet_would_run_stay_text(string cell)
    {
        (_, List<IntakeCsvLine> lines) = await Read($"url,note\nhttps://mau.example/1,{cell}\n");

        Assert.Equal(cell, Assert.IsType<IntakeCsvLine.IntakeRow>(Assert.Single(lines)).Note);
    }

    [Theory]
    [InlineData("mau.example/1", "not an absolute URL")]
    [InlineData("ftp://mau.example/1", "not an absolute URL")]
    [InlineData("=HYPERLINK(1)", "not an absolute URL")]
    [InlineData("http://", "not an absolute URL")]
    [InlineData(",x", "the URL is missing")]
    [InlineData("https://mau.example/1,politics", "outside the closed list")]
    [InlineData("https://mau.example/1,,,,,maybe", "yes or no")]
    [InlineData("https://mau.example/1,,,,,,sample,one,two", "more cells")]
    public async Task A_bad_row_says_why_and_what(string row, string reason)
    {
        (IntakeCsvReader reader, List<IntakeCsvLine> lines) = await Read($"https://mau.example/0\n{row}\n");

        var bad = Assert.IsType<IntakeCsvLine.BadRow>(lines[1]);
        Assert.Contains(reason, bad.Reason.English, StringComparison.Ordinal);
        Assert.Equal((2, row), (bad.Line, bad.Raw));
        Assert.Equal((1, 1), (reader.Rows, reader.BadRows));
    }

    [Fact]
    public async Task A_url_with_a_password_is_refused_and_not_repeated()
    {
        (_, List<IntakeCsvLine> lines) = await Read("url\nhttps://user:secret@mau.example/\n");

        var bad = Assert.IsType<IntakeCsvLine.BadRow>(Assert.Single(lines));
        Assert.DoesNotContain("secret", bad.Raw + bad.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unclosed_quote_costs_its_own_line_only()
    {
        (IntakeCsvReader reader, List<IntakeCsvLine> lines) = await Read("url,note\nhttps://mau.example/1,\"oops\nhttps://mau.example/2,b\nhttps://mau.example/3,c\n");

        Assert.Collection(
            lines,
            line => Assert.Equal("https://mau.example/1,\"oops", Assert.IsType<IntakeCsvLine.BadRow>(line).Raw),
            line => Assert.Equal(3, Assert.IsType<IntakeCsvLine.IntakeRow>(line).Line),
            line => Assert.Equal(4, Assert.IsType<IntakeCsvLine.IntakeRow>(line).Line));
        Assert.Equal(reader.Records, 1 + reader.Rows + reader.BadRows + reader.BlankRecords);
    }

    [Theory]
    [InlineData(IntakeCsvReader.LongestRecord + 1)]
    [InlineData(1_000_000)]
    public async Task A_row_over_the_limit_is_bad_and_reading_goes_on(int length)
    {
        (_, List<IntakeCsvLine> lines) = await Read($"url,note\nhttps://mau.example/1,{new string('x', length)}\nhttps://mau.example/2,b\n");

        Assert.Equal(IntakeCsvReader.LongestRaw, Assert.IsType<IntakeCsvLine.BadRow>(lines[0]).Raw.Length);
        Assert.Equal((3, "https://mau.example/2"), (lines[1].Line, Assert.IsType<IntakeCsvLine.IntakeRow>(lines[1]).Url));
    }

    [Fact]
    public async Task A_note_that_is_as_long_as_allowed_is_kept_whole()
    {
        const string url = "https://mau.example/1,";
        string note = new('x', IntakeCsvReader.LongestRecord - url.Length - 1);

        (_, List<IntakeCsvLine> lines) = await Read($"url,note\n{url}{note}\nhttps://mau.example/2,b\n");

        Assert.Equal(note, Assert.IsType<IntakeCsvLine.IntakeRow>(lines[0]).Note);
        Assert.IsType<IntakeCsvLine.IntakeRow>(lines[1]);
    }

    [Fact]
    public async Task It_is_read_once()
    {
        (IntakeCsvReader reader, _) = await Read("https://mau.example/1\n");

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (IntakeCsvLine _ in reader.ReadAsync(TestContext.Current.CancellationToken))
                Assert.Fail("nothing may come a second time");
        });
    }

    /// <summary>Whatever text (a NUL makes a file no text) comes after a header: no exception, nothing lost, and the counts add up.</summary>
    [Property(MaxTest = 500)]
    public void Any_text_ends_in_rows_that_add_up(string?[] pieces)
    {
        string[] salt = ["\"", ",", "\n", "\r", "\r\n", ";", "https://mau.example/1", "\"\"", " ", "đ"];
        string body = string.Concat((pieces ?? []).SelectMany((piece, i) => new[] { piece?.Replace("\0", "", StringComparison.Ordinal), salt[(i * 7 + (piece?.Length ?? 0)) % salt.Length] }));

        (IntakeCsvReader reader, List<IntakeCsvLine> lines) = Read($"url,note\n{body}").GetAwaiter().GetResult();

        Assert.Equal(reader.Records, 1 + reader.Rows + reader.BadRows + reader.BlankRecords);
        Assert.Equal(lines.Count, reader.Rows + reader.BadRows);
        Assert.True(lines.Zip(lines.Skip(1)).All(pair => pair.First.Line < pair.Second.Line));
    }

    /// <summary>Fields written by RFC 4180 come back as they were.</summary>
    [Property(MaxTest = 500)]
    public void Quoted_notes_come_back(string?[] notes)
    {
        string[] written = [.. (notes ?? []).Select(note => new string([.. (note ?? "").Where(letter => letter is not ('\0' or '\uFFFD') && !char.IsSurrogate(letter))]))];
        string text = "url,note\n" + string.Concat(written.Select(note => $"https://mau.example/1,\"{note.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"));

        (_, List<IntakeCsvLine> lines) = Read(text).GetAwaiter().GetResult();

        Assert.Equal(written.Select(note => note.Trim()), lines.Select(line => Assert.IsType<IntakeCsvLine.IntakeRow>(line).Note));
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_streamed_without_being_gathered()
    {
        const int rows = 100_000;
        await using var stream = new GeneratedStream(rows);
        long count = 0;
        long highest = 0;

        var opened = Assert.IsType<IntakeCsvOpening.Opened>(await IntakeCsvReader.OpenAsync(stream, TestContext.Current.CancellationToken));
        await foreach (IntakeCsvLine line in opened.Reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.IsType<IntakeCsvLine.IntakeRow>(line);

            // How far the reader is ahead of what it has handed out is what it holds.
            if (++count % 1000 == 0)
                highest = Math.Max(highest, stream.RowsGiven - count);
        }

        Assert.Equal(rows, count);
        Assert.True(highest < 20_000, $"{highest} rows were held at once");
    }

    private static Task<(IntakeCsvReader Reader, List<IntakeCsvLine> Lines)> Read(string text) => Read(Bytes(text));

    private static async Task<(IntakeCsvReader Reader, List<IntakeCsvLine> Lines)> Read(Stream stream)
    {
        var opened = Assert.IsType<IntakeCsvOpening.Opened>(await IntakeCsvReader.OpenAsync(stream, CancellationToken.None));
        var lines = new List<IntakeCsvLine>();
        await foreach (IntakeCsvLine line in opened.Reader.ReadAsync(CancellationToken.None))
            lines.Add(line);
        return (opened.Reader, lines);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The five tones as combining marks, the marks of the letters composed: "ử" → "ư" + hook.</summary>
    private static string WithTonesApart(string text)
    {
        var apart = new StringBuilder();
        foreach (char letter in text)
        {
            string whole = letter.ToString().Normalize(NormalizationForm.FormD);
            string tones = new([.. whole.Where(mark => mark is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323')]);
            string rest = new([.. whole.Where(mark => !tones.Contains(mark, StringComparison.Ordinal))]);
            apart.Append(rest.Normalize(NormalizationForm.FormC)).Append(tones);
        }

        return apart.ToString();
    }

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    /// <summary>Rows made as they are asked for.</summary>
    private sealed class GeneratedStream(int rows) : MemoryStream
    {
        private byte[] _current = [];
        private int _at;

        public int RowsGiven { get; private set; }

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_at == _current.Length)
            {
                if (RowsGiven == rows)
                    return new(0);
                _current = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"https://mau.example/{RowsGiven++},abuse-violence\n"));
                _at = 0;
            }

            int length = Math.Min(buffer.Length, _current.Length - _at);
            _current.AsSpan(_at, length).CopyTo(buffer.Span);
            _at += length;
            return new(length);
        }
    }
}
