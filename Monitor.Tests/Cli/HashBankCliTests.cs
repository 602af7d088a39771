using System.Text;
using Monitor.Tests.Banks;
using Monitor.Worker.Cli;

namespace Monitor.Tests.Cli;

/// <summary>Hash banks at the command line: what scripts read, and what people are told to do.</summary>
public sealed class HashBankCliTests
{
    private static readonly string[] As = ["--as", "an.nguyen"];

    [Fact]
    public async Task A_list_on_standard_input_is_taken_in_and_asked_in_order()
    {
        await using var home = new CliHome();
        using var list = new MemoryStream(Encoding.UTF8.GetBytes($"MD5,Label\n{new string('a', 32)},one\n{new string('b', 32)},two\n"));
        var imported = await home.AskAsync(list, ["hashes", "import", "--bank", "lanterns", "-", .. As, "--json"]);
        Assert.True(imported.Exit == ExitCodes.Done, imported.Output + imported.Error);
        var summary = imported.Lines[^1];
        Assert.Equal(
            ("lanterns", "md5", "csv", true, 2, 2, 0),
            (summary.GetProperty("bank").GetString()!, summary.GetProperty("kind").GetString()!, summary.GetProperty("format").GetString()!, summary.GetProperty("recognised").GetBoolean(), summary.GetProperty("entries").GetInt32(), summary.GetProperty("hashes").GetInt32(), summary.GetProperty("bad").GetInt32()));
        Assert.Equal("stdin", Assert.Single(await home.LinesAsync("hashes", "banks")).GetProperty("source").GetString());

        // Blank lines and nonsense are answered too: one line for each.
        using var queries = new MemoryStream(Encoding.UTF8.GetBytes($"{new string('b', 32)}\n\n{new string('C', 32)}\nđèn lồng\n{new string('A', 32)}\r\n{new string('x', 9000)}\n"));
        var found = await home.AskAsync(queries, ["hashes", "lookup", "--input", "-", "--json"]);
        Assert.Equal(ExitCodes.Done, found.Exit);
        Assert.Equal(["two", "", "", "", "one", ""], found.Lines.Select(line => line.GetProperty("matches").EnumerateArray().Select(match => match.GetProperty("entry").GetString()).SingleOrDefault() ?? ""));
        Assert.Equal([false, true, false, true, false, true], found.Lines.Select(line => line.TryGetProperty("error", out _)));
        Assert.Equal("{\"bank\":\"lanterns\",\"entry\":\"two\",\"distance\":0", found.Lines[0].GetProperty("matches")[0].GetRawText()[..45]);
    }

