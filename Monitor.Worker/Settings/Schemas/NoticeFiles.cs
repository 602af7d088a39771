using System.Text.RegularExpressions;
using Monitor.Worker.Notices;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>notices/NAME.LANGUAGE.liquid: a first line "Subject: …", a blank line, the body. Each is tried on made-up models, so that a misspelt variable shows now and not when a notice must go out.</summary>
internal static partial class NoticeFiles
{
    private const string Folder = "notices/";
    private const string Ending = ".liquid";
    private const string SubjectPrefix = "Subject:";

    public static Dictionary<string, NoticeTemplateSource> Read(ConfigurationSnapshot snapshot, Func<ConfigurationSnapshot.Entry, SourceFile?> decode, ProblemSink sink)
    {
        var templates = new Dictionary<string, NoticeTemplateSource>(StringComparer.Ordinal);
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (ConfigurationSnapshot.Entry file in snapshot.Files)
        {
            if (file.Fault == ConfigurationSnapshot.FileFault.Unexpected || !file.Path.StartsWith(Folder, StringComparison.Ordinal))
                continue;
            string name = Path.GetFileName(file.Path)[..^Ending.Length];
            present.Add(name);
            if (decode(file) is { } source && Parse(source, name) is { } template)
                templates.Add(name, template);
        }

        foreach (string name in NoticeKinds.TemplateNames.Where(name => !present.Contains(name)))
        {
            sink.Add(new ConfigurationProblem
            {
                File = Folder + name + Ending,
                Span = SourceSpan.Start,
                Code = ProblemCodes.TemplateMissing,
                Severity = ProblemSeverity.Error,
                Message = new("thiếu mẫu văn bản bắt buộc", "the required notice template is missing"),
                Suggestion = Suggestion.For(name, present.Where(other => !NoticeKinds.TemplateNames.Contains(other))) is { } close ? Folder + close + Ending : null,
            });
        }

        return templates;
    }

    private static NoticeTemplateSource? Parse(SourceFile file, string name)
    {
        System.Text.RegularExpressions.Match parts = NamePattern().Match(name);
        if (!parts.Success)
        {
            file.Report(
                SourceSpan.Start,
                ProblemCodes.UnknownFile,
                new("tên tệp không theo dạng loại.ngôn-ngữ.liquid", "the file's name is not of the form kind.language.liquid"),
                Expectations.OneOf([.. NoticeKinds.TemplateNames.Select(known => known + Ending)]));
            return null;
        }

        string text = file.Text.ReplaceLineEndings("\n");
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string first = end < 0 ? text : text[..end];
        if (!first.StartsWith(SubjectPrefix, StringComparison.Ordinal) || string.IsNullOrWhiteSpace(first[SubjectPrefix.Length..]))
        {
            file.Report(
                SourceSpan.Start with { Length = Math.Max(1, first.Length) },
                ProblemCodes.SubjectMissing,
                new("dòng đầu phải là tiêu đề thư", "the first line must be the subject"),
                new("Subject: {{ notice.reference }} ...", "Subject: {{ notice.reference }} ..."));
            return null;
        }

        int second = end < 0 ? -1 : text.IndexOf('\n', end + 1);
        if (second < 0 || !string.IsNullOrWhiteSpace(text[end..second]))
        {
            file.Report(
                new SourceSpan(2, 1, 1),
                ProblemCodes.SubjectMissing,
                new("sau dòng tiêu đề cần một dòng trống rồi đến nội dung", "a blank line and then the body must follow the subject"));
            return null;
        }

        // Parsed as a whole, so that lines are counted from the top of the file.
        if (NoticeTemplates.ParseFault(text) is { } fault)
        {
            file.Report(
                new SourceSpan(fault.Line, fault.Column, 1),
                ProblemCodes.TemplateDoesNotParse,
                new($"mẫu sai cú pháp: {fault.Message}", $"the template does not parse: {fault.Message}"));
            return null;
        }

        var source = new NoticeTemplateSource(name, parts.Groups["language"].Value, first[SubjectPrefix.Length..].Trim(), text[(second + 1)..]);
        NoticeTemplates compiled = NoticeTemplates.Compile([source]);
        foreach (NoticeModel model in new[] { SampleNotices.Full(parts.Groups["kind"].Value), SampleNotices.Least(parts.Groups["kind"].Value) })
        {
            if (compiled.Render(name, model) is NoticeRendering.Failed failed)
            {
                file.Report(
                    Place(text, failed.Reason),
                    ProblemCodes.TemplateDoesNotRender,
                    new($"không dùng được: {failed.Reason}", failed.Reason));
                return null;
            }
        }

        return source;
    }

    /// <summary>Where the name that the reason quotes stands in the text; the top of the file when it cannot be found.</summary>
    private static SourceSpan Place(string text, string reason)
    {
        System.Text.RegularExpressions.Match quoted = Quoted().Match(reason);
        if (!quoted.Success)
            return SourceSpan.Start;
        string wanted = quoted.Groups["name"].Value;
        int at = text.IndexOf(wanted, StringComparison.Ordinal);
        if (at < 0)
        {
            // In a loop the author's own name for the item stands before the dot.
            wanted = wanted[(wanted.LastIndexOf('.') + 1)..];
            at = text.IndexOf('.' + wanted, StringComparison.Ordinal) + 1;
            if (at <= 0)
                return SourceSpan.Start;
        }

        int lineStart = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        return new SourceSpan(text.AsSpan(0, at).Count('\n') + 1, at - lineStart + 1, wanted.Length);
    }

    [GeneratedRegex(@"\A(?<kind>[a-z][a-z0-9\-]*)\.(?<language>vi|en)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"(?:variable|filter) '(?<name>[^']+)'", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
