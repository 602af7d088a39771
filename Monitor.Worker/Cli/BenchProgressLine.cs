using Monitor.Worker.Bench;

namespace Monitor.Worker.Cli;

/// <summary>A progress line for each part of a bench in turn.</summary>
internal sealed class BenchProgressLine(CliContext context) : IDisposable
{
    private readonly Lock _gate = new();
    private string? _what;
    private ProgressLine? _line;

    /// <summary>A <see cref="BenchProgress"/>; may be told from any thread.</summary>
    public void Report(string what, long done, long total)
    {
        lock (_gate)
        {
            if (_what != what)
            {
                _line?.Dispose();
                (_what, _line) = (what, new ProgressLine(context, what));
            }

            _line!.Report(Math.Min(done, total), total);
        }
    }

    public void Dispose() => _line?.Dispose();
}
