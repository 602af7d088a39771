using Monitor.Rules.Removal;

namespace Monitor.Worker.Rendering;

/// <summary>One request that Chromium has stopped at (Fetch.requestPaused) and that waits for our word.</summary>
internal sealed record PartRequest
{
    public required string Id { get; init; }

    public required string? Session { get; init; }

    public required string Url { get; init; }

    public required string Method { get; init; }

    public required PartKind Kind { get; init; }

    /// <summary>Of the frame that asked; the main frame's is the target's.</summary>
    public required string Frame { get; init; }

    /// <summary>Null: none was said.</summary>
    public string? Origin { get; init; }

    /// <summary>The browser asks leave before it asks (CORS): answered here, nothing leaves.</summary>
    public bool Preflight { get; init; }

    /// <summary>With <see cref="Preflight"/>: the headers it wants to send.</summary>
    public string WantedHeaders { get; init; } = "";

    public static PartRequest Read(CdpEvent paused, string mainFrame)
    {
        var parameters = paused.Parameters;
        var request = parameters.GetProperty("request");
        var url = request.GetProperty("url").GetString() ?? "";
        var method = request.GetProperty("method").GetString() ?? "";
        var frame = parameters.TryGetProperty("frameId", out var id) ? id.GetString() ?? "" : "";
        string? origin = null;
        var asksLeave = false;
        var wanted = "";
        foreach (var header in request.GetProperty("headers").EnumerateObject())
        {
            origin = header.Name.Equals("origin", StringComparison.OrdinalIgnoreCase) ? header.Value.GetString() : origin;
            asksLeave |= header.Name.Equals("access-control-request-method", StringComparison.OrdinalIgnoreCase);
            wanted = header.Name.Equals("access-control-request-headers", StringComparison.OrdinalIgnoreCase) ? header.Value.GetString() ?? "" : wanted;
        }

        return new PartRequest
        {
            Id = parameters.GetProperty("requestId").GetString() ?? "",
            Session = paused.Session,
            Url = url,
            Method = method,
            Frame = frame,
            Kind = KindOf(parameters.TryGetProperty("resourceType", out var type) ? type.GetString() : null, url, frame == mainFrame),
            Origin = origin,
            Preflight = method == "OPTIONS" && asksLeave,
            WantedHeaders = wanted,
        };
    }

    private static PartKind KindOf(string? type, string url, bool mainFrame) => type switch
    {
        "Document" => mainFrame ? PartKind.Document : PartKind.Frame,
        "Script" => PartKind.Script,
        "Stylesheet" => PartKind.Style,
        "XHR" or "Fetch" => PartKind.Data,
        "Image" => PartKind.Image,
        "Font" => PartKind.Font,
        "Media" or "TextTrack" => PartKind.Media,
        "Ping" or "CSPViolationReport" or "Prefetch" or "Manifest" or "SignedExchange" => PartKind.Ping,
        "EventSource" or "WebSocket" => PartKind.Stream,
        // A page's icon comes without saying what it is.
        _ => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.AbsolutePath is var path && (path.EndsWith(".ico", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            ? PartKind.Image : PartKind.Other,
    };
}
