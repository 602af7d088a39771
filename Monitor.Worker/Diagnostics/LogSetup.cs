using System.Globalization;
using Monitor.Worker.Cli;
using Monitor.Worker.Settings;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Monitor.Worker.Diagnostics;

/// <summary>
/// Logs: readable lines on stderr, compact JSON in a rolling file under the data directory. Only ids, counts and codes are ever logged:
/// no URL, no page text, no person's name.
/// </summary>
public sealed class LogSetup : IAsyncDisposable
{
    private LogSetup(Serilog.Core.Logger logger) => Logger = logger;

    public Serilog.Core.Logger Logger { get; }

    public static LogSetup ForRun(LogSettings settings, string dataDirectory) => new(new LoggerConfiguration()
        .MinimumLevel.Is(Enum.TryParse<LogEventLevel>(settings.Level, ignoreCase: true, out var level) ? level : LogEventLevel.Information)
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Hangfire", LogEventLevel.Warning)
        .Enrich.FromLogContext()
        .WriteTo.Console(standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: CultureInfo.InvariantCulture)
        .WriteTo.File(new CompactJsonFormatter(), Path.Combine(dataDirectory, "logs", "monitor-.jsonl"), rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: settings.RetainedDays, fileSizeLimitBytes: 256L * 1024 * 1024, rollOnFileSizeLimit: true)
        .CreateLogger());

    /// <summary>One-off verbs speak through their output; only what went wrong is logged, on stderr.</summary>
    public static LogSetup ForVerb(CliContext context) => new(new LoggerConfiguration()
        .MinimumLevel.Warning()
        .WriteTo.Sink(new WriterSink(context.Err))
        .CreateLogger());

    public ValueTask DisposeAsync() => Logger.DisposeAsync();

    private sealed class WriterSink(TextWriter writer) : Serilog.Core.ILogEventSink
    {
        public void Emit(LogEvent logEvent) => writer.WriteLine(logEvent.RenderMessage(CultureInfo.InvariantCulture));
    }
}
