using System.CommandLine;

namespace Monitor.Worker.Cli;

/// <summary>Options that every verb takes.</summary>
public static class CommonOptions
{
    public static Option<string> Config { get; } = new("--config") { Description = "config directory (config)", Recursive = true, DefaultValueFactory = _ => "config" };

    public static Option<string> Data { get; } = new("--data") { Description = "data directory (data)", Recursive = true, DefaultValueFactory = _ => "data" };

    public static Option<bool> Json { get; } = new("--json") { Description = "one JSON object a line on stdout", Recursive = true };

    public static Option<string> Lang { get; } = Limited();

    public static Option<string?> As { get; } = new("--as") { Description = "who acts (or MONITOR_USER)", Recursive = true };

    public static IReadOnlyList<Option> All { get; } = [Config, Data, Json, Lang, As];

    private static Option<string> Limited()
    {
        var option = new Option<string>("--lang") { Description = "vi | en", Recursive = true, DefaultValueFactory = _ => "vi" };
        option.AcceptOnlyFromAmong("vi", "en");
        return option;
    }
}
