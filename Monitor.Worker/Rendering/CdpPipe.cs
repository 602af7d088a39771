using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Monitor.Worker.Rendering;

/// <summary>
/// The Chrome DevTools Protocol over --remote-debugging-pipe: JSON messages, each ended by a zero byte. Unlike a debugging port, nobody else on the
/// machine can reach it. The streams are the process's: the reading thread leaves when it ends. Events are handled on the reading thread, so that a browser that says too much waits for us, not the other way round.
/// </summary>
internal sealed class CdpPipe
{
    /// <summary>A rendered tree is the longest message that is wanted (see <see cref="PageScripts"/>).</summary>
    private const int LongestMessage = 64 * 1024 * 1024;

    private readonly Stream _commands;
    private readonly Stream _answers;
    private readonly Action<CdpEvent> _onEvent;
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _last;

    public CdpPipe(Stream commands, Stream answers, Action<CdpEvent> onEvent)
    {
        (_commands, _answers, _onEvent) = (commands, answers, onEvent);
        new Thread(Read) { IsBackground = true, Name = "cdp" }.Start();
    }

    /// <summary>Ends when the browser has gone, or said something that is not the protocol.</summary>
    public Task Closed => _closed.Task;

    /// <exception cref="CdpException">The browser refused, or has gone.</exception>
    public async Task<JsonElement> CallAsync(string method, JsonObject? parameters, string? session, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            Write(id, method, parameters, session);
            return await answer.Task.WaitAsync(cancellation);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>Whatever comes of it: a session that has ended meanwhile has no use for it either.</summary>
    public void Post(string method, JsonObject? parameters, string? session)
    {
        try
        {
            Write(Interlocked.Increment(ref _last), method, parameters, session);
        }
        catch (CdpException)
        {
        }
    }

    private void Write(int id, string method, JsonObject? parameters, string? session)
    {
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(message);
        try
        {
            lock (_writing)
            {
                _commands.Write(bytes);
                _commands.WriteByte(0);
                _commands.Flush();
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            throw new CdpException("the browser ended");
        }
    }

    private void Read()
    {
        var buffer = new byte[64 * 1024];
        var filled = 0;
        try
        {
            while (true)
            {
                if (filled == buffer.Length)
                {
                    if (buffer.Length >= LongestMessage)
                    {
                        break;
                    }

                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var got = _answers.Read(buffer, filled, buffer.Length - filled);
                if (got == 0)
                {
                    break;
                }

                var start = 0;
                var searched = filled;
                filled += got;
                while (buffer.AsSpan(searched, filled - searched).IndexOf((byte)0) is var at and >= 0)
                {
                    Take(buffer.AsMemory(start, searched + at - start));
                    start = searched + at + 1;
                    searched = start;
                }

                buffer.AsSpan(start, filled - start).CopyTo(buffer);
                filled -= start;
                if (filled == 0 && buffer.Length > 1024 * 1024)
                {
                    buffer = new byte[64 * 1024];
                }
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // The browser has gone, or is not to be understood: either way it is of no more use.
        }

        _closed.TrySetResult();
        foreach (var waiting in _waiting.Values)
        {
            waiting.TrySetException(new CdpException("the browser ended"));
        }
    }

    private void Take(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        if (root.TryGetProperty("id", out var id))
        {
            if (_waiting.TryRemove(id.GetInt32(), out var waiting))
            {
                if (root.TryGetProperty("error", out var error))
                {
                    waiting.TrySetException(new CdpException(error.GetProperty("message").GetString() ?? "refused"));
                }
                else
                {
                    waiting.TrySetResult(root.GetProperty("result").Clone());
                }
            }

            return;
        }

        if (root.TryGetProperty("method", out var method))
        {
            _onEvent(new CdpEvent(method.GetString()!, root.TryGetProperty("sessionId", out var session) ? session.GetString() : null, root.TryGetProperty("params", out var parameters) ? parameters : default));
        }
    }
}

/// <param name="Session">Null: of the browser itself.</param>
/// <param name="Parameters">Valid only while the event is handled.</param>
internal readonly record struct CdpEvent(string Method, string? Session, JsonElement Parameters);

/// <summary>The browser refused a command, or has gone. Never leaves this room.</summary>
internal sealed class CdpException(string message) : Exception(message);
