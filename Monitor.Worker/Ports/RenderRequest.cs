namespace Monitor.Worker.Ports;

/// <summary>A page whose bytes were fetched already: its host is not asked for them again.</summary>
public sealed record RenderRequest
{
    /// <summary>Absolute http(s) URL after redirects, with the fragment that was asked for.</summary>
    public required string Url { get; init; }

    public required int Status { get; init; }

    /// <summary>Names lower case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Decompressed.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
