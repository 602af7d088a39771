using System.Globalization;
using System.Text;

namespace Monitor.Worker.Fetching.Vantages;

/// <summary>
/// HTTP CONNECT (RFC 9110 section 9.3.6), for port 80 as well: a proxy that forwarded requests could change, cache or compress what comes back.
/// Basic authentication (RFC 7617), offered with the first request.
/// </summary>
public sealed class ConnectTunnel(string host, int port, bool namesResolvedByProxy, ProxyLogin login) : Tunnel(host, port, namesResolvedByProxy)
{
    private const int LargestAnswer = 8 * 1024;

    protected override async ValueTask AskAsync(Stream stream, string destination, int destinationPort, CancellationToken cancellation)
    {
        string name = destination.Contains(':', StringComparison.Ordinal) ? $"[{destination}]" : destination;
        var request = new StringBuilder();
        request.Append(CultureInfo.InvariantCulture, $"CONNECT {name}:{destinationPort} HTTP/1.1\r\nHost: {name}:{destinationPort}\r\n");
        if (!login.IsNone)
        {
            string password = login.Password() ?? throw Broken();
            request.Append(CultureInfo.InvariantCulture, $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{password}"))}\r\n");
        }

        request.Append("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.ToString()), cancellation);
        int status = await AnswerAsync(stream, cancellation);
        if (status is >= 200 and <= 299)
            return;

        // 502-504: the proxy works, the site could not be reached from there. Anything else is between the proxy and us.
        throw status is >= 502 and <= 504 ? new HopEndException(new HopEnd.Connection(ConnectionProblem.Unreachable)) : Broken();
    }

    private static async ValueTask<int> AnswerAsync(Stream stream, CancellationToken cancellation)
    {
        byte[] buffer = new byte[LargestAnswer];
        int count = 0;
        while (count < buffer.Length)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(count), cancellation);
            if (read == 0)
                throw Broken();
            int searched = Math.Max(0, count - 3);
            count += read;
            int end = buffer.AsSpan(searched, count - searched).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;

            // On success nothing may follow: the site speaks only when spoken to, so these would be the proxy's own bytes in its name.
            int status = Status(buffer.AsSpan(0, count));
            if (status is >= 200 and <= 299 && searched + end + 4 != count)
                throw Broken();
            return status;
        }

        throw Broken();
    }

    /// <summary>"HTTP/1.x NNN", or 0.</summary>
    private static int Status(ReadOnlySpan<byte> answer) =>
        answer.Length >= 13 && answer.StartsWith("HTTP/1."u8) && answer[8] == (byte)' ' &&
        int.TryParse(answer.Slice(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status) && answer[12] is (byte)' ' or (byte)'\r'
            ? status
            : 0;
}
