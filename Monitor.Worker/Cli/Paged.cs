using System.CommandLine;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli;

/// <summary>Paging options of lists.</summary>
public static class Paged
{
    public static (Option<string?> After, Option<int> Count) Options() =>
        (new Option<string?>("--after") { Description = "continue after this id" }, new Option<int>("--count") { Description = "rows (100)", DefaultValueFactory = _ => 100 });

    public static Paging Of(ParseResult parsed, Option<string?> after, Option<int> count) => new(parsed.GetValue(after), Math.Clamp(parsed.GetValue(count), 1, 100_000));
}
