using System.Globalization;

namespace Monitor.Worker.Cli;

/// <summary>Progress of long work: a bar that rewrites itself on a terminal, nothing otherwise.</summary>
public sealed class ProgressLine(CliContext context, string what) : IDisposable
{
    private const int Width = 30;
    private long _shown = -1;

    public void Report(long done, long total)
    {
        if (!context.IsTerminal || context.Json)
        {
            return;
        }

        var permille = total <= 0 ? 0 : done * 1000 / total;
        if (permille == _shown)
        {
            return;
        }

        _shown = permille;
        var filled = (int)(permille * Width / 1000);
        context.Err.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what} [{new string('#', filled)}{new string('.', Width - filled)}] {permille / 10.0,5:0.0}% {done}/{total}"));
    }

    public void Dispose()
    {
        if (_shown >= 0)
        {
            context.Err.WriteLine();
        }
    }
}
