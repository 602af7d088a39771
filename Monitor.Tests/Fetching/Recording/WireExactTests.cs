using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Monitor.Tests.Loopback;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Recording;
using Monitor.Worker.Warc;

namespace Monitor.Tests.Fetching.Recording;

/// <summary>What is recorded is what the server wrote and read, byte for byte, whatever it wrote.</summary>
public sealed class WireExactTests
{
    private const int Answers = 2000;

    private static readonly RecordingContext Context = new("direct", "Monitor/test", new ClockReading("system", null, null));

    [Fact]
    public async Task Two_thousand_generated_answers_are_recorded_as_the_server_wrote_them()
    {
        await using var server = ScriptedHttpServer.Start();
        var written = new ConcurrentDictionary<int, byte[]>();
        for (var number = 0; number < Answers; number++)
        {
            var at = number;
            server.On($"/tra-loi/{at}", async exchange =>
            {
                var answer = GeneratedAnswer.Of(at);
                written[at] = answer.Bytes;
                var random = new Random(at);
                for (var from = 0; from < answer.Bytes.Length;)
                {
                    var size = Math.Min(answer.Bytes.Length - from, random.Next(3) == 0 ? random.Next(1, 40) : 8000);
                    await exchange.WriteAsync(answer.Bytes.AsMemory(from, size));
                    from += size;
                }

                if (answer.Closes)
                    exchange.Close();
            });
        }

        await using var fetcher = Fetchers.Create(Fetchers.Options with { BreakerMinimumAttempts = 1_000_000 });
        var (whole, cut, revisitable) = (0, 0, 0);
        for (var number = 0; number < Answers; number++)
        {
            var log = new ExchangeLog();
            var outcome = await fetcher.FetchAsync(new FetchRequest { Url = server.Url($"/tra-loi/{number}"), Log = log }, TestContext.Current.CancellationToken);
            var exchange = Assert.Single(log.Exchanges);

            // The block of the record in the file equals the server's own log.
            var to = new ArrayBufferWriter<byte>();
            var answer = new ExchangeRecords(Context).Write(to, exchange, new Keeping.Everything());
            var records = WarcReader.Read(to.WrittenMemory).ToList();
            var response = records.SingleOrDefault(record => record.Type == "response");
            Assert.True(written[number].AsSpan().SequenceEqual(response is null ? [] : response.Block.Span), $"answer {number} ({exchange.Outcome})");
            Assert.Equal(WarcWriter.Sha256(written[number]), response?["WARC-Block-Digest"] ?? WarcWriter.Sha256([]));
            Assert.StartsWith($"GET /tra-loi/{number} HTTP/1.1\r\n", Encoding.ASCII.GetString(records.Single(record => record.Type == "request").Block.Span), StringComparison.Ordinal);

            if (outcome is FetchOutcome.Fetched fetched)
            {
                whole++;
                Assert.True(exchange.Whole);
                Assert.Null(response!["WARC-Truncated"]);
                Assert.Equal(fetched.Body, await SealedAnswers.ContentAsync(to.WrittenMemory, answer?.Entity ?? default, TestContext.Current.CancellationToken));
                revisitable += answer is null ? 0 : 1;
            }
            else
            {
                cut++;
                Assert.False(exchange.Whole);
                Assert.Null(answer);
                Assert.Equal(written[number].Length == 0 ? null : outcome is FetchOutcome.ProtocolError ? "unspecified" : "disconnect", response?["WARC-Truncated"]);
            }
        }

        Assert.Equal(whole, revisitable);
        Assert.InRange(cut, Answers / 20, Answers / 6);
        Assert.True(server.Connections < Answers, "connections are used again");
    }

    [Fact]
    public async Task The_request_is_recorded_as_the_server_read_it()
    {
        await using var server = ScriptedHttpServer.Start();
        var seen = new TaskCompletionSource<string>();
        server.On("/bai/1", exchange =>
        {
            seen.SetResult(string.Join('\n', exchange.Request.Headers.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal)));
            return exchange.RespondAsync(200, "chào"u8.ToArray());
        });
        await using var fetcher = Fetchers.Create();
        var log = new ExchangeLog();
        await fetcher.FetchAsync(new FetchRequest { Url = server.Url("/bai/1"), Log = log }, TestContext.Current.CancellationToken);

        var lines = Encoding.ASCII.GetString(Assert.Single(log.Exchanges).Request.Span).Split("\r\n");
        Assert.Equal("GET /bai/1 HTTP/1.1", lines[0]);
        Assert.Equal(await seen.Task, string.Join('\n', lines[1..^2].Select(line => line.Split(": ", 2)).Select(pair => $"{pair[0].ToLowerInvariant()}: {pair[1]}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_body_over_its_cap_is_recorded_as_far_as_it_was_read()
    {
        await using var server = ScriptedHttpServer.Start();
        server.On("/dai", async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            await exchange.WriteEndlesslyAsync(new byte[4096]);
        });
        await using var fetcher = Fetchers.Create();
        var log = new ExchangeLog();
        await fetcher.FetchAsync(new FetchRequest { Url = server.Url("/dai"), Limits = new FetchLimits { MaxWireBytes = 100_000 }, Log = log }, TestContext.Current.CancellationToken);

        var exchange = Assert.Single(log.Exchanges);
        Assert.Equal(("cut-wire-bytes", "length", false), (exchange.Outcome, exchange.Truncated, exchange.Whole));
        Assert.InRange(exchange.Response.Length, 100_000, 400_000);
    }
}
