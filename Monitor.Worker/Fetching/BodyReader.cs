using System.Buffers;
using System.IO.Compression;

namespace Monitor.Worker.Fetching;

/// <summary>
/// Reads a body to its end or to a cap: bytes on the wire and bytes after decompression are both bounded, and so is every layer between
/// when codings are stacked. Memory follows what arrived, never what a header promised.
/// </summary>
internal static class BodyReader
{
    /// <summary>Most that is kept of a body that was cut.</summary>
    public const int MaxPartial = 1024 * 1024;

    /// <summary>Whatever the limits say: one body is one array.</summary>
    private const int MaxArray = 512 * 1024 * 1024;

    private const int MaxLayers = 3;
    private const int FirstBuffer = 32 * 1024;
    private const int TrustedLength = 256 * 1024;

    /// <param name="Body">Decoded; the partial when <paramref name="Cap"/> is set, empty with a problem.</param>
    public readonly record struct Result(byte[] Body, FetchCap? Cap, string? Problem);

    /// <param name="contentLength">As declared, or null.</param>
    /// <param name="contentEncoding">The header, or null.</param>
    /// <exception cref="IOException">The connection failed.</exception>
    public static async ValueTask<Result> ReadAsync(Stream wire, long? contentLength, string? contentEncoding, FetchLimits limits, CancellationToken cancellation)
    {
        long maxBody = Math.Min(limits.MaxBodyBytes, MaxArray);
        string[] codings = Codings(contentEncoding);
        bool declaredTooLarge = contentLength > limits.MaxWireBytes;
        if (codings.Length == 0 && contentLength is >= 0 and <= TrustedLength && contentLength <= Math.Min(limits.MaxWireBytes, maxBody))
            return await ReadExactAsync(wire, (int)contentLength.Value, cancellation);
        if (codings.Length > MaxLayers)
            return new Result([], null, "too-many-codings");

        // No use in reading on to a cap that is sure to be passed.
        var capped = new CappedStream(wire, declaredTooLarge ? Math.Min(limits.MaxWireBytes, MaxPartial) : limits.MaxWireBytes);
        var layers = new List<CappedStream>(MaxLayers);
        Stream decoded = capped;
        for (int i = codings.Length - 1; i >= 0; i--)
        {
            if (codings[i] == "deflate")
            {
                decoded = await InflateAsync(decoded, cancellation);
            }
            else
            {
                Stream? next = codings[i] switch
                {
                    "gzip" or "x-gzip" => new GZipStream(decoded, CompressionMode.Decompress, leaveOpen: true),
                    "br" => new BrotliStream(decoded, CompressionMode.Decompress, leaveOpen: true),
                    _ => null,
                };
                if (next is null)
                    return new Result([], null, "unsupported-coding");
                decoded = next;
            }

            if (i > 0)
            {
                var layer = new CappedStream(decoded, maxBody);
                layers.Add(layer);
                decoded = layer;
            }
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            int count = 0;
            FetchCap? cap = null;
            try
            {
                while (true)
                {
                    if (count == buffer.Length)
                        buffer = Grow(buffer, count);
                    int read = await decoded.ReadAsync(buffer.AsMemory(count), cancellation);
                    if (read == 0)
                        break;
                    count += read;
                    if (count > maxBody)
                    {
                        count = (int)maxBody;
                        cap = FetchCap.BodyBytes;
                        break;
                    }
                }
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
            {
                // A cap that cuts a compressed stream looks like a broken one to the decoder; only an uncut stream is the server's fault.
                if (!capped.Exceeded && !layers.Exists(layer => layer.Exceeded))
                    return new Result([], null, "broken-compression");
            }

            cap ??= capped.Exceeded ? FetchCap.WireBytes : layers.Exists(layer => layer.Exceeded) ? FetchCap.BodyBytes : null;
            return new Result(buffer.AsSpan(0, cap is null ? count : Math.Min(count, MaxPartial)).ToArray(), cap, null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (decoded != capped)
                await decoded.DisposeAsync();
        }
    }

    private static async ValueTask<Result> ReadExactAsync(Stream wire, int length, CancellationToken cancellation)
    {
        if (length == 0)
            return new Result([], null, null);
        byte[] body = GC.AllocateUninitializedArray<byte>(length);
        await wire.ReadExactlyAsync(body, cancellation);
        return new Result(body, null, null);
    }

    private static byte[] Grow(byte[] buffer, int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static string[] Codings(string? header) => string.IsNullOrEmpty(header)
        ? []
        : [.. header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(coding => coding.ToLowerInvariant())
            .Where(coding => coding != "identity")];

    /// <summary>"deflate" means zlib (RFC 9110 section 8.4.1.2), but servers that send raw deflate are many: the first two bytes tell.</summary>
    private static async ValueTask<Stream> InflateAsync(Stream source, CancellationToken cancellation)
    {
        byte[] head = new byte[2];
        int count = await source.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, cancellation);
        var whole = new PrefixedStream(head.AsMemory(0, count), source);
        bool zlib = count == 2 && (head[0] & 0x0F) == 8 && ((head[0] << 8) | head[1]) % 31 == 0;
        return zlib
            ? new ZLibStream(whole, CompressionMode.Decompress, leaveOpen: true)
            : new DeflateStream(whole, CompressionMode.Decompress, leaveOpen: true);
    }
}
