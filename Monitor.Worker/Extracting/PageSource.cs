namespace Monitor.Worker.Extracting;

/// <summary>A body to read.</summary>
/// <param name="Body">Decompressed bytes.</param>
/// <param name="ContentType">The Content-Type header as received, or null.</param>
/// <param name="FinalUrl">Absolute URL after redirects; relative addresses resolve against it.</param>
public sealed record PageSource(ReadOnlyMemory<byte> Body, string? ContentType, string FinalUrl, PageReaderLimits Limits)
{
    public PageSource(ReadOnlyMemory<byte> body, string? contentType, string finalUrl)
        : this(body, contentType, finalUrl, PageReaderLimits.Default)
    {
    }
}
