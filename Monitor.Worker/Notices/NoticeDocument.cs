using System.Text.RegularExpressions;
using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Notices;

/// <summary>A part of a notice as it is set on a page or in HTML.</summary>
public abstract record NoticeBlock
{
    private NoticeBlock()
    {
    }

    /// <summary>Two columns, each line centred; ruled: with a short line under each.</summary>
    public sealed record Columns(IReadOnlyList<(string Text, bool Bold)> Left, IReadOnlyList<(string Text, bool Bold)> Right, bool Ruled) : NoticeBlock;

    public sealed record Title(string Text) : NoticeBlock;

    public sealed record Paragraph(string Text, bool Bold = false) : NoticeBlock;

    /// <summary>Head of one of the things that are asked for: its number and page.</summary>
    public sealed record Item(string Text) : NoticeBlock;

    /// <summary>A fact of the item before it.</summary>
    public sealed record Fact(string Text) : NoticeBlock;

    public sealed record Bullet(string Text) : NoticeBlock;

    /// <summary>Below everything else, small: what lets others check our log.</summary>
    public sealed record Annex(string Text) : NoticeBlock;
}

/// <summary>
/// The words of a notice's text set as a document: in Vietnamese with head, number, place and date, addressee, "Nơi nhận" and signature where Decree 30/2020/ND-CP, annex I, puts them.
/// The text is the statement; nothing is said here that it does not say, and nothing of it is left out. Templates are the agency's own, so head and foot are found by the values
/// that they must print; where they are not found, the text stands line by line.
/// </summary>
public static partial class NoticeDocument
{
    private const string Nation = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM";
    private const string Motto = "Độc lập - Tự do - Hạnh phúc";
    private const string Recipients = "Nơi nhận:";

    public static IReadOnlyList<NoticeBlock> Of(Notice notice, NoticeModel model)
    {
        var lines = notice.Body.Split('\n').Select(line => line.TrimEnd()).ToList();
        var annex = Annex(lines, model);
        var head = lines.FindIndex(line => line.EndsWith(model.Addressee, StringComparison.Ordinal));
        var foot = notice.Language == "vi" ? FootVietnamese(lines, model) : FootEnglish(lines, model);
        var blocks = new List<NoticeBlock>();
        if (notice.Language == "vi" && head >= 0 && foot > head && lines.Take(head).Contains(Nation))
        {
            HeadVietnamese(blocks, lines[..head], model);
            blocks.Add(new NoticeBlock.Title(lines[head].Trim()));
            Middle(blocks, lines[(head + 1)..foot]);
            SignatureVietnamese(blocks, lines[foot..], model);
        }
        else if (notice.Language != "vi" && head >= 0 && foot > head)
        {
            Letter(blocks, lines[..head]);
            blocks.Add(new NoticeBlock.Paragraph(lines[head].Trim(), Bold: true));
            Middle(blocks, lines[(head + 1)..foot]);
            blocks.AddRange(lines[foot..].Where(line => line.Length > 0).Select((line, i) => new NoticeBlock.Paragraph(line.Trim(), Bold: i == 0)));
        }
        else
        {
            Middle(blocks, lines);
        }

        blocks.AddRange(annex.Where(line => line.Length > 0).Select(line => new NoticeBlock.Annex(line)));
        return blocks;
    }

    /// <summary>Takes the checkpoint, and the line that introduces it, off the end.</summary>
    private static List<string> Annex(List<string> lines, NoticeModel model)
    {
        var origin = model.Checkpoint?.Split('\n')[0];
        var at = origin is null ? -1 : lines.LastIndexOf(origin);
        if (at < 0)
        {
            return [];
        }

        at = at > 0 && lines[at - 1].EndsWith(':') ? at - 1 : at;
        var annex = lines[at..];
        lines.RemoveRange(at, lines.Count - at);
        return annex;
    }

