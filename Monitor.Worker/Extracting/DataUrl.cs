using System.Buffers.Text;
using System.Text;

namespace Monitor.Worker.Extracting;

/// <summary>data: URLs (RFC 2397), which hold what they name.</summary>
public static class DataUrl
{
    public static bool Is(string url) => url.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The bytes within; empty when they cannot be read.</summary>
    public static byte[] Decode(string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            return [];
        }

        var payload = Uri.UnescapeDataString(url[(comma + 1)..]);
        if (!url.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8.GetBytes(payload);
        }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(payload.Length)];
        return Convert.TryFromBase64String(payload, bytes, out var written) ? bytes[..written] : [];
    }
}
