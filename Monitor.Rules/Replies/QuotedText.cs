using System.Text.RegularExpressions;
using Monitor.Rules.Removal;

namespace Monitor.Rules.Replies;

/// <summary>
/// What an author wrote, without what they quote. An answer usually carries our own notice beneath it, and our words ("remove", "gỡ bỏ")
/// must never be read as theirs.
/// </summary>
public static partial class QuotedText
{
    /// <summary>Words of a run that counts as ours: shorter ones ("vi phạm pháp luật") are everybody's.</summary>
    private const int RunWords = 5;

    /// <param name="text">With line breaks.</param>
    /// <param name="own">What we had written; lines that mostly repeat it are dropped wherever they stand.</param>
    public static string Remove(string text, string own)
    {
        var runs = new HashSet<string>(Runs(own), StringComparer.Ordinal);
        var kept = new List<string>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (line.TrimStart().StartsWith('>') || IsOurs(line, runs))
            {
                continue;
            }

            // From here on everything is an earlier mail; whoever answers beneath it is read by the marks and by what is ours.
            var folded = NoticeText.Fold(line);
            if (Divider().IsMatch(line) || Introduction().IsMatch(folded) || IsOldHeader(lines, i))
            {
                if (HasQuoteMarks(lines, i + 1))
                {
                    continue;
                }

                break;
            }

            kept.Add(line);
        }

        return string.Join('\n', kept).Trim();
    }

    private static bool IsOurs(string line, HashSet<string> runs)
    {
        if (runs.Count == 0)
        {
            return false;
        }

        var (all, ours) = (0, 0);
        foreach (var run in Runs(line))
        {
            all++;
            ours += runs.Contains(run) ? 1 : 0;
        }

        return all > 0 && ours * 10 >= all * 6;
    }

    /// <summary>Addresses are no words: "… has been removed" behind one is its author's, whoever else had written the address.</summary>
    private static IEnumerable<string> Runs(string text)
    {
        var words = NoticeText.Fold(Address().Replace(text, " ")).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + RunWords <= words.Length; i++)
        {
            yield return string.Join(' ', words, i, RunWords);
        }
    }

    /// <summary>"From: …" and then "Sent: …" or "To: …" within a few lines, as mail programs write above what they quote.</summary>
    private static bool IsOldHeader(string[] lines, int at)
    {
        if (!Author().IsMatch(lines[at]))
        {
            return false;
        }

        for (var i = at + 1; i < lines.Length && i <= at + 4; i++)
        {
            if (HeaderLine().IsMatch(lines[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasQuoteMarks(string[] lines, int from)
    {
        for (var i = from; i < lines.Length && i < from + 3; i++)
        {
            if (lines[i].TrimStart().StartsWith('>'))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\S*(://|\[\.\])\S*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex(@"^\s*[-_=]{2,}\s*(original message|forwarded message|thư gốc|tin nhắn gốc|thư đã chuyển tiếp|tin nhắn đã chuyển tiếp)?\s*[-_=]{2,}\s*$|^\s*_{10,}\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^(on|le|am|vao|luc) .{4,160} (wrote|da viet|a ecrit|schrieb)\s*,?$|^.{4,120}(da viet|wrote),?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"^\s*\**(From|Từ|Người gửi)\**\s*:", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Author();

    [GeneratedRegex(@"^\s*\**(Sent|To|Date|Subject|Đã gửi|Gửi lúc|Đến|Tới|Ngày|Chủ đề|Tiêu đề)\**\s*:", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex HeaderLine();
}
