using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings;

/// <summary>Problems as people read them (the line with a caret under the place) and as programs do (one JSON object each).</summary>
public static class ProblemRenderer
{
    private const int WidestLine = 120;

    // Vietnamese stays readable; the line goes to a terminal or a program, not into a page.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="language">"vi" or "en".</param>
    /// <returns>Each problem, then a line that counts them. Lines end in \n.</returns>
    public static string RenderAll(IReadOnlyList<ConfigurationProblem> problems, string language)
    {
        var text = new StringBuilder();
        foreach (ConfigurationProblem problem in problems)
            text.Append(Render(problem, language)).Append('\n');
        int errors = problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        int warnings = problems.Count - errors;
        text.Append(new BilingualText($"{errors} lỗi, {warnings} cảnh báo", $"{errors} error{Plural(errors)}, {warnings} warning{Plural(warnings)}").In(language)).Append('\n');
        return text.ToString();
    }

    /// <summary>"file:line:column: error CFG010: message", the source line, a caret under the place, what is expected, what was probably meant.</summary>
    public static string Render(ConfigurationProblem problem, string language)
    {
        string severity = problem.Severity == ProblemSeverity.Error
            ? new BilingualText("lỗi", "error").In(language)
            : new BilingualText("cảnh báo", "warning").In(language);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{problem.File}:{problem.Line}:{problem.Column}: {severity} {problem.Code}: {Printable(problem.Message.In(language))}\n");
        if (problem.SourceLine is { } line && !string.IsNullOrWhiteSpace(line))
            AppendSource(text, line, problem.Span);
        if (problem.Expected is { } expected)
            text.Append("  ").Append(new BilingualText("cần: ", "expected: ").In(language)).Append(Printable(expected.In(language))).Append('\n');
        if (problem.Suggestion is { } suggestion)
            text.Append("  ").Append(new BilingualText("có phải ý bạn là: ", "did you mean: ").In(language)).Append(Printable(suggestion)).Append('\n');
        return text.ToString();
    }

    /// <summary>{file, line, column, length, code, severity, message, messageEnglish, expected, expectedEnglish, suggestion} on one line; absent parts are null.</summary>
    public static string ToJson(ConfigurationProblem problem) => new JsonObject
    {
        ["file"] = problem.File,
        ["line"] = problem.Line,
        ["column"] = problem.Column,
        ["length"] = problem.Span.Length,
        ["code"] = problem.Code,
        ["severity"] = problem.Severity == ProblemSeverity.Error ? "error" : "warning",
        ["message"] = problem.Message.Vietnamese,
        ["messageEnglish"] = problem.Message.English,
        ["expected"] = problem.Expected?.Vietnamese,
        ["expectedEnglish"] = problem.Expected?.English,
        ["suggestion"] = problem.Suggestion,
    }.ToJsonString(Json);

    private static void AppendSource(StringBuilder text, string line, SourceSpan span)
    {
        // A long line is shown around the place only.
        int from = Math.Max(0, Math.Min(span.Column - 1, line.Length) - (WidestLine / 2));
        if (line.Length <= WidestLine)
            from = 0;
        if (from > 0 && char.IsLowSurrogate(line[from]))
            from++;
        int to = Math.Min(line.Length, from + WidestLine);
        int start = Math.Clamp(span.Column - 1, from, to);
        int end = Math.Clamp(start + span.Length, start, to);
        string before = from > 0 ? "..." : "";
        string number = span.Line.ToString(CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"  {number} | {before}{Printable(line[from..to])}{(to < line.Length ? "..." : "")}\n");
        text.Append(' ', number.Length + 2).Append(" | ").Append(' ', before.Length + Width(line[from..start])).Append('^', Math.Max(1, Width(line[start..end]))).Append('\n');
    }

    /// <summary>Columns on a terminal: combining marks take none, wide characters of East Asia two.</summary>
    private static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
                _ when rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) => 2,
                _ => 1,
            };
        }

        return width;
    }

    /// <summary>What comes out of a file must not steer the terminal it is shown on; tabs become one space, as the caret counts them.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Select(character => character == '\t' ? ' '
            : char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? '\uFFFD'
            : character));

    private static string Plural(int count) => count == 1 ? "" : "s";
}
