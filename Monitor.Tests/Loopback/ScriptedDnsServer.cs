using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Monitor.Tests.Loopback;

/// <summary>
/// A name server on a loopback UDP port (RFC 1035 section 4) that answers every question the same way: an address, no such name,
/// a failure, garbage, or nothing at all.
/// </summary>
public sealed class ScriptedDnsServer : IAsyncDisposable
{
    /// <summary>Response codes of RFC 1035 section 4.1.1.</summary>
    public const int NoError = 0, ServerFailure = 2, NameError = 3;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly Task _serving;

    private ScriptedDnsServer(int? code)
    {
        Code = code;
        _serving = ServeAsync();
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_socket.Client.LocalEndPoint!).Port}");

    /// <summary>Response code; null: silence.</summary>
    public int? Code { get; set; }

    /// <summary>With <see cref="NoError"/>: an answer with an address, or none.</summary>
    public bool HasAddress { get; set; } = true;

    /// <summary>Names asked for.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    public static ScriptedDnsServer Start(int? code) => new(code);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                UdpReceiveResult question = await _socket.ReceiveAsync(_stop.Token);
                if (Answer(question.Buffer) is { } answer)
                    await _socket.SendAsync(answer, question.RemoteEndPoint, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private byte[]? Answer(byte[] question)
    {
        int end = 12;
        var name = new StringBuilder();
        while (question[end] != 0)
        {
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(question, end + 1, question[end]));
            end += question[end] + 1;
        }

        _asked.Enqueue(name.ToString());
        if (Code is not { } code)
            return null;
        byte[] asked = question[12..(end + 5)];
        bool address = code == NoError && HasAddress;
        byte[] header = [question[0], question[1], 0x81, (byte)(0x80 | code), 0, 1, 0, (byte)(address ? 1 : 0), 0, 0, 0, 0];
        byte[] record = address ? [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 93, 184, 216, 34] : [];
        return [.. header, .. asked, .. record];
    }
}
