using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fluid;
using Fluid.Values;
using Microsoft.Extensions.FileProviders;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Notices;

/// <summary>
/// Compiled notice templates (Liquid). Strict: a misspelt variable or filter fails the rendering. Bounded: steps, output and
/// length of a value; no files, no includes, only the filters named here:
/// day_vi ("ngày 24 tháng 11 năm 2026"), day_en ("24 November 2026"), moment ("08:30 24/11/2026 (UTC+7)"), upcase, downcase, join, size, default.
/// Safe to share between threads.
/// </summary>
public sealed partial class NoticeTemplates
{
    public const int MaxSteps = 50_000;

    /// <summary>Of a rendered body, in UTF-16 units.</summary>
    public const int LongestBody = 512 * 1024;
    public const int LongestSubject = 200;
    private const int LongestValue = 16 * 1024;
    private static readonly string[] SafeFilters = ["upcase", "downcase", "join", "size", "default"];
    private static readonly FluidParser Parser = new(new FluidParserOptions { AllowFunctions = false, AllowLiquidTag = false });
    private static readonly TemplateOptions Options = BuildOptions();
    private readonly Dictionary<string, Compiled> _templates = new(StringComparer.Ordinal);

    private NoticeTemplates()
    {
    }

    /// <summary>Compiles what can be compiled; a template that cannot answers <see cref="NoticeRendering.Failed"/> when it is asked for.</summary>
    public static NoticeTemplates Compile(IEnumerable<NoticeTemplateSource> sources)
    {
        var templates = new NoticeTemplates();
        foreach (NoticeTemplateSource source in sources)
        {
            bool good = Parser.TryParse(source.Subject, out IFluidTemplate? subject, out string? subjectError);
            string? bodyError = null;
            IFluidTemplate? body = null;
            good = good && Parser.TryParse(source.Body, out body, out bodyError);
            if (good && (RangeFinder.Finds(subject!) || RangeFinder.Finds(body!)))
                (good, bodyError) = (false, RangeFinder.Complaint);
            templates._templates[source.Name] = new Compiled(subject, body, good ? null : subjectError ?? bodyError);
        }

        return templates;
    }

    /// <param name="name">"takedown.vi" and so on.</param>
    public NoticeRendering Render(string name, NoticeModel model)
    {
        if (!_templates.TryGetValue(name, out Compiled? template))
            return new NoticeRendering.Failed($"there is no template '{name}'");
        if (template.Error is not null)
            return new NoticeRendering.Failed($"template '{name}' does not parse: {template.Error}");
        IReadOnlyDictionary<string, FluidValue> values = NoticeModelValues.Of(model);
        try
        {
            string subject = Spaces().Replace(NoticeModelValues.OneLine(Run(template.Subject!, values)), " ").Trim();
            if (subject.Length == 0)
                return new NoticeRendering.Failed($"template '{name}' renders an empty subject");
            if (subject.Length > LongestSubject)
                subject = Cut(subject);
            string body = BlankLines().Replace(Run(template.Body!, values).ReplaceLineEndings("\n"), "\n\n").Trim('\n') + "\n";
            return string.IsNullOrWhiteSpace(body)
                ? new NoticeRendering.Failed($"template '{name}' renders an empty body")
                : new NoticeRendering.Rendered(subject, body);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The engine reports every fault of a template by throwing, in types of its own and of the framework alike.
            return new NoticeRendering.Failed($"template '{name}' cannot be rendered: {Explain(exception)}");
        }
    }

