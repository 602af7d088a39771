using System.Text;
using FsCheck.Xunit;
using Monitor.Rules.Matching;
using Monitor.Worker.Banks.Formats;

namespace Monitor.Tests.Banks;

/// <summary>Each form of list, by small files made up here: what is read, what is left out and said so, what is bad and where.</summary>
public sealed class FormatTests
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string Sha1 = "0123456789abcdef0123456789abcdef01234567";
    private const string Long = "f1f2f3f4f5f6f7f8f1f2f3f4f5f6f7f8f1f2f3f4f5f6f7f8f1f2f3f4f5f6f7f8";

    [Fact]
    public void Plain_lists_with_comments_labels_removals_and_line_ends_of_every_kind()
    {
        var sink = SinkRecord.Read(HashFormat.Plain, $"\uFEFF# lanterns\r\n# checkpoint: 2026-03\r\n#base:2026-02\n\n{A}\r{Sha1.ToUpperInvariant()} , đèn lồng, xanh \n  {A}\t twice\n-{B}\n+ {B};back\n\n#end");
        Assert.Equal(
            [
                "checkpoint 2026-03", "base 2026-02",
                "5 + md5 aaaaaa ''", "6 + sha1 012345 'đèn lồng, xanh'", "7 + md5 aaaaaa 'twice'", "8 - md5 bbbbbb", "9 + md5 bbbbbb 'back'",
            ],
            sink.Lines);
        Assert.Equal(6, sink.EmptyLines);
    }

    [Theory]
    [InlineData("zzzzaaaaaaaaaaaaaaaaaaaaaaaaaaaa", HashProblem.NotHex)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", HashProblem.WrongLength)]
    [InlineData(Sha1 + ",label", HashProblem.WrongLength)]
    [InlineData(",label only", HashProblem.HashMissing)]
    [InlineData("aaaa\0aaaaaaaaaaaaaaaaaaaaaaaaaaa", HashProblem.NotHex)]
    [InlineData("<html>\u0001", HashProblem.NotHex)]
    [InlineData("-", HashProblem.HashMissing)]
    public void A_bad_line_is_told_with_its_number_and_reason(string line, object problem) =>
        Assert.Equal(
            [$"2 bad {problem}", "3 + md5 aaaaaa ''"],
            SinkRecord.Read(HashFormat.Plain, $"# md5\n{line}\n{A}\n", new HashReadOptions { Kind = HashKind.Md5 }).Lines);

    [Fact]
    public void Sixty_four_digits_may_be_two_kinds_and_nobody_guesses() =>
        Assert.Equal(["1 bad KindNeeded", "2 skip photodna"], SinkRecord.Read(HashFormat.Plain, $"{Long}\n{new string('a', 288)}\n").Lines);

    [Fact]
    public void Pdq_lines_carry_their_quality() => Assert.Equal(
        ["1 + pdq f1f2f3 'a.jpg' q97", "2 + pdq f1f2f3 '' q100", "3 + pdq f1f2f3 'named'", "4 + pdq f1f2f3 '101'"],
        SinkRecord.Read(HashFormat.Plain, $"{Long},97,a.jpg\n{Long},100\n{Long} named\n{Long},101\n", new HashReadOptions { Kind = HashKind.Pdq }).Lines);

    [Fact]
    public void Utf_16_from_a_spreadsheet_is_read() => Assert.Equal(
        ["1 + md5 aaaaaa 'đèn'"],
        SinkRecord.Read(HashFormat.Plain, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"{A},đèn\r\n")]).Lines);

    [Fact]
    public void Threat_exchange_rows_take_their_kind_from_the_name_of_the_file()
    {
        var text = $"{A},1001,2026-01-02T03:04:05+0000,lantern green\n{B},1002,2026-01-02T03:04:05+0000,\"lantern false_positive\"\nnonsense,1003,,\n";
        Assert.Equal(
            ["1 + md5 aaaaaa '1001'", "2 + md5 bbbbbb '1002' Negative", "3 bad NotHex"],
            SinkRecord.Read(HashFormat.ThreatExchange, text, new HashReadOptions { FileName = "simple.HASH_MD5.te" }).Lines);
        Assert.Equal(["1 skip tmk-pdqf", "2 skip tmk-pdqf", "3 skip tmk-pdqf"], SinkRecord.Read(HashFormat.ThreatExchange, text, new HashReadOptions { FileName = "simple.HASH_TMK.te" }).Lines);
        Assert.Equal(["1 + pdq f1f2f3 '7' Disputed"], SinkRecord.Read(HashFormat.ThreatExchange, $"{Long},7,,disputed\n", new HashReadOptions { FileName = "x", Kind = HashKind.Pdq }).Lines);
        Assert.Throws<HashFormatException>(() => SinkRecord.Read(HashFormat.ThreatExchange, text, new HashReadOptions { FileName = "x" }));
    }

    [Fact]
    public void Signal_files_name_the_kind_in_each_line() => Assert.Equal(
        ["1 + pdq f1f2f3 ''", "2 + md5 aaaaaa ''", "3 skip text", "4 skip photodna", "5 bad KindUnknown", "6 bad WrongLength", "8 skip vpdq"],
        SinkRecord.Read(HashFormat.Signals, $"pdq {Long}\nvideo_md5 {A}\nraw_text đèn lồng xanh\nphotodna 1,2,3\nlantern {A}\nsha1 {A}\n\nvpdq [1]\n").Lines);

    [Fact]
    public void Csv_by_names_in_the_first_line_with_several_hashes_a_row() => Assert.Equal(
        [
            "2 skip photodna", "2 + md5 aaaaaa '11'", "2 + sha1 012345 '11'",
            "3 + md5 bbbbbb 'two\nlines'",
            "5 bad HashMissing", "6 bad NotHex",
        ],
        SinkRecord.Read(HashFormat.Csv, $"MD5;SHA1;PhotoDNA;Image ID\r\n{A};{Sha1};AAAA;11\r\n\"{B}\";;;\"two\nlines\"\r\n;;;12\r\nzz;;;13\r\n").Lines);

    [Fact]
    public void Csv_by_numbers_with_kind_label_quality_opinion_and_operation()
    {
        var options = new HashReadOptions { Columns = CsvColumns.TryParse("kind=1,hash=2,label=3,quality=4,opinion=5,op=6", out _) };
        Assert.Equal(
            [
                "2 + md5 aaaaaa 'x' Negative", "3 + pdq f1f2f3 'y' q80", "4 - md5 bbbbbb", "5 skip photodna", "6 bad KindUnknown",
                "7 bad QualityUnknown", "8 bad OpinionUnknown", "9 bad OperationUnknown", "10 bad ColumnMissing",
            ],
            SinkRecord.Read(
                HashFormat.Csv,
                $"type,hash,label,quality,opinion,op\nHASH_MD5,{A},x,,negative,add\npdq,{Long},y,80,,\nmd5,{B},,,,remove\nPhotoDNA,xyz,,,,\nlantern,{A},,,,\nmd5,{A},,900,,\nmd5,{A},,,perhaps,\nmd5,{A},,,,turn\nmd5\n",
                options).Lines);
    }

    [Theory]
    [InlineData("hash=2,kind=1,label=3", true)]
    [InlineData("md5=MD5,label=Image ID", true)]
    [InlineData("kind=1", false)]
    [InlineData("hash=0", false)]
    [InlineData("hash=1,hash=2", false)]
    [InlineData("colour=1,hash=2", false)]
    [InlineData("hash", false)]
    public void Column_words_are_understood_or_refused(string words, bool good) => Assert.Equal(good, CsvColumns.TryParse(words, out _) is not null);

    [Fact]
    public void A_first_line_without_the_named_column_is_refused_with_what_it_has() =>
        Assert.Contains("'Lantern'", Assert.Throws<HashFormatException>(() => SinkRecord.Read(HashFormat.Csv, $"MD5,Name\n{A},x\n", new HashReadOptions { Columns = CsvColumns.TryParse("hash=Lantern", out _) })).Message, StringComparison.Ordinal);

    private const string Ncmec = $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <queryResult xmlns="https://hashsharing.example/v2">
          <images count="3" maxTimestamp="2026-01-02T00:00:00Z">
            <image>
              <member id="7">Made up</member><timestamp>2026-01-01T00:00:00Z</timestamp><id>lantern1</id><classification>A1</classification>
              <fingerprints><md5>{A}</md5><sha1>{Sha1}</sha1><pdna>AAAA</pdna><pdq>{Long}</pdq><tmk-pdqf rel="self" href="/x"/></fingerprints>
              <feedback><negativeFeedback type="Sha1"><reasons><reason guid="1" name="n" type="Sha1"/></reasons></negativeFeedback></feedback>
            </image>
            <deletedImage><member id="7">Made up</member><id>lantern4</id><timestamp>2026-01-02T00:00:00Z</timestamp></deletedImage>
            <image><member id="8"/><id>lantern2</id><fingerprints><md5>short</md5></fingerprints></image>
          </images>
          <videos count="1" maxTimestamp="2026-01-03T00:00:00Z">
            <video><member id="7">Made up</member><id>film1</id><fingerprints><md5>{B}</md5></fingerprints></video>
            <video><member id="7">Made up</member><id>film2</id><fingerprints/></video>
          </videos>
          <paging><next>/v2/entries?start=2001</next></paging>
        </queryResult>
        """;

    [Fact]
    public void Ncmec_answers_with_fingerprints_tombstones_and_objections()
    {
        string[] expected =
        [
            "1 + md5 aaaaaa '7/lantern1'", "1 + sha1 012345 '7/lantern1' Disputed", "1 skip photodna", "1 + pdq f1f2f3 '7/lantern1'", "1 skip tmk-pdqf",
            "2 - '7/lantern4'", "3 bad NotHex", "4 + md5 bbbbbb '7/film1'", "5 bad HashMissing", "checkpoint 2026-01-03T00:00:00Z",
        ];
        Assert.Equal(expected, SinkRecord.Read(HashFormat.Ncmec, Ncmec).Lines);
        Assert.Equal(expected, SinkRecord.Read(HashFormat.Ncmec, Ncmec, new HashReadOptions { Delta = true }).Lines.Where(line => !line.Contains("-?", StringComparison.Ordinal)));
        Assert.Equal(4, SinkRecord.Read(HashFormat.Ncmec, Ncmec, new HashReadOptions { Delta = true }).Lines.Count(line => line.Contains("-?", StringComparison.Ordinal)));
        Assert.Equal(expected, SinkRecord.Read(HashFormat.Ncmec, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Ncmec.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))]).Lines);
    }

    private const string Vics13 = $$"""
        {"odata.metadata":"http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Media","value":[
          {"odata.id":"Media(1)","MediaID":1,"Category":1,"MD5":"{{A}}","SHA1":"{{Sha1}}","MediaSize":"2835","Tags":null,
           "MediaFiles":[{"MD5":"{{B}}","FileName":"a.jpg","FilePath":"x"}],
           "AlternativeHashes@odata.navigationLinkUrl":"x","AlternativeHashes":[{"HashName":"PhotoDNA","HashValue":"AAAA"},{"HashName":"SHA256","HashValue":"{{Long}}"}]},
          {"MediaID":"2","Category":"0","MD5":"{{B}}"},
          {"MediaID":3,"Category":null,"MD5":"{{B}}"},
          {"MediaID":4,"MD5":"{{B}}","SHA1":""},
          {"MediaID":5,"Category":2,"MD5":"nonsense"},
          {"MediaID":6,"Category":2},
          7
        ]}
        """;

    [Fact]
    public void Project_vic_media_of_the_categories_asked_for()
    {
        Assert.Equal(
            [
                "1 + md5 aaaaaa 'MediaID 1 category 1'", "1 + sha1 012345 'MediaID 1 category 1'", "1 skip photodna", "1 + sha256 f1f2f3 'MediaID 1 category 1'",
                "2 skip category-0", "3 skip category-none", "4 skip no-category", "5 bad NotHex", "6 bad HashMissing", "7 bad HashMissing",
            ],
            SinkRecord.Read(HashFormat.Vics, Vics13).Lines);
        Assert.Contains("2 + md5 bbbbbb 'MediaID 2 category 0'", SinkRecord.Read(HashFormat.Vics, Vics13, new HashReadOptions { Categories = new HashSet<int> { 0 } }).Lines);
    }

    [Fact]
    public void A_project_vic_delta_takes_out_what_its_owner_no_longer_counts() => Assert.Equal(
        ["2 - md5 bbbbbb", "3 - md5 bbbbbb", "4 - md5 bbbbbb"],
        SinkRecord.Read(HashFormat.Vics, Vics13, new HashReadOptions { Delta = true }).Lines.Where(line => line.Contains(" - ", StringComparison.Ordinal)));

    [Fact]
    public void Project_vic_cases_hold_media_as_well() => Assert.Equal(
        ["1 + md5 aaaaaa 'MediaID 1 category 1'", "2 + md5 bbbbbb 'MediaID 2 category 2'"],
        SinkRecord.Read(HashFormat.Vics, $$"""
            {"@odata.context":"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Cases",
             "value":[{"CaseID":"made-up","Media":[{"MediaID":1,"Category":1,"MD5":"{{A}}","Exifs":[{"MD5":"x"}]},{"Category":2,"MD5":"{{B}}","MediaID":2}],"CaseNumber":"1"}]}
            """).Lines);

    [Theory]
    [InlineData("x", A, HashFormat.Plain)]
    [InlineData("x", "# lanterns\n-" + A, HashFormat.Plain)]
    [InlineData("x", A + ",md5 of a lantern", HashFormat.Plain)]
    [InlineData("x", "", HashFormat.Plain)]
    [InlineData("simple.HASH_MD5.te", A + ",1,2,3", HashFormat.ThreatExchange)]
    [InlineData("x", "pdq " + Long, HashFormat.Signals)]
    [InlineData("x", "video_md5 " + A, HashFormat.Signals)]
    [InlineData("x", "MD5;SHA1;Name\n", HashFormat.Csv)]
    [InlineData("x", "type,hash\n", HashFormat.Csv)]
    [InlineData("x", "\uFEFF <?xml", HashFormat.Ncmec)]
    [InlineData("x", " {\"odata", HashFormat.Vics)]
    public void The_form_is_recognised(string name, string text, object format) =>
        Assert.Equal(format, HashFormats.Detect(Encoding.UTF8.GetBytes(text), new HashReadOptions { FileName = name }));

    [Property]
    public void No_line_is_lost(byte[] shape)
    {
        // 0 blank, 1 comment, 2 bad, 3 a removal, 4-… a hash.
        int[] kinds = [.. (shape ?? []).Select(b => b % 8)];
        var sink = SinkRecord.Read(HashFormat.Plain, string.Concat(kinds.Select(kind => kind switch
        {
            0 => " \n",
            1 => "# x\n",
            2 => "not hex\r\n",
            3 => $"-{A}\r",
            _ => new string((char)('0' + kind), 64) + ",l\n",
        })), new HashReadOptions { Kind = null });
        Assert.Equal(kinds.Length, sink.EmptyLines + sink.Lines.Count);
        Assert.Equal(kinds.Count(kind => kind < 2), sink.EmptyLines);
    }

    /// <summary>A reader that stops at a buffer's edge, or takes a record apart there, loses lines: every length of the first line is tried.</summary>
    [Fact]
    public void Lines_and_records_over_the_edge_of_a_buffer_are_whole()
    {
        foreach (var length in Enumerable.Range((128 * 1024) - 40, 80))
        {
            // A comment of many lines moves what follows over the edge.
            var filler = string.Concat(Enumerable.Repeat("#" + new string('x', 98) + "\n", length / 100)) + "#" + new string('y', length % 100) + "\n";
            Assert.Equal(["+ md5 aaaaaa 'x,y'", "+ md5 bbbbbb ''"], SinkRecord.Read(HashFormat.Plain, $"{filler}{A},x,y\r\n{B}\r\n").Lines.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
            Assert.Equal(2, SinkRecord.Read(HashFormat.Csv, $"md5,{filler.Replace("\n", "", StringComparison.Ordinal)}\n\"{A}\",\"x\"\r\n{B},\r\n").Lines.Count(line => line.Contains('+', StringComparison.Ordinal)));
        }
    }
}
