using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Monitor.Tests.Loopback;

/// <summary>An IMAP server on loopback that says what a test wants it to, also what no server should. One folder; messages by UID.</summary>
internal sealed class ScriptedImap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    private ScriptedImap()
    {
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public uint Validity { get; set; } = 1;

    /// <summary>What a search gives.</summary>
    public List<uint> Listed { get; } = [];

    public Dictionary<uint, byte[]> Messages { get; } = [];

    /// <summary>UIDs whose summary is given, while the message itself is not (expunged meanwhile: OK without it).</summary>
    public HashSet<uint> Expunged { get; } = [];

    /// <summary>UIDs that are refused.</summary>
    public HashSet<uint> Refused { get; } = [];

    public Dictionary<uint, int> AnnouncedSizes { get; } = [];

    public string Date { get; set; } = "27-Nov-2026 08:00:00 +0700";

    public static ScriptedImap Start() => new();

    public void Add(uint uid, byte[] message)
    {
        Listed.Add(uid);
        Messages[uid] = message;
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            async Task SayAsync(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text + "\r\n"));
            await SayAsync("* OK [CAPABILITY IMAP4rev1] x");
            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                var words = line.Split(' ');
                switch (string.Join(' ', words.Skip(1)).ToUpperInvariant())
                {
                    case var command when command.StartsWith("LIST", StringComparison.Ordinal):
                        await SayAsync("* LIST (\\HasNoChildren) \"/\" \"INBOX\"");
                        break;
                    case var command when command.StartsWith("EXAMINE", StringComparison.Ordinal):
                        await SayAsync($"* {Listed.Count} EXISTS\r\n* 0 RECENT\r\n* FLAGS ()\r\n* OK [UIDVALIDITY {Validity}] x\r\n{words[0]} OK [READ-ONLY] x");
                        continue;
                    case var command when command.StartsWith("UID SEARCH", StringComparison.Ordinal):
                        await SayAsync("* SEARCH " + string.Join(' ', Listed));
                        break;
                    case var command when command.StartsWith("UID FETCH", StringComparison.Ordinal):
                        var uid = uint.Parse(words[3], CultureInfo.InvariantCulture);
                        if (Refused.Contains(uid))
                        {
                            await SayAsync(words[0] + " NO [SERVERBUG] x");
                            continue;
                        }

                        await FetchAsync(stream, uid, whole: line.Contains("BODY.PEEK[]", StringComparison.OrdinalIgnoreCase));
                        break;
                    default:
                        break;
                }

                await SayAsync(words[0] + " OK x");
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever asked has gone.
        }
    }

    private async Task FetchAsync(NetworkStream stream, uint uid, bool whole)
    {
        var at = Listed.IndexOf(uid) + 1;
        if (!Messages.TryGetValue(uid, out var message) || (whole && Expunged.Contains(uid)))
        {
            return;
        }

        if (!whole)
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"* {at} FETCH (UID {uid} RFC822.SIZE {AnnouncedSizes.GetValueOrDefault(uid, message.Length)} INTERNALDATE \"{Date}\")\r\n"));
            return;
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes($"* {at} FETCH (UID {uid} BODY[]<0> {{{message.Length}}}\r\n"));
        await stream.WriteAsync(message);
        await stream.WriteAsync(")\r\n"u8.ToArray());
    }
}
