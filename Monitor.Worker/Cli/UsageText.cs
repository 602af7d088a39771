using System.CommandLine;
using System.CommandLine.Parsing;

namespace Monitor.Worker.Cli;

/// <summary>What is wrong with the words of a call, in the caller's language. The parser speaks English only.</summary>
internal static class UsageText
{
    public static IReadOnlyList<string> Of(ParseResult parsed, bool english)
    {
        if (english)
        {
            return [.. parsed.Errors.Select(error => error.Message)];
        }

        var unknown = parsed.UnmatchedTokens.Select(token => $"Không hiểu '{token}'.");
        var others = parsed.Errors.Where(error => !parsed.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))).Select(error => Vietnamese(error.SymbolResult));
        return [.. unknown.Concat(others).Distinct(StringComparer.Ordinal)];
    }

    private static string Vietnamese(SymbolResult? result) => result switch
    {
        OptionResult option => $"Tuỳ chọn '{option.Option.Name}' thiếu giá trị hoặc giá trị không được chấp nhận.",
        ArgumentResult { Parent: OptionResult option } => $"Tuỳ chọn '{option.Option.Name}' thiếu giá trị hoặc giá trị không được chấp nhận.",
        ArgumentResult argument => $"Thiếu hoặc sai tham số '{argument.Argument.Name}'.",
        CommandResult { Command: var command } when Missing((CommandResult)result) is { Count: > 0 } missing => $"Lệnh '{command.Name}' thiếu: {string.Join(", ", missing)}.",
        CommandResult { Command: { Subcommands.Count: > 0 } command } => $"Lệnh '{command.Name}' cần một lệnh con: {string.Join(", ", command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name))}.",
        _ => "Lệnh chưa đúng.",
    };

    /// <summary>Required options that were not written, then arguments.</summary>
    private static List<string> Missing(CommandResult result) =>
    [
        .. result.Command.Options.Where(option => option.Required && (result.GetResult(option)?.Implicit ?? true)).Select(option => option.Name),
        .. result.Command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && (result.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues).Select(argument => argument.Name),
    ];
}
