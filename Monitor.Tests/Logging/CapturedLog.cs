using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace Monitor.Tests.Logging;

/// <summary>Everything that was logged: message, template, properties and exceptions as text.</summary>
internal sealed class CapturedLog : ILogEventSink
{
    private readonly ConcurrentQueue<string> _events = new();

    public IReadOnlyList<string> Events => [.. _events];

    public void Emit(LogEvent logEvent) => _events.Enqueue(string.Join('\n',
    [
        logEvent.RenderMessage(CultureInfo.InvariantCulture).Replace("\"", "", StringComparison.Ordinal), logEvent.MessageTemplate.Text,
        .. logEvent.Properties.Select(pair => pair.Key + "=" + pair.Value.ToString(null, CultureInfo.InvariantCulture)), logEvent.Exception?.ToString() ?? "",
    ]));
}
