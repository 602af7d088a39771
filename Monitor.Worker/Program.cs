using System.Text;
using Monitor.Worker.Cli;
using Monitor.Worker.Diagnostics;

// What this program writes concerns children: files are for its own user only, whatever the shell's mask says.
_ = FileMask.Set(Convert.ToUInt32("077", 8));
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};
var context = new CliContext
{
    Out = Console.Out,
    Err = Console.Error,
    In = Console.OpenStandardInput(),
    WorkingDirectory = Environment.CurrentDirectory,
    IsTerminal = !Console.IsOutputRedirected,
    DefaultUser = Environment.GetEnvironmentVariable("MONITOR_USER"),
    Arguments = args,
};
try
{
    return await CommandLine.RunAsync(context, args, interrupted.Token);
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    return 130;
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return ExitCodes.Infrastructure;
}
#pragma warning disable CA1031 // The program's edge: whatever gets here is a bug and is shown as one.
catch (Exception problem)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"Lỗi không mong đợi, hãy báo cho người phát triển / unexpected error, please report it:\n{problem}");
    return ExitCodes.Infrastructure;
}
