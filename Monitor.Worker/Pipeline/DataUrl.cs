using System.Buffers.Text;
using System.Text;

namespace Monitor.Worker.Pipeline;

/// <summary>The bytes of a data: URL (RFC 2397); empty when it cannot be read.</summary>
public static class DataUrl
{
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
