using System.CommandLine;
using System.CommandLine.Invocation;

namespace Monitor.Worker.Cli;

/// <summary>
/// "-" for verbs that run in the owner of the data directory, which does not see the caller's standard input: it is put into a file of the
/// caller's own first, of any size and in bounded memory, and the verb is called with that file.
/// </summary>
internal static class StandardInput
{
    public const string Word = "-";

    /// <param name="isInput">Whether the call asks for standard input.</param>
    /// <param name="added">Words to add to the call.</param>
    public static Command Spooled(VerbSet verbs, Command command, Func<ParseResult, bool> isInput, Func<ParseResult, IReadOnlyList<string>> added)
    {
        var direct = (AsynchronousCommandLineAction)command.Action!;
        command.SetAction((parsed, token) => isInput(parsed) && verbs.Context is { House: null, In: not null }
            ? SpoolAsync(verbs.Context, added(parsed), token)
            : direct.InvokeAsync(parsed, token));
        return command;
    }

    private static async Task<int> SpoolAsync(CliContext context, IReadOnlyList<string> added, CancellationToken cancellation)
    {
        var path = Path.Combine(Path.GetTempPath(), "monitor-input-" + Path.GetRandomFileName());
        try
        {
            await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
                await context.In!.CopyToAsync(file, cancellation);
            }

            IReadOnlyList<string> words = [.. context.Arguments.Select(word => word == Word ? path : word), .. added];
            return await CommandLine.RunAsync(
                new CliContext
                {
                    Out = context.Out,
                    Err = context.Err,
                    WorkingDirectory = context.WorkingDirectory,
                    IsTerminal = context.IsTerminal,
                    DefaultUser = context.DefaultUser,
                    Arguments = words,
                },
                words,
                cancellation);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
