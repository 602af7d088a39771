using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Monitor.Tests.Loopback;

namespace Monitor.Tests.Process;

/// <summary>
/// The API of a platform as it should be and as it behaves: what comes twice with the same key is one report, reports can be looked up by
/// their key, and now and then it takes a report and the answer never arrives.
/// </summary>
internal sealed class ApiPlatform : IAsyncDisposable
{
    private readonly ScriptedHttpServer _server = ScriptedHttpServer.Start();
    private readonly ConcurrentQueue<Posted> _posts = new();
    private readonly ConcurrentDictionary<string, string> _receipts = new(StringComparer.Ordinal);
    private readonly Random _dice;
    private int _lookUps;

    public ApiPlatform(int seed)
    {
        _dice = new Random(seed);
        _server.On("/r", TakeAsync);
        _server.On("*", LookAsync);
    }

    public enum Answering
    {
        Given,

        /// <summary>Taken, and the connection ends without an answer.</summary>
        Cut,

        /// <summary>Taken, and a gateway on the way says 504.</summary>
        GatewayTimeout,

        /// <summary>Not taken: 503.</summary>
        Busy,
    }

    public string Address => _server.Url("");

    /// <summary>Runs when a report has been taken and before anything is answered.</summary>
    public Action? OnTaken { get; set; }

    public IReadOnlyList<Posted> Posts => [.. _posts];

    public int LookUps => Volatile.Read(ref _lookUps);

    /// <summary>Key → receipt of what was taken.</summary>
    public IReadOnlyDictionary<string, string> Taken => _receipts;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(ScriptedExchange exchange)
    {
        var key = exchange.Request.Headers.GetValueOrDefault("idempotency-key", "").Trim('"');
        using var body = JsonDocument.Parse(exchange.Request.Body);
        Answering how;
        lock (_dice)
        {
            how = _dice.Next(10) switch
            {
                < 5 => Answering.Given,
                < 7 => Answering.Cut,
                < 9 => Answering.GatewayTimeout,
                _ => Answering.Busy,
            };
        }

        if (how == Answering.Busy)
        {
            await exchange.RespondAsync(503, Encoding.UTF8.GetBytes("busy"), ("Retry-After", "60"));
            return;
        }

        _posts.Enqueue(new Posted(body.RootElement.GetProperty("ref").GetString()!, key, how));
        var receipt = _receipts.GetOrAdd(key, _ => string.Create(CultureInfo.InvariantCulture, $"P-{_receipts.Count + 1:0000}"));
        OnTaken?.Invoke();
        switch (how)
        {
            case Answering.Cut:
                exchange.Close();
                break;
            case Answering.GatewayTimeout:
                await exchange.RespondAsync(504, Encoding.UTF8.GetBytes("upstream timed out"));
                break;
            default:
                await exchange.RespondAsync(201, Encoding.UTF8.GetBytes($$"""{"id":"{{receipt}}"}"""), ("Content-Type", "application/json"));
                break;
        }
    }

    private Task LookAsync(ScriptedExchange exchange)
    {
        Interlocked.Increment(ref _lookUps);
        var key = exchange.Request.Target[(exchange.Request.Target.LastIndexOf('/') + 1)..];
        return _receipts.TryGetValue(key, out var receipt)
            ? exchange.RespondAsync(200, Encoding.UTF8.GetBytes($$"""{"id":"{{receipt}}"}"""), ("Content-Type", "application/json"))
            : exchange.RespondAsync(404, ReadOnlyMemory<byte>.Empty);
    }

    public sealed record Posted(string Reference, string Key, Answering How);
}
