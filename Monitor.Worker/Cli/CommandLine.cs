using System.CommandLine;
using Monitor.Worker.Cli.Verbs;
using Monitor.Worker.Diagnostics;

namespace Monitor.Worker.Cli;

/// <summary>The command line: parses, calls one operation, maps its result. The same tree serves this process and calls forwarded to the owner.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        // Known before parsing, so that complaints about the words are in the caller's language.
        context.Language = arguments.Zip(arguments.Skip(1)).Any(pair => pair is ("--lang", "en")) || arguments.Contains("--lang=en") ? Language.English : Language.Vietnamese;
        var root = Root(context);
        var parsed = root.Parse(arguments.Count == 0 ? ["run"] : arguments);
        if (parsed.Errors.Count > 0)
        {
            var complaints = UsageText.Of(parsed, context.English);
            if (arguments.Contains("--json"))
            {
                context.Line(new { error = "usage", kind = Operations.RefusalKind.Invalid, message = string.Join(" ", complaints), arguments = parsed.UnmatchedTokens });
            }

            foreach (var complaint in complaints)
            {
                await context.Err.WriteLineAsync(CliContext.Clean(complaint));
            }

            await context.Err.WriteLineAsync(context.Say("Xem cách dùng: monitor --help (hoặc monitor LỆNH --help).", "See: monitor --help (or monitor VERB --help)."));
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Err,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        }, cancellation);
    }

    public static RootCommand Root(CliContext context)
    {
        var root = new RootCommand(context.Say(
            "Monitor: theo dõi địa chỉ bị tố giác, đối sánh, yêu cầu gỡ bỏ và kiểm tra đến khi xác nhận đã gỡ.",
            "Monitor: watches flagged URLs, matches them, requests takedown and re-checks until removal is confirmed."));
        foreach (var option in CommonOptions.All)
        {
            root.Options.Add(option);
        }

        var verbs = new VerbSet(context);
        foreach (var command in new[]
        {
            RunVerb.Build(verbs),
            DemoVerb.Build(verbs),
            CheckVerb.Build(verbs),
            IntakeVerbs.Build(verbs),
            TargetVerbs.Build(verbs),
            CandidateVerbs.Build(verbs),
            CaseVerbs.Build(verbs),
            TakedownVerbs.Build(verbs),
            AlertVerbs.Build(verbs),
            PlatformVerbs.Build(verbs),
            RuleVerbs.Build(verbs),
            HashVerbs.Build(verbs),
            ScoreVerbs.Build(verbs),
            RemovalVerbs.Build(verbs),
            EvidenceVerbs.Build(verbs),
            CustodyVerbs.Build(verbs),
            UserVerbs.Build(verbs),
            InboxVerbs.Build(verbs),
            TransferVerbs.Build(verbs),
            BackupVerbs.Backup(verbs),
            BackupVerbs.Restore(verbs),
            BenchVerb.Build(verbs),
            DecodePictureVerb.Build(verbs),
        })
        {
            root.Subcommands.Add(command);
        }

        return root;
    }
}