    [Fact]
    public async Task Columns_formats_and_deltas_are_asked_for_in_words()
    {
        await using var home = new CliHome();
        var list = home.File("list.csv", $"x;md5;{new string('a', 32)}\ny;photodna;zzz\nz;md5;nonsense\n");
        var imported = await home.LinesAsync(["hashes", "import", "--bank", "lanterns", "--columns", "label=1,kind=2,hash=3", "--checkpoint", "one", list, .. As]);
        Assert.Equal(("not-hex", 3), (imported[0].GetProperty("error").GetString()!, imported[0].GetProperty("line").GetInt32()));
        Assert.Equal(1, imported[^1].GetProperty("skipped").GetProperty("photodna").GetInt32());
        Assert.Equal("one", imported[^1].GetProperty("checkpoint").GetString());

        Assert.Equal(ExitCodes.Usage, (await home.AskAsync(["hashes", "import", "--bank", "lanterns", "--columns", "colour=1", list, .. As])).Exit);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync(["hashes", "import", "--bank", "lanterns", "--categories", "one", list, .. As])).Exit);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync(["hashes", "import", "--bank", "lanterns", "--format", "xls", list, .. As])).Exit);
        var delta = home.File("delta.txt", $"-{new string('a', 32)}\n+{new string('b', 32)},w\n");
        var refused = await home.AskAsync(["hashes", "import", "--bank", "lanterns", "--kind", "md5", "--delta", "--base", "zero", delta, .. As, "--lang", "en"]);
        Assert.Equal(ExitCodes.NotFoundOrConflict, refused.Exit);
        Assert.Contains("starts from 'zero', but lanterns/md5 stands at 'one'", refused.Error, StringComparison.Ordinal);
        var changed = (await home.LinesAsync(["hashes", "import", "--bank", "lanterns", "--kind", "md5", "--delta", "--base", "one", "--checkpoint", "two", delta, .. As]))[^1];
        Assert.Equal((1, 1, 1), (changed.GetProperty("entries").GetInt32(), changed.GetProperty("kinds")[0].GetProperty("added").GetInt32(), changed.GetProperty("kinds")[0].GetProperty("removed").GetInt32()));
        var bank = Assert.Single(await home.LinesAsync("hashes", "banks", "--verify"));
        Assert.Equal(("two", "one", "plain", 2), (bank.GetProperty("checkpoint").GetString()!, bank.GetProperty("base").GetString()!, bank.GetProperty("format").GetString()!, bank.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Entries_are_taken_out_and_put_back_with_name_and_reason()
    {
        await using var home = new CliHome();
        var list = home.File("list.txt", BankHome.List("a", "b"));
        await home.LinesAsync(["hashes", "import", "--bank", "lanterns", "--kind", "sha256", list, .. As]);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync(["hashes", "disable", "--bank", "lanterns", "--entry", "a", .. As])).Exit);
        var disabled = Assert.Single(await home.LinesAsync(["hashes", "disable", "--bank", "lanterns", "--entry", "a", "--reason", "ảnh vô hại", .. As]));
        Assert.Equal(("disabled", "an.nguyen"), (disabled.GetProperty("standing").GetString()!, disabled.GetProperty("by").GetString()!));
        Assert.Equal("a", Assert.Single(await home.LinesAsync("hashes", "entries")).GetProperty("entry").GetString());
        Assert.Equal(1, Assert.Single(await home.LinesAsync("hashes", "banks")).GetProperty("disabled").GetInt32());
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync(["hashes", "release", "--bank", "lanterns", "--entry", "a", "--reason", "x", .. As])).Exit);
        await home.LinesAsync(["hashes", "enable", "--bank", "lanterns", "--entry", BankHome.Digest("a").ToString(), "--reason", "đã xem lại", .. As]);
        Assert.Empty(await home.LinesAsync("hashes", "entries"));
        Assert.Contains(await home.LinesAsync("custody", "list"), line => line.GetRawText().Contains("disable-entry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_bank_is_a_problem_that_is_said()
    {
        await using var home = new CliHome();
        await home.LinesAsync(["hashes", "import", "--bank", "lanterns", "--kind", "sha256", home.File("list.txt", BankHome.List("a")), .. As]);
        var file = Directory.EnumerateFiles(Path.Combine(home.DataDirectory, "banks"), "*.bank").Single();
        System.IO.File.WriteAllText(file, "something else");
        var answer = await home.AskAsync("hashes", "banks", "--lang", "en");
        Assert.Equal(ExitCodes.Problems, answer.Exit);
        Assert.Contains("DAMAGED (Foreign): not in force", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_up_beside_a_damaged_bank_says_so_and_is_a_problem()
    {
        await using var home = new CliHome();
        await home.LinesAsync(["hashes", "import", "--bank", "lanterns", "--kind", "sha256", home.File("list.txt", BankHome.List(Enumerable.Range(0, 50).Select(i => "n" + i))), .. As]);
        Change(home, "*.bank");
        System.IO.File.Delete(Directory.EnumerateFiles(Path.Combine(home.DataDirectory, "banks"), "*.idx").Single());
        var answer = await home.AskAsync("hashes", "lookup", "--input", home.File("asked.txt", $"{BankHome.Digest("n1")}\n"), "--lang", "en");
        Assert.Equal(ExitCodes.Problems, answer.Exit);
        Assert.Contains("lanterns/sha256: DAMAGED (BodyDamaged), not asked", answer.Error, StringComparison.Ordinal);
        Assert.Contains("DAMAGED (BodyDamaged): not in force", (await home.AskAsync("hashes", "banks", "--lang", "en")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verification_says_that_it_built_an_index_anew()
    {
        await using var home = new CliHome();
        await home.LinesAsync(["hashes", "import", "--bank", "lanterns", "--kind", "sha256", home.File("list.txt", BankHome.List(Enumerable.Range(0, 50).Select(i => "n" + i))), .. As]);
        Change(home, "*.idx");
        var answer = await home.AskAsync("hashes", "banks", "--verify", "--lang", "en");
        Assert.Equal(ExitCodes.Done, answer.Exit);
        Assert.Contains("index sha256: was not what had been written, rebuilt", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("rebuilt", (await home.AskAsync("hashes", "banks", "--verify", "--lang", "en")).Output, StringComparison.Ordinal);
    }

    private static void Change(CliHome home, string pattern)
    {
        var path = Directory.EnumerateFiles(Path.Combine(home.DataDirectory, "banks"), pattern).Single();
        var bytes = System.IO.File.ReadAllBytes(path);
        bytes[300] ^= 0x10;
        System.IO.File.WriteAllBytes(path, bytes);
    }
}