    private static void HeadVietnamese(List<NoticeBlock> blocks, List<string> lines, NoticeModel model)
    {
        var date = lines.FirstOrDefault(line => Dated().IsMatch(line));
        var left = new List<(string, bool)>();
        if (model.Agency.Superior.Length > 0)
        {
            left.Add((model.Agency.Superior.ToUpperInvariant(), false));
        }

        left.Add((model.Agency.Name.ToUpperInvariant(), true));
        blocks.Add(new NoticeBlock.Columns(left, [(Nation, true), (Motto, true)], Ruled: true));
        var about = lines.Where(line => line.StartsWith("Số:", StringComparison.Ordinal) || line.StartsWith("V/v", StringComparison.Ordinal)).ToList();
        blocks.Add(new NoticeBlock.Columns([.. about.Select(line => (line, false))], date is null ? [] : [(date, false)], Ruled: false));

        // What else the head says (a resent copy, urgency) stands out before the addressee.
        string[] placed = [model.Agency.Superior.ToUpperInvariant(), model.Agency.Name.ToUpperInvariant(), Nation, Motto, date ?? "", .. about];
        blocks.AddRange(lines.Where(line => line.Length > 0 && line.Any(char.IsLetterOrDigit) && !placed.Contains(line, StringComparer.OrdinalIgnoreCase)).Select(line => new NoticeBlock.Paragraph(line, Bold: true)));
    }

    private static void SignatureVietnamese(List<NoticeBlock> blocks, List<string> lines, NoticeModel model)
    {
        var at = lines.FindIndex(line => line.StartsWith(Recipients, StringComparison.Ordinal));
        var before = at < 0 ? lines : lines[..at];
        var after = at < 0 ? [] : lines[at..];
        string[] signature = [model.Signer.Title.ToUpperInvariant(), model.Signer.Name];
        blocks.AddRange(before.Where(line => line.Length > 0 && !(at < 0 && signature.Contains(line))).Select(line => new NoticeBlock.Paragraph(line)));
        var left = after.Where(line => line.Length > 0 && !signature.Contains(line)).Select((line, i) => (line, i == 0)).ToList();
        var right = new List<(string, bool)>();
        if (model.Signer.Title.Length > 0)
        {
            right.Add((model.Signer.Title.ToUpperInvariant(), true));
        }

        // Room for signature and seal.
        right.AddRange([("", false), ("", false), ("", false), (model.Signer.Name, true)]);
        blocks.Add(new NoticeBlock.Columns(left, right, Ruled: false));
    }

    private static void Letter(List<NoticeBlock> blocks, List<string> lines)
    {
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            blocks.Add(line.Length > 8 && line.Any(char.IsUpper) && !line.Any(char.IsLower) ? new NoticeBlock.Title(line) : new NoticeBlock.Paragraph(line));
        }
    }

    /// <summary>Lines of the statement: "1. …" begins an item, indented lines are its facts, "- …" are points.</summary>
    private static void Middle(List<NoticeBlock> blocks, List<string> lines)
    {
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            blocks.Add(
                ItemHead().IsMatch(line) ? new NoticeBlock.Item(line)
                : line.StartsWith("   ", StringComparison.Ordinal) ? new NoticeBlock.Fact(line.Trim())
                : line.StartsWith("- ", StringComparison.Ordinal) ? new NoticeBlock.Bullet(line[2..])
                : new NoticeBlock.Paragraph(line.Trim()));
        }
    }

    /// <summary>The agency's name on a line of its own, before its address.</summary>
    private static int FootVietnamese(List<string> lines, NoticeModel model)
    {
        var at = lines.LastIndexOf(model.Agency.Name);
        return at >= 0 ? at : lines.FindLastIndex(line => line.StartsWith(Recipients, StringComparison.Ordinal));
    }

    private static int FootEnglish(List<string> lines, NoticeModel model)
    {
        var signed = model.Signer.Name.Length == 0 ? -1 : lines.FindLastIndex(line => line.StartsWith(model.Signer.Name, StringComparison.Ordinal));
        return signed >= 0 ? signed : lines.LastIndexOf(model.Agency.NameEnglish);
    }

    [GeneratedRegex(@"\A[0-9]{1,4}\. ", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ItemHead();

    [GeneratedRegex(@"ngày [0-9]{2} tháng [0-9]{2} năm [0-9]{4}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Dated();
}
