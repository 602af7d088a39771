using System.Globalization;
using System.Text;
using Monitor.Rules.Hashing;
using Monitor.Tests.Media;
using Monitor.Tests.Process;
using Monitor.Worker.Cli;

namespace Monitor.Tests.Cli;

/// <summary>Verbs that read streams: one answer per line in order, whatever a line holds.</summary>
public sealed class StatelessVerbTests
{
    [Fact]
    public async Task Hostile_lines_are_each_answered_in_their_place()
    {
        await using var home = new CliHome();
        var big = new string('x', 5 * 1024 * 1024);
        string[] lines =
        [
            "not json",
            "{}",
            "[]",
            "null",
            """{"id":"a","status":404,"requestedUrl":"http://a.example/1","unknown":{"x":[1]}}""",
            "{\"id\":\"big\",\"status\":200,\"requestedUrl\":\"http://a.example/2\",\"body\":\"<main>" + big + "</main>\"}",
            """{"id":"\ud800","status":200,"body":"\udc00","headers":{"\ud800":"x","content-type":"\ud800"},"finalUrl":"\ud800","baseline":{"title":"\ud800"}}""",
            """{"\ud800":1,"id":7,"status":"x","headers":[1],"baseline":7,"control":"x","transportError":"dns-nxdomain"}""",
            """{"id":"n","status":1e400,"body":12}""",
            new string('[', 5000),
            """{"id":"z","status":410}""",
        ];
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        var answer = await home.SayAsync(input, ["removal", "classify", "--input", "-"]);

        Assert.Equal(ExitCodes.Done, answer.Exit);
        Assert.Equal(lines.Length, answer.Lines.Count);
        Assert.Equal(["not JSON", null, "not an object", "not an object", null, null, null, null, null, "not JSON", null], answer.Lines.Select(line => line.TryGetProperty("error", out var error) ? error.GetString() : null));
        Assert.Equal(("a", "gone"), (answer.Lines[4].GetProperty("id").GetString(), answer.Lines[4].GetProperty("liveness").GetString()));
        Assert.Equal(7, answer.Lines[7].GetProperty("id").GetInt32());
        Assert.Equal(("z", "gone"), (answer.Lines[^1].GetProperty("id").GetString(), answer.Lines[^1].GetProperty("liveness").GetString()));
        Assert.False(Directory.Exists(home.DataDirectory));
    }

    [Fact]
    public async Task A_line_beyond_the_cap_is_skipped_and_the_next_one_read()
    {
        using var text = new StringReader("abc\r\n" + new string('x', 100) + "\n\nde");
        var lines = new BoundedLines(text, 10);
        var read = new List<(string, bool)>();
        while (await lines.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            read.Add(line);
        }

        Assert.Equal([("abc", false), ("", true), ("", false), ("de", false)], read);
    }

    [Fact]
    public async Task Rules_match_with_a_keyword_list_needs_no_configuration()
    {
        await using var home = new CliHome();
        var list = home.File("words.txt", "# chú thích\nđèn lồng xanh\n");
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("""{"id":1,"text":"\ud800Bán đèn lồng xanh và ĐÈN LỒNG XANH"}""" + "\n" + """{"id":"b","text":"đèn lồng đỏ"}""" + "\n" + """{"id":"c"}""" + "\nnonsense\n"));

        var answer = await home.SayAsync(input, ["rules", "match", "--keywords", list, "--input", "-", "--config", home.At("nowhere")]);

