using System.Globalization;
using System.Text;
using CsvHelper;
using Monitor.Worker.Demo;

namespace Monitor.Tests.Demo;

/// <summary>The committed files under samples are what the code makes for seed 1. To renew them set MONITOR_WRITE_SAMPLES=1.</summary>
public sealed class SampleFilesTests
{
    private static readonly SampleInternet Internet = SampleInternet.Create(1);

    public static TheoryData<string> Names => [.. Files().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Committed_files_are_current(string name)
    {
        var path = Path.Combine(SamplesFolder(), name);
        var expected = Files()[name];
        if (Environment.GetEnvironmentVariable("MONITOR_WRITE_SAMPLES") == "1")
            File.WriteAllBytes(path, expected);
        Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(path)), name + " differs");
    }

    [Fact]
    public void The_csv_reads_back_with_a_real_reader_in_both_encodings()
    {
        var text = SampleFiles.FlaggedCsv(Internet);
        var rows = Read(text);
        Assert.Equal(Internet.Platforms.Count, Internet.Platforms.Count(platform => rows.Any(row => row.Url == platform.Target.PageUrl)));
        Assert.Contains(rows, row => !Uri.TryCreate(row.Url, UriKind.Absolute, out _));
        Assert.NotEqual(rows.Count, rows.Select(row => row.Url).Distinct().Count());

        var older = CodePagesEncodingProvider.Instance.GetEncoding(1258)!.GetString(SampleFiles.Windows1258(text));
        Assert.NotEqual(text, older);
        Assert.Equal(text.Normalize(NormalizationForm.FormC), older.Normalize(NormalizationForm.FormC));
        Assert.Equal(rows, Read(older.Normalize(NormalizationForm.FormC)));
    }

    [Fact]
    public void Every_vietnamese_letter_survives_windows_1258()
    {
        const string Letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
        var all = Letters + Letters.ToUpperInvariant();
        var back = CodePagesEncodingProvider.Instance.GetEncoding(1258)!.GetString(SampleFiles.Windows1258(all));
        Assert.Equal(all, back.Normalize(NormalizationForm.FormC));
        Assert.Throws<EncoderFallbackException>(() => SampleFiles.Windows1258("漢"));
    }

    private static Dictionary<string, byte[]> Files() => new()
    {
        ["flagged.csv"] = Encoding.UTF8.GetBytes(SampleFiles.FlaggedCsv(Internet)),
        ["flagged-windows-1258.csv"] = SampleFiles.Windows1258(SampleFiles.FlaggedCsv(Internet)),
        ["hash-list.md5.txt"] = Encoding.UTF8.GetBytes(SampleFiles.HashList(Internet, "MD5", hash => hash.Md5)),
        ["hash-list.sha1.txt"] = Encoding.UTF8.GetBytes(SampleFiles.HashList(Internet, "SHA-1", hash => hash.Sha1)),
        ["hash-list.sha256.txt"] = Encoding.UTF8.GetBytes(SampleFiles.HashList(Internet, "SHA-256", hash => hash.Sha256)),
    };

    private static List<(string Url, string Source, string Note)> Read(string text)
    {
        using var reader = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        Assert.Equal(["url", "nguồn", "ngày nhận", "danh mục", "ghi chú"], reader.HeaderRecord!);
        var rows = new List<(string, string, string)>();
        while (reader.Read())
            rows.Add((reader.GetField("url")!, reader.GetField("nguồn")!, reader.GetField("ghi chú")!));
        return rows;
    }

    private static string SamplesFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Monitor.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("no Monitor.sln above the tests"), "samples");
    }
}
