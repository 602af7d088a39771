using System.Text;
using System.Text.Json;
using Monitor.Rules.Removal;
using Monitor.Tests.Removal.Pages;
using Monitor.Worker.Cli;
using Monitor.Worker.Extracting;

namespace Monitor.Tests.Removal;

/// <summary>Pages made to mislead or to hurt: they end as inconclusive with a reason, and nothing ever throws. MONITOR_NIGHTLY=1 tries a hundred times as many.</summary>
public sealed class HostileClassificationTests
{
    private const string Url = "https://lantern.example/v/4711";
    private const string Notice = "<p>This video has been removed by its owner.</p>";

    private static int Budget => Environment.GetEnvironmentVariable("MONITOR_NIGHTLY") == "1" ? 20_000 : 200;

    public static TheoryData<string> Cases => [.. Hostile.Keys];

    private static readonly Dictionary<string, Func<(byte[] Body, string Type)>> Hostile = new(StringComparer.Ordinal)
    {
        ["nested for ever"] = () => Html(Repeat("<div>", 100_000) + Notice),
        ["longer than is read"] = () => Html(Notice + Repeat("<p>x</p>", 700_000)),
        ["a notice behind a megabyte of comment"] = () => Html("<!--" + new string('-', 5_000_000) + Notice),
        ["more elements than are read"] = () => Html(Notice + Repeat("<i></i>", 60_000)),
        ["a million attributes"] = () => Html(Notice + "<div " + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"a{i}=1 ")) + ">"),
        ["inline JSON without end"] = () => Html("<div id=app></div><script>{\"playability\":{\"status\":\"REMOVED\"},\"items\":[" + Repeat("{\"a\":1},", 700_000)),
        ["a data picture too large to keep"] = () => Html(Notice + "<img src=\"data:image/png;base64," + new string('A', 400_000) + "\">"),
        ["random bytes"] = () => (Noise(100_000), "text/html"),
        ["random bytes said to be JSON"] = () => (Noise(100_000), "application/json"),
        ["an archive said to be a page"] = () => ([.. "PK\u0003\u0004"u8, .. Noise(50_000)], "text/html"),
        ["nothing but zeroes"] = () => (new byte[200_000], "text/html; charset=utf-16"),
        ["overlong and broken UTF-8"] = () => (Enumerable.Repeat(new byte[] { 0xC0, 0xAF, 0xED, 0xA0, 0x80, 0xF8, 0xFF, 0x20 }, 5000).SelectMany(one => one).ToArray(), "text/html; charset=utf-8"),
        ["JSON nested for ever"] = () => (Encoding.UTF8.GetBytes(Repeat("[", 500_000)), "application/json"),
        ["JSON that stops"] = () => ("{\"status\":\"REMOVED\",\"reason\":\""u8.ToArray(), "application/json"),
        ["a page said to be JSON"] = () => (Encoding.UTF8.GetBytes("<html><body>" + Notice), "application/json"),
        ["a wall that calls itself a notice"] = () => Html("<title>404</title><h1>404</h1><div class=h-captcha></div><p>Complete the captcha to see whether this video has been removed.</p>"),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ends_inconclusive_with_a_reason(string name)
    {
        var (body, type) = Hostile[name]();

        var verdict = Judge(body, type, 200);

        Assert.True(verdict.Liveness == Liveness.Inconclusive, $"{verdict.Liveness} {verdict.Reason} {string.Join("; ", verdict.Signals)}");
        Assert.NotEmpty(verdict.Signals);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(200)]
    public void What_was_not_read_whole_is_never_gone(int status)
    {
        var verdict = Judge(Encoding.UTF8.GetBytes(Notice + Repeat("<p>x</p>", 700_000)), "text/html", status);

        Assert.Equal(Liveness.Inconclusive, verdict.Liveness);
        Assert.Contains(verdict.Signals, signal => signal.Name == "truncated");
    }

    [Theory]
    [InlineData("cf-mitigated: challenge", 404)]
    [InlineData("x-amzn-waf-action: captcha", 410)]
    [InlineData("x-sucuri-block: 1", 200)]
    public void A_challenge_header_outweighs_status_and_words(string header, int status)
    {
        var page = new InventedPage("walled", Liveness.Inconclusive, Url, "<title>Not found</title>" + Notice) { Header = header, Status = status };

        Assert.Equal((Liveness.Inconclusive, LivenessReason.BotWall), (page.Classify().Liveness, page.Classify().Reason));
    }

    [Fact]
    public void A_page_broken_in_any_way_is_judged_the_same_twice()
    {
        var bases = InventedPages.All.Where(static page => page.Body.Length > 0).Select(static page => Encoding.UTF8.GetBytes(page.Body)).ToList();
        for (var seed = 0; seed < Budget; seed++)
        {
            var random = new Random(seed);
            var body = Broken([.. bases[random.Next(bases.Count)]], random);
            var status = Statuses[random.Next(Statuses.Length)];
            var reading = new PageReader().Read(new PageSource(body, Types[random.Next(Types.Length)], Urls[random.Next(Urls.Length)]), CancellationToken.None);
            var page = new PageObservation
            {
                RequestedUrl = Urls[random.Next(Urls.Length)],
                FinalUrl = Urls[random.Next(Urls.Length)],
                Status = status,
                Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = Types[random.Next(Types.Length)], ["content-length"] = "-5", ["content-range"] = "bytes */*", ["location"] = "::" },
                Outline = reading.Outline,
                Text = reading.Text,
                BodyLength = body.Length,
            };
            var observed = new ObservedPage(page);
            var verdict = LivenessClassifier.Classify(observed, null, observed.Sketch);

            var again = LivenessClassifier.Classify(page, null, observed.Sketch);
            Assert.True((verdict.Liveness, verdict.Reason) == (again.Liveness, again.Reason) && verdict.Signals.SequenceEqual(again.Signals), $"seed {seed}");
            Assert.True(Enum.IsDefined(verdict.Liveness) && Enum.IsDefined(verdict.Reason) && verdict.Signals.Count > 0 && verdict.Signals.All(signal => Math.Abs(signal.Weight) <= 100), $"seed {seed}");
            Assert.False(page.Outline is { Truncated: true } && verdict.Liveness is Liveness.Gone or Liveness.ProbablyGone, $"seed {seed}: gone, though not read whole");
        }
    }

    [Fact]
    public void A_line_of_any_shape_is_judged()
    {
        string[] names = ["requestedUrl", "finalUrl", "method", "status", "headers", "body", "transportError", "dns", "baseline", "control", "vantage", "other"];
        string[] values =
        [
            "null", "true", "-1", "1e999", "200", "404", "\"\"", "\"https://lantern.example/x\"", "\"::::\"", "\"http://[\"", "[]", "[1,\"a\",{}]", "{}", "\"dns-nxdomain\"", "\"\\u0000\\uffff\"",
            "{\"rcode\":5,\"a\":\"x\",\"resolversAsked\":\"many\",\"spanHours\":-1e300}", "{\"rcode\":\"NXDOMAIN\",\"a\":[null],\"resolversAsked\":1e308,\"resolversAgreeing\":1e308,\"checks\":1e308,\"spanHours\":1e308}",
            "{\"title\":7,\"text\":[]}", "{\"title\":\"t\",\"text\":\"a b c d e f g h\"}", "{\"status\":\"x\",\"body\":{}}", "{\"status\":404,\"body\":\"<p>x\"}", "{\"content-type\":null,\"Content-Type\":5,\"cf-mitigated\":[]}",
            "\"<html><title>404</title><p>Not found\"", "\"{\\\"status\\\":\\\"REMOVED\\\"}\"",
        ];
        for (var seed = 0; seed < Budget * 2; seed++)
        {
            var random = new Random(seed);
            var fields = names.Where(_ => random.Next(3) > 0).Select(name => $"\"{name}\":{values[random.Next(values.Length)]}");
            using var line = JsonDocument.Parse("{" + string.Join(',', fields) + "}");

            var (page, baseline, control) = ClassifyInput.Read(line.RootElement);
            var verdict = LivenessClassifier.Classify(page, baseline, control);

            Assert.True(Enum.IsDefined(verdict.Liveness) && Enum.IsDefined(verdict.Reason) && verdict.Signals.Count > 0, $"seed {seed}: {line.RootElement}");
        }
    }

    private static readonly int?[] Statuses = [200, 200, 200, 206, 204, 301, 401, 403, 404, 410, 429, 451, 500, 503, 999, 0, -1];

    private static readonly string[] Types = ["text/html", "text/html; charset=utf-8", "text/html; charset=utf-16", "text/html; charset=\"", "application/json", "text/plain", "image/png", "", "\u0000"];

    private static readonly string[] Urls = [Url, "https://lantern.example/", "https://lantern.example/404", "https://other.example/login", "::::", "", "http://[", "https://lantern.example/%E0%A4%A/%00?q=&=&&", "https://xn--a.example/" + new string('a', 5000)];

    private static readonly string[] Pieces = ["<", ">", "</p>", "<p>", "<script>", "<!--", "<template>", "<title>", "&#xD800;", "\u0000", "\uFFFE", "<table><td>", "<iframe srcdoc=\"<p>404\">", "<div hidden>", "<svg><title>", "\"", "not found ", "<main>", "<plaintext>"];

    private static byte[] Broken(List<byte> body, Random random)
    {
        for (var change = random.Next(1, 9); change > 0; change--)
        {
            var at = random.Next(body.Count + 1);
            switch (random.Next(6))
            {
                case 0:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 1:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(Repeat(Pieces[random.Next(Pieces.Length)], random.Next(1, 400))));
                    break;
                case 2:
                    body.RemoveRange(at, random.Next(body.Count - at + 1));
                    break;
                case 3:
                    body.InsertRange(at, Noise(random.Next(1, 200), random));
                    break;
                case 4 when body.Count > 0:
                    body[random.Next(body.Count)] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    body.InsertRange(at, body.Take(random.Next(Math.Min(body.Count, 2000) + 1)).ToArray());
                    break;
            }
        }

        return [.. body];
    }

    private static LivenessVerdict Judge(byte[] body, string type, int status)
    {
        var reading = new PageReader().Read(new PageSource(body, type, Url), CancellationToken.None);
        return LivenessClassifier.Classify(new PageObservation
        {
            RequestedUrl = Url,
            FinalUrl = Url,
            Status = status,
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = type },
            Outline = reading.Outline,
            Text = reading.Text,
            BodyLength = body.Length,
        });
    }

    private static (byte[] Body, string Type) Html(string html) => (Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8");

    private static byte[] Noise(int length, Random? random = null)
    {
        var bytes = new byte[length];
        (random ?? new Random(7)).NextBytes(bytes);
        return bytes;
    }

    private static string Repeat(string part, int times) => new StringBuilder(part.Length * times).Insert(0, part, times).ToString();
}
