using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Monitor.Tests.Loopback;

/// <summary>One request and the connection to answer it on.</summary>
public sealed class ScriptedExchange(ScriptedRequest request, Stream stream, Socket socket, CancellationToken stopping)
{
    public ScriptedRequest Request { get; } = request;

    /// <summary>Cancelled when the server goes down.</summary>
    public CancellationToken Stopping { get; } = stopping;

    internal bool Closed { get; private set; }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes, Stopping);
        await stream.FlushAsync(Stopping);
    }

    public Task WriteAsync(string latin1) => WriteAsync(Encoding.Latin1.GetBytes(latin1));

    /// <summary>A correct answer with Content-Length; the connection stays open. HEAD gets the headers only.</summary>
    public async Task RespondAsync(int status, ReadOnlyMemory<byte> body, params (string Name, string Value)[] headers)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Scripted\r\nContent-Length: {body.Length}\r\n");
        foreach ((string name, string value) in headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        head.Append("\r\n");
        byte[] headBytes = Encoding.UTF8.GetBytes(head.ToString());
        if (Request.Method == "HEAD")
            body = ReadOnlyMemory<byte>.Empty;
        byte[] all = new byte[headBytes.Length + body.Length];
        headBytes.CopyTo(all, 0);
        body.CopyTo(all.AsMemory(headBytes.Length));
        await WriteAsync(all);
    }

    /// <summary>Bytes until the client has had enough or the server stops.</summary>
    public async Task WriteEndlesslyAsync(ReadOnlyMemory<byte> chunk)
    {
        while (!Stopping.IsCancellationRequested)
            await WriteAsync(chunk);
    }

    /// <summary>Says nothing more, and keeps the connection open until the server stops.</summary>
    public Task StayAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Stopping);

    /// <summary>Orderly end of the connection.</summary>
    public void Close()
    {
        Closed = true;
        stream.Dispose();
        socket.Close();
    }

    /// <summary>Ends the connection with a TCP reset.</summary>
    public void Reset()
    {
        Closed = true;
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }
}
