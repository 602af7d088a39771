namespace Monitor.Worker.Ports;

/// <summary>A page whose bytes were fetched already: its host is not asked for them again.</summary>
public sealed record RenderRequest
{
    /// <summary>Absolute http(s) URL after redirects, with the fragment that was asked for.</summary>
    public required string Url { get; init; }

    public required int Status { get; init; }

    /// <summary>Names lower case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>True: pictures of the page are taken too, for evidence; media are grey in them.</summary>
    public bool Pictures { get; init; }

    /// <summary>With <see cref="Pictures"/>: what the page's clock shows, standing still, so that the same records give the same picture.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Decompressed.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
