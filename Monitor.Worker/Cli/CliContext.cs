using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Spectre.Console;

namespace Monitor.Worker.Cli;

/// <summary>Where a verb runs and how it speaks: its streams, its language, who asks. The same verb runs in its own process or inside the running owner.</summary>
public sealed class CliContext : ISpeaker
{
    private static readonly JsonSerializerOptions JsonLines = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Absent values are written as null: who reads the lines finds every field of the contract.
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public required TextWriter Out { get; init; }

    public required TextWriter Err { get; init; }

    /// <summary>For verbs that read "-"; null when there is none (a forwarded call).</summary>
    public Stream? In { get; init; }

    public required string WorkingDirectory { get; init; }

    public bool IsTerminal { get; init; }

    /// <summary>MONITOR_USER of the caller.</summary>
    public string? DefaultUser { get; init; }

    public bool Json { get; set; }

    public Language Language { get; set; } = Language.Vietnamese;

    public string ConfigDirectory { get; set; } = "config";

    public string DataDirectory { get; set; } = "data";

    public string? User { get; set; }

    /// <summary>Set by verbs that change nothing: for them no store is made where none is.</summary>
    public bool OnlyReads { get; set; }

    /// <summary>The caller's words, for forwarding to the owner.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The house this verb runs in, when it runs inside the owner; otherwise it is opened for the verb alone.</summary>
    public House? House { get; init; }

    public bool English => Language == Language.English;

    public string Say(string vietnamese, string english) => English ? english : vietnamese;

    public string PathOf(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>One JSON object on one line.</summary>
    public void Line(object value) => Out.WriteLine(JsonSerializer.Serialize(value, value.GetType(), JsonLines));

    /// <summary>What outsiders wrote must not steer the terminal: control and direction characters are shown as U+FFFD.</summary>
    public static string Clean(string text) => text.All(Harmless) ? text : string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = Harmless(source[i]) ? source[i] : '\uFFFD';
        }
    });

    private static bool Harmless(char c) => c is '\n' or '\t' || (!char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format);

    /// <summary>A row for people or for scripts.</summary>
    public void Tell(object json, string vietnamese, string english)
    {
        if (Json)
        {
            Line(json);
        }
        else
        {
            Out.WriteLine(Clean(Say(vietnamese, english)));
        }
    }

    public int Refuse(Refusal refusal)
    {
        var sentence = Clean(Messages.Say(refusal, Language));
        if (Json)
        {
            Line(new { error = refusal.Code, kind = refusal.Kind, message = sentence, arguments = refusal.Arguments });
        }

        Err.WriteLine(sentence);
        return refusal.Kind == RefusalKind.Invalid ? ExitCodes.Usage : ExitCodes.NotFoundOrConflict;
    }

    public int Usage(string vietnamese, string english)
    {
        Err.WriteLine(Say(vietnamese, english));
        return ExitCodes.Usage;
    }

    /// <summary>A table in words; markup in cells is shown as it is.</summary>
    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = IsTerminal ? TableBorder.Rounded : TableBorder.Minimal };
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(Markup.Escape(header)));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(Clean(cell)))]);
        }

        Terminal().Write(table);
    }

    public IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = IsTerminal ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Out),
        });
        console.Profile.Width = IsTerminal ? Math.Max(100, console.Profile.Width) : 200;
        return console;
    }
}