        Assert.Equal(ExitCodes.Done, answer.Exit);
        Assert.Equal(4, answer.Lines.Count);
        var findings = answer.Lines[0].GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal([(5, "đèn lồng xanh"), (22, "ĐÈN LỒNG XANH")], findings.Select(one => (one.GetProperty("start").GetInt32(), one.GetProperty("text").GetString()!)));
        Assert.All(findings, one => Assert.Equal("đèn lồng xanh", one.GetProperty("keyword").GetString()));
        Assert.Empty(answer.Lines[1].GetProperty("findings").EnumerateArray());
        Assert.False(Directory.Exists(home.DataDirectory));
        Assert.Equal(ExitCodes.Usage, (await home.SayAsync(null, ["rules", "match", "--keywords", home.At("none"), "--input", "-"])).Exit);
    }

    [Theory]
    [InlineData("cà phê", "bánh mì")]
    [InlineData("kênh_7", "kênh_8")]
    public async Task A_keyword_repeated_without_end_hides_no_other_and_the_cut_is_told(string often, string once)
    {
        await using var home = new CliHome();
        var list = home.File("words.txt", $"{often}\n{once}\n");
        var rules = home.File("rules.yaml", home.Folder.Read("rulesets/sample.yaml")
            .Replace("        - đèn lồng xanh", $"        - đèn lồng xanh\n        - {often}\n        - {once}", StringComparison.Ordinal)
            .Replace("    status: stable", "    guidance: shared\n    status: stable", StringComparison.Ordinal));
        Directory.CreateDirectory(home.At("guidance"));
        home.File(Path.Combine("guidance", "shared.md"), "# x\n");
        var pages = home.File("pages.jsonl", string.Join('\n', new[] { string.Concat(Enumerable.Repeat(often + " ", 5000)) + once, once, new string('-', 1024 * 1024) + once }.Select(text => System.Text.Json.JsonSerializer.Serialize(new { id = 1, text }))));

        foreach (var answer in new[]
        {
            await home.SayAsync(null, ["rules", "match", "--keywords", list, "--input", pages]),
            await home.SayAsync(null, ["rules", "match", "--rules", rules, "--input", pages]),
        })
        {
            Assert.True(answer.Exit == ExitCodes.Done, answer.Error);
            Assert.Equal([false, true, false], answer.Lines.Select(line => line.GetProperty("complete").GetBoolean()));
            Assert.Equal([true, true, false], answer.Lines.Select(line => line.GetProperty("findings").EnumerateArray().Any(one => one.GetProperty("keyword").GetString() == once)));
        }
    }

    [Fact]
    public async Task A_keyword_list_with_an_endless_line_or_without_any_keyword_is_refused_at_once()
    {
        await using var home = new CliHome();
        var input = home.File("pages.jsonl", """{"id":1,"text":"đèn lồng xanh"}""");
        async Task<Answer> With(byte[] list) => await home.SayAsync(null, ["rules", "match", "--keywords", home.File("words.txt", list), "--input", input, "--lang", "en"]);

        var longer = await With(Encoding.UTF8.GetBytes("# " + new string('x', 300) + "\nđèn\n" + string.Concat(Enumerable.Repeat("đèn lồng ", 40)) + "\n"));
        Assert.Equal(ExitCodes.Usage, longer.Exit);
        Assert.Contains("words.txt:3: a keyword has 359 characters; at most 256", longer.Error, StringComparison.Ordinal);
        byte[][] useless = [[], "# chỉ có ghi chú\n \n\u200B\n"u8.ToArray(), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x00, 0x00, 0x01]];
        foreach (var list in useless)
        {
            var answer = await With(list);
            Assert.Equal((ExitCodes.Usage, ""), (answer.Exit, answer.Output));
            Assert.Contains("words.txt", answer.Error, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCodes.Done, (await With(Encoding.UTF8.GetBytes(new string('x', 256)))).Exit);
    }

    [Fact]
    public async Task A_blank_line_is_answered_in_its_place()
    {
        await using var home = new CliHome();
        var list = home.File("words.txt", "đèn lồng xanh\n");
        var texts = home.File("texts.jsonl", "\n" + """{"id":1,"text":"đèn lồng xanh"}""" + "\n  \r\n" + """{"id":2,"text":"x"}""" + "\n");
        var pages = home.File("pages.jsonl", "\n" + """{"id":1,"status":404}""" + "\n  \r\n" + """{"id":2,"status":410}""" + "\n");
        foreach (var words in new string[][] { ["rules", "match", "--keywords", list, "--input", texts], ["removal", "classify", "--input", pages] })
        {
            var lines = (await home.SayAsync(null, words)).Lines;
            Assert.Equal(["empty line", null, "empty line", null], lines.Select(line => line.TryGetProperty("error", out var error) ? error.GetString() : null));
            Assert.Equal([null, "1", null, "2"], lines.Select(line => line.GetProperty("id") is { ValueKind: System.Text.Json.JsonValueKind.Number } id ? id.GetRawText() : null));
        }
    }

    [Fact]
    public async Task A_keyword_list_and_rules_together_are_a_usage_error()
    {
        await using var home = new CliHome();
        var list = home.File("words.txt", "đèn lồng xanh\n");
        var answer = await home.SayAsync(null, ["rules", "match", "--keywords", list, "--rules", Path.Combine(Settings.ConfigFolder.Root, "samples", "rulesets", "passes.yaml"), "--input", list]);
        Assert.Equal((ExitCodes.Usage, ""), (answer.Exit, answer.Output));
        Assert.Contains("--rules", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_are_told_their_size_and_perceptual_hash_and_other_files_none()
    {
        await using var home = new CliHome();
        var picture = EncodedPictures.Skia(Picture.Waves(640, 480, PixelLayout.Rgba), SkiaSharp.SKEncodedImageFormat.Png);
        string[] files =
        [
            home.File("whole.bin", picture), home.File("cut.png", picture[..(picture.Length / 2)]), home.File("text.jpg", "đèn lồng xanh"u8.ToArray()),
            home.File("empty", []), home.File("huge.png", EncodedPictures.Png(60000, 60000, [0])), home.At("missing.png"),
        ];

        var answer = await home.SayAsync(null, ["hashes", "compute", .. files, "--json", "--config", home.At("nowhere")]);

        Assert.Equal(ExitCodes.Done, answer.Exit);
        Assert.Equal(files, answer.Lines.Select(line => line.GetProperty("file").GetString()));
        string? Text(int line, string name) => answer.Lines[line].GetProperty(name).GetString();
        int Number(int line, string name) => answer.Lines[line].GetProperty(name).GetInt32();
        Assert.Equal(("0adaa3f00bda07f00a5a0ff00b5a1ff00d5afff00aa5aa0fdfe50f8f7c05e00f", "full-resolution"), (Text(0, "pdq"), Text(0, "pdqVariant")));
        Assert.Equal((640, 480, 100), (Number(0, "width"), Number(0, "height"), Number(0, "pdqQuality")));
        Assert.False(answer.Lines[0].GetProperty("partial").GetBoolean());
        Assert.True(answer.Lines[1].GetProperty("partial").GetBoolean());
        Assert.Equal(64, Text(1, "pdq")!.Length);
        Assert.Equal(["decoded", "decoded", "not-an-image", "not-an-image", "too-large"], Enumerable.Range(0, 5).Select(line => Text(line, "picture")!));
        Assert.All(Enumerable.Range(2, 3), line => Assert.Null(Text(line, "pdq")));
        Assert.All(Enumerable.Range(0, 5), line => Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(files[line]))), Text(line, "sha256")));
        Assert.True(answer.Lines[5].TryGetProperty("error", out _));
        Assert.Contains("pdq 0adaa3f0", (await home.SayAsync(null, ["hashes", "compute", files[0]])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digests_are_computed_imported_and_looked_up()
    {
        await using var home = new CliHome();
        var file = home.File("a.bin", "đèn lồng xanh"u8.ToArray());
        var computed = await home.SayAsync(null, ["hashes", "compute", file, home.At("missing"), "--json"]);
        Assert.Equal(ExitCodes.Done, computed.Exit);
        Assert.Equal(2, computed.Lines.Count);
        Assert.True(computed.Lines[1].TryGetProperty("error", out _));
        var sha256 = computed.Lines[0].GetProperty("sha256").GetString()!;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("đèn lồng xanh"u8)), sha256);

        var bank = home.File("bank.txt", $"# danh sách\n{sha256}\n{sha256.ToUpperInvariant()}\nkhông phải mã\n");
        var imported = await home.LinesAsync("hashes", "import", "--bank", "sample", "--kind", "sha256", bank, "--as", "an.nguyen");
        Assert.Equal((1, 1, 1), (imported[^1].GetProperty("entries").GetInt32(), imported[^1].GetProperty("duplicates").GetInt32(), imported[^1].GetProperty("bad").GetInt32()));
        Assert.Equal("sample", Assert.Single(await home.LinesAsync("hashes", "banks")).GetProperty("bank").GetString());

        var found = await home.LinesAsync("hashes", "lookup", "--input", home.File("q.txt", $"{sha256}\n{new string('0', 64)}\nnonsense\n"));
        Assert.Equal([1, 0, 0], found.Select(line => line.GetProperty("matches").GetArrayLength()));
        Assert.Equal(0, found[0].GetProperty("matches")[0].GetProperty("distance").GetInt32());
        Assert.True(found[2].TryGetProperty("error", out _));
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("hashes", "import", "--bank", "Bad Name", "--kind", "md5", bank, "--as", "an.nguyen")).Exit);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("hashes", "import", "--bank", "empty", "--kind", "sha256", home.File("e.txt", "# nothing\n"), "--as", "an.nguyen")).Exit);
        Assert.Equal(1.ToString(CultureInfo.InvariantCulture), imported[^1].GetProperty("version").ToString());
    }
}
