namespace Monitor.Worker.Fetching;

/// <summary>Caps of one fetch, redirects included.</summary>
public sealed record FetchLimits
{
    /// <summary>Bytes on the wire (compressed), of the last hop's body.</summary>
    public long MaxWireBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Bytes after decompression.</summary>
    public long MaxBodyBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Names and values of the last answer; above 128 it is cut to that.</summary>
    public int MaxHeaderKilobytes { get; init; } = 64;

    public int MaxRedirects { get; init; } = 8;

    /// <summary>Everything: DNS, connect, TLS, redirects, body, retries. Waiting for a politeness slot is not counted.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(30);

    public static FetchLimits Page { get; } = new();

    public static FetchLimits Media { get; } = new() { MaxWireBytes = 64L * 1024 * 1024, MaxBodyBytes = 64L * 1024 * 1024, TotalTime = TimeSpan.FromSeconds(60) };
}
