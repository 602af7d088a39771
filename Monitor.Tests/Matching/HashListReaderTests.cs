using FsCheck.Xunit;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;

namespace Monitor.Tests.Matching;

public sealed class HashListReaderTests
{
    private const string Md5 = "d41d8cd98f00b204e9800998ecf8427e";
    private const string Sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

    [Fact]
    public void Comments_blanks_labels_and_line_ends_of_every_kind()
    {
        string text = $"\uFEFF# list of lanterns\r\n\r\n{Md5}\r{Sha1.ToUpperInvariant()} , lantern, green \n  {Md5}\t twice\n\n#end";
        HashListReading reading = HashListReader.Read(new StringReader(text));

        Assert.Equal(
            [
                new HashListLine.Entry(3, Digest.Parse(Md5), null),
                new HashListLine.Entry(4, Digest.Parse(Sha1), "lantern, green"),
            ],
            reading.Entries);
        Assert.Empty(reading.Problems);
        Assert.Equal(1, reading.Duplicates);
        Assert.Equal(7, reading.Lines);
    }

    [Theory]
    [InlineData("zzzz8cd98f00b204e9800998ecf8427e", HashListProblem.NotHex)]
    [InlineData("d41d8cd98f00b204e9800998ecf842", HashListProblem.WrongLength)]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709,label", HashListProblem.WrongLength)]
    [InlineData(",label only", HashListProblem.DigestMissing)]
    [InlineData("<html>\u0001", HashListProblem.NotHex)]
    public void A_bad_line_is_reported_with_number_excerpt_and_reason(string line, HashListProblem problem)
    {
        HashListReading reading = HashListReader.Read(new StringReader($"# md5\n{line}\n{Md5}\n"), DigestKind.Md5);

        HashListLine.Bad bad = Assert.Single(reading.Problems);
        Assert.Equal(2, bad.Number);
        Assert.Equal(line.Replace('\u0001', '\uFFFD'), bad.Excerpt);
        Assert.Equal(problem, bad.Problem);
        Assert.Equal(3, Assert.Single(reading.Entries).Number);
    }

    [Fact]
    public void A_line_without_end_is_one_problem_and_not_a_heap_of_memory()
    {
        HashListReading reading = HashListReader.Read(new StringReader(new string('a', 5_000_000) + "\n" + Md5));

        HashListLine.Bad bad = Assert.Single(reading.Problems);
        Assert.Equal(HashListProblem.LineTooLong, bad.Problem);
        Assert.Equal(80, bad.Excerpt.Length);
        Assert.Equal(2, Assert.Single(reading.Entries).Number);
    }

    [Property]
    public void No_line_is_lost(byte[] shape)
    {
        // 0 blank, 1 comment, 2 bad, 3-… a digest (few distinct ones).
        int[] kinds = [.. (shape ?? []).Select(b => b % 8)];
        string text = string.Concat(kinds.Select(kind => kind switch
        {
            0 => " \n",
            1 => "# x\n",
            2 => "not hex\r\n",
            _ => new string((char)('0' + kind), 64) + ",l\n",
        }));
        HashListReading reading = HashListReader.Read(new StringReader(text));

        Assert.Equal(kinds.Length, reading.Lines);
        Assert.Equal(kinds.Count(kind => kind == 2), reading.Problems.Count);
        Assert.Equal(kinds.Count(kind => kind > 2), reading.Entries.Count + reading.Duplicates);
        Assert.Equal(reading.Entries.Count + reading.Duplicates + reading.Problems.Count, HashListReader.Stream(new StringReader(text)).Count());
    }
}