    /// <summary>One value of a form or an API; null: it does not parse, or cannot be rendered from this model.</summary>
    public static string? RenderField(string liquid, NoticeModel model)
    {
        if (!Parser.TryParse(liquid, out IFluidTemplate? template, out _) || RangeFinder.Finds(template))
            return null;
        try
        {
            return Run(template, NoticeModelValues.Of(model)).Trim();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>The engine's complaint with its place in the text, or null when the text parses.</summary>
    internal static (int Line, int Column, string Message)? ParseFault(string text)
    {
        if (Parser.TryParse(text, out IFluidTemplate? template, out string? error))
            return RangeFinder.Finds(template) ? (1, 1, RangeFinder.Complaint) : null;
        string message = error.Split('\n')[0].TrimEnd('\r');
        System.Text.RegularExpressions.Match place = Place().Match(message);
        return place.Success
            ? (int.Parse(place.Groups["line"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(place.Groups["column"].ValueSpan, CultureInfo.InvariantCulture), message[..place.Index].TrimEnd())
            : (1, 1, message);
    }

    private static string Run(IFluidTemplate template, IReadOnlyDictionary<string, FluidValue> values)
    {
        var context = new TemplateContext(Options) { CultureInfo = CultureInfo.InvariantCulture };
        foreach ((string name, FluidValue value) in values)
            context.SetValue(name, value);
        using var writer = new BoundedWriter(LongestBody);

        // Nothing in here waits: the writer and every filter are in memory.
        template.RenderAsync(writer, NullEncoder.Default, context).AsTask().GetAwaiter().GetResult();
        return writer.ToString();
    }

    private static string Explain(Exception exception) => exception switch
    {
        MissingVariableException missing => missing.Message,
        AggregateException { InnerException: { } inner } => Explain(inner),
        FileNotFoundException => "templates cannot include other files",
        InvalidOperationException when exception.Message.Contains("recursion", StringComparison.OrdinalIgnoreCase) => $"it takes more than {MaxSteps} steps",
        _ => exception.Message,
    };

    private static string Cut(string subject)
    {
        int end = char.IsHighSurrogate(subject[LongestSubject - 2]) ? LongestSubject - 2 : LongestSubject - 1;
        return subject[..end].TrimEnd() + "…";
    }

    private static TemplateOptions BuildOptions()
    {
        var options = new TemplateOptions
        {
            StrictVariables = true,
            StrictFilters = true,
            MaxSteps = MaxSteps,
            MaxRecursion = 16,
            FileProvider = new NullFileProvider(),
            CultureInfo = CultureInfo.InvariantCulture,
            TimeZone = TimeZoneInfo.Utc,
            Now = static () => throw new MissingVariableException("now"),
            Assigned = static (_, value, _) => new(Bounded(value)),
            Captured = static (_, value, _) => new(Bounded(value)),
        };

        // Filters such as replace and append can build a text of any length within few steps.
        KeyValuePair<string, FilterDelegate>[] safe = [.. options.Filters.Where(filter => SafeFilters.Contains(filter.Key, StringComparer.Ordinal))];
        options.Filters.Clear();
        foreach ((string name, FilterDelegate filter) in safe)
            options.Filters.AddFilter(name, filter);
        options.Filters.AddFilter("day_vi", static (input, _, _) => new(Show(input, static day => $"ngày {day:dd} tháng {day:MM} năm {day:yyyy}")));
        options.Filters.AddFilter("day_en", static (input, _, _) => new(Show(input, static day => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture))));
        options.Filters.AddFilter("moment", static (input, _, _) => new(Show(input, static moment => moment.ToString("HH:mm dd/MM/yyyy (UTC+7)", CultureInfo.InvariantCulture))));
        return options;
    }

    private static StringValue Show(FluidValue input, Func<DateTime, string> format)
    {
        string text = input.ToStringValue();
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment))
            throw new FormatException("a date filter was given something that is no date");

        // A bare day is a day of the law, not midnight in Greenwich.
        return new StringValue(format(text.Contains('T', StringComparison.Ordinal) ? moment.UtcDateTime.AddHours(7) : moment.UtcDateTime));
    }

    private static FluidValue Bounded(FluidValue value) =>
        value.Type == FluidValues.String && value.ToStringValue().Length > LongestValue
            ? throw new InvalidDataException($"a value of the template is longer than {LongestValue} characters")
            : value;

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    // Conditions that did not hold leave empty lines behind.
    [GeneratedRegex(@"\n([ \t]*\n){2,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BlankLines();

    [GeneratedRegex(@" at \((?<line>[0-9]{1,6}):(?<column>[0-9]{1,6})\)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    private sealed record Compiled(IFluidTemplate? Subject, IFluidTemplate? Body, string? Error);

    private sealed class BoundedWriter(int longest) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            Check(1);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Check(count);
            base.Write(buffer, index, count);
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Check(buffer.Length);
            base.Write(buffer);
        }

        public override void Write(string? value)
        {
            Check(value?.Length ?? 0);
            base.Write(value);
        }

        private void Check(int more)
        {
            if (GetStringBuilder().Length + more > longest)
                throw new InvalidDataException($"the notice is longer than {longest} characters");
        }
    }
}
