using System.Globalization;
using System.Text;

namespace Monitor.Tests.Loopback;

/// <summary>Reads requests off one connection, keep-alive and Content-Length bodies included.</summary>
internal sealed class ScriptedRequestReader(Stream stream)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _count;

    /// <summary>Null at the end of the connection.</summary>
    public async Task<ScriptedRequest?> ReadAsync(CancellationToken cancellation)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(cancellation))
                return null;
        }

        string[] lines = Encoding.UTF8.GetString(_buffer, 0, end).Split("\r\n");
        Consume(end + 4);
        string[] start = lines[0].Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
        }

        int length = int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture);
        while (_count < length)
        {
            if (!await FillAsync(cancellation))
                return null;
        }

        byte[] body = _buffer[..length];
        Consume(length);
        return new ScriptedRequest(start[0], start[1], headers, body);
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        if (_count == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = await stream.ReadAsync(_buffer.AsMemory(_count), cancellation);
        _count += read;
        return read > 0;
    }

    private void Consume(int bytes)
    {
        _buffer.AsSpan(bytes, _count - bytes).CopyTo(_buffer);
        _count -= bytes;
    }
}
