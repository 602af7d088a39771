using System.Net;
using System.Net.Sockets;
using System.Text;
using Monitor.Rules.Removal;
using Monitor.Tests.Loopback;
using Monitor.Tests.Pipeline;
using Monitor.Worker.Ports;
using Monitor.Worker.Rendering;
using Monitor.Worker.Warc;

namespace Monitor.Tests.Rendering;

/// <summary>
/// Whole inspections of pages that try every way past the recorder: what the servers counted is, exchange by exchange, what stands in the
/// sealed WARC records, and nothing else.
/// </summary>
public sealed class ZeroBypassTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_servers_saw_is_what_the_sealed_records_hold()
    {
        string script = "";
        await using ChromiumRenderer renderer = Chromium.Renderer();
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var other = ScriptedHttpServer.Start().On("*", exchange => exchange.RespondAsync(200, "khác"u8.ToArray(), ("Content-Type", "text/html")));
        ScriptedHttpServer site = HostilePageTests.WithWorkers(ScriptedHttpServer.Start())
            .OnText("/robots.txt", "", 404)
            .On("*", exchange => exchange.RespondAsync(200, Encoding.UTF8.GetBytes(Shell(script)), ("Content-Type", "text/html; charset=utf-8")));
        await using VantageHouse house = await VantageHouse.OpenAsync("", "direct", site: site, renderer: renderer, other: other);
        int rendered = 0, counted = 0;
        foreach ((string way, string written) in HostilePageTests.Ways.Select(row => row.Data))
        {
            script = written.Replace("{other}", VantageHouse.OtherHost, StringComparison.Ordinal).Replace("{udp}", udp.Client.LocalEndPoint!.ToString(), StringComparison.Ordinal);
            var (siteBefore, otherBefore) = (site.Requests.Count, other.Requests.Count);

            await house.InspectAsync();

            Observation seen = (await house.ObservationsAsync())[^1];
            string[] served =
            [
                .. site.Requests.Skip(siteBefore).Select(request => $"{request.Method} http://{VantageHouse.Host}{request.Target}")
                    .Concat(other.Requests.Skip(otherBefore).Select(request => $"{request.Method} http://{VantageHouse.OtherHost}{request.Target}")).Order(StringComparer.Ordinal),
            ];
            string[] recorded = [.. (await RecordedAsync(house, seen)).Order(StringComparer.Ordinal)];
            Assert.Equal((way, string.Join('\n', served)), (way, string.Join('\n', recorded)));
            rendered += seen.Render is null ? 0 : 1;
            counted += served.Length;
            house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(6));
        }

        // Each page was shown by the browser, or the count above would say nothing; and the pages did reach out.
        Assert.Equal(HostilePageTests.Ways.Count, rendered);
        Assert.InRange(counted, 3 * HostilePageTests.Ways.Count, int.MaxValue);
        Assert.Equal(0, udp.Available);
        Assert.InRange(site.Connections + other.Connections, 1, counted);
    }

    /// <summary>"METHOD address" of every request in the records of one look.</summary>
    private static async Task<List<string>> RecordedAsync(VantageHouse house, Observation seen)
    {
        var requests = new List<string>();
        foreach (string item in seen.Records)
        {
            var opened = Assert.IsType<OpenResult.Opened>(await house.House.Vault.OpenAsync(item, Token));
            requests.AddRange(WarcReader.Read(opened.Content).Where(record => record.Type == "request")
                .Select(record => $"{Encoding.ASCII.GetString(record.Block.Span).Split(' ', 2)[0]} {record["WARC-Target-URI"]}"));
        }

        return requests;
    }

    private static string Shell(string script) => $"<!doctype html><html><head><meta charset=utf-8><title>Chia sẻ mẫu</title></head><body><div id=root>{ShellHouse.Words}</div><script>{script}</script></body></html>";
}
