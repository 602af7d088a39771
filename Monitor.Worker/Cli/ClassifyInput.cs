using System.Text;
using System.Text.Json;
using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;

namespace Monitor.Worker.Cli;

/// <summary>One line of `removal classify`: a page observation as JSON. Unknown fields are ignored, missing ones read as absent.</summary>
public static class ClassifyInput
{
    private static readonly PageReader Reader = new();

    public static (PageObservation Page, PageBaseline? Baseline, PageSketch? Control) Read(JsonElement line)
    {
        var requested = JsonLinesInput.Text(line, "requestedUrl") ?? "";
        var final = JsonLinesInput.Text(line, "finalUrl") ?? requested;
        var headers = Headers(line);
        var body = JsonLinesInput.Text(line, "body") ?? "";
        int? status = line.TryGetProperty("status", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : null;
        var (outline, text) = Read(body, headers.GetValueOrDefault("content-type"), final);
        var page = new PageObservation
        {
            RequestedUrl = requested,
            FinalUrl = final,
            Method = JsonLinesInput.Text(line, "method") ?? "GET",
            Status = status,
            Headers = headers,
            TransportError = Transport(JsonLinesInput.Text(line, "transportError"), status),
            Outline = outline,
            Text = text,
            Dns = Dns(line),
            BodyLength = body.Length,
            Vantage = JsonLinesInput.Text(line, "vantage") ?? "direct",
        };
        PageSketch? control = null;
        if (line.TryGetProperty("control", out var probe) && probe.ValueKind == JsonValueKind.Object && Read(JsonLinesInput.Text(probe, "body") ?? "", null, final).Outline is { } controlOutline)
        {
            control = PageSketcher.Sketch(controlOutline, probe.TryGetProperty("status", out var answered) && answered.ValueKind == JsonValueKind.Number && answered.TryGetInt32(out var number2) ? number2 : null);
        }

        return (page, Baseline(line), control);
    }

    private static PageBaseline? Baseline(JsonElement line)
    {
        if (!line.TryGetProperty("baseline", out var given) || given.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var outline = new PageOutline
        {
            Title = JsonLinesInput.Text(given, "title") ?? "",
            Blocks = JsonLinesInput.Text(given, "text") is { Length: > 0 } text ? [new OutlineBlock(BlockRole.Main, true, text)] : [],
        };
        return new PageBaseline { CapturedAt = DateTimeOffset.UnixEpoch, Observation = "given", Sketch = PageSketcher.Sketch(outline) };
    }

    private static DnsFacts? Dns(JsonElement line)
    {
        if (!line.TryGetProperty("dns", out var given) || given.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return new DnsFacts
        {
            ResponseCode = (JsonLinesInput.Text(given, "rcode") ?? "").ToLowerInvariant(),
            Addresses = given.TryGetProperty("a", out var addresses) && addresses.ValueKind == JsonValueKind.Array
                ? [.. addresses.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
                : [],
            ResolversAgreeing = (int)Number(given, "resolversAgreeing"),
            ResolversAsked = (int)Number(given, "resolversAsked"),
            IncludesAbroad = given.TryGetProperty("includesAbroad", out var abroad) && abroad.ValueKind == JsonValueKind.True,
            Checks = (int)Number(given, "checks"),
            SpanHours = Number(given, "spanHours"),
        };
    }

    private static double Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? Math.Clamp(number, 0, 1_000_000) : 0;

    private static (PageOutline? Outline, string? Text) Read(string body, string? contentType, string url)
    {
        if (body.Length == 0)
        {
            return (null, null);
        }

        var reading = Reader.Read(new PageSource(Encoding.UTF8.GetBytes(body), WithUtf8(contentType, body), url.Length == 0 ? "http://localhost/" : url), CancellationToken.None);
        return (reading.Outline, reading.Text);
    }

    // The body is text already: whatever charset the header names, the bytes we hand over are UTF-8.
    // Without a type, text that starts no tag is plain text.
    private static string WithUtf8(string? contentType, string body) =>
        (contentType?.Split(';')[0].Trim() is { Length: > 0 } type ? type : body.AsSpan().TrimStart() is ['<', ..] ? "text/html" : body.AsSpan().TrimStart() is ['{', ..] or ['[', ..] ? "application/json" : "text/plain") + "; charset=utf-8";

    private static Dictionary<string, string> Headers(JsonElement line)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (line.TryGetProperty("headers", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in given.EnumerateObject())
            {
                headers[header.Name.ToLowerInvariant()] = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString() ?? "" : header.Value.GetRawText();
            }
        }

        return headers;
    }

    private static TransportError? Transport(string? name, int? status) => name switch
    {
        null => status is null ? TransportError.NotFetched : null,
        "timeout" => TransportError.Timeout,
        "connection-refused" => TransportError.ConnectionRefused,
        "connection-reset" => TransportError.ConnectionReset,
        "dns-nxdomain" => TransportError.DnsNxdomain,
        _ when name.StartsWith("dns", StringComparison.Ordinal) => TransportError.DnsServfail,
        _ when name.StartsWith("tls", StringComparison.Ordinal) => TransportError.TlsFailure,
        _ => TransportError.ConnectionReset,
    };
}
