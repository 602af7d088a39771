using System.Globalization;
using System.Text;

namespace Monitor.Worker.Demo;

/// <summary>The made-up internet as files that people import: a list of flagged URLs, hash lists. All are functions of the seed.</summary>
public static class SampleFiles
{
    /// <summary>
    /// Flagged URLs as CSV (RFC 4180): header "url,nguồn,ngày nhận,danh mục,ghi chú", quoted fields with commas, doubled quotes and a
    /// line break, several forms of one URL. One row is no URL at all and one repeats another, as in real lists.
    /// </summary>
    public static string FlaggedCsv(SampleInternet internet)
    {
        var dice = Dice.For(internet.Seed, "csv");
        string[] sources = ["111", "công an tỉnh", "người dân", "tổ công nghệ số cộng đồng"];
        string[] categories = ["sexual-exploitation", "self-generated-coerced", "victim-identity-exposure"];
        string[] notes =
        [
            "thấy trong nhóm trò chuyện, gửi lúc tối", "cụm từ \"đèn lồng xanh\" ở tiêu đề", "nhiều tài khoản chia sẻ lại", "gọi điện báo,\nsẽ bổ sung sau", "",
        ];
        var start = new DateOnly(2026, 3, 2);
        var csv = new StringBuilder("url,nguồn,ngày nhận,danh mục,ghi chú\r\n");
        var rows = 0;
        void Row(string url) => csv.Append(CultureInfo.InvariantCulture,
            $"{Quote(url)},{Quote(dice.Pick(sources))},{start.AddDays(rows++ / 6).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)},{dice.Pick(categories)},{Quote(dice.Pick(notes))}\r\n");

        foreach (var platform in internet.Platforms)
        {
            Row(platform.Target.IntakeUrls[0]);
            foreach (var form in platform.Target.IntakeUrls.Skip(1).Take(dice.Between(0, 2)))
                Row(form);
        }

        Row("không nhớ đường dẫn, xem ảnh chụp");
        Row(internet.Platforms[0].Target.IntakeUrls[0]);
        return csv.ToString();
    }

    /// <summary>
    /// Vietnamese in windows-1258, as older office programs save it: the code page has the base letters (ê, ơ …) and five
    /// combining tone marks, so precomposed letters are taken apart just so far.
    /// </summary>
    /// <exception cref="EncoderFallbackException">A character that the code page cannot express even in parts.</exception>
    public static byte[] Windows1258(string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(1258, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
        var parts = new StringBuilder(text.Length + 64);
        foreach (var letter in text.Normalize(NormalizationForm.FormC))
        {
            var apart = letter.ToString().Normalize(NormalizationForm.FormD);
            var tone = apart.AsSpan().IndexOfAny("\u0300\u0301\u0303\u0309\u0323");
            if (tone < 0)
                parts.Append(letter);
            else
                parts.Append(apart.Remove(tone, 1).Normalize(NormalizationForm.FormC)).Append(apart[tone]);
        }

        return encoding.GetBytes(parts.ToString());
    }

    /// <summary>One digest a line in lower-case hexadecimal, after two comment lines.</summary>
    public static string HashList(SampleInternet internet, string kind, Func<SampleHash, string> digest)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {kind} of the generated pictures of the sample world, seed {internet.Seed}\n# one digest a line\n");
        foreach (var line in internet.HashList.Select(digest).Order(StringComparer.Ordinal))
            text.Append(line).Append('\n');
        return text.ToString();
    }

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
