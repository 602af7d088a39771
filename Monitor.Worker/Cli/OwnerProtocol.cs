using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Monitor.Worker.Cli;

/// <summary>
/// Frames on the owner's socket: one byte of kind, four bytes of length (big endian), then the payload.
/// Client → owner: one Call. Owner → client: Out and Err pieces (UTF-8), then one Exit.
/// </summary>
public static class OwnerProtocol
{
    public const byte Call = 1;
    public const byte Out = 2;
    public const byte Err = 3;
    public const byte Exit = 4;

    public const int MaxCall = 1024 * 1024;
    public const int MaxPiece = 16 * 1024 * 1024;

    /// <summary>Bytes of a Unix socket's path (Linux: sun_path has 108, the last is the zero).</summary>
    public const int MaxSocketPath = 107;

    public static bool Fits(string dataDirectory) => Encoding.UTF8.GetByteCount(SocketOf(dataDirectory)) <= MaxSocketPath;

    public static string SocketOf(string dataDirectory) => Path.Combine(dataDirectory, "owner.sock");

    public static async Task WriteAsync(Stream stream, byte kind, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame.AsMemory(5));
        await stream.WriteAsync(frame, cancellation);
    }

    /// <summary>Null at the end of the stream, or when the frame is larger than allowed.</summary>
    public static async Task<(byte Kind, byte[] Payload)?> ReadAsync(Stream stream, int max, CancellationToken cancellation)
    {
        var head = new byte[5];
        if (await stream.ReadAtLeastAsync(head, 5, throwOnEndOfStream: false, cancellation) < 5)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1));
        if (length < 0 || length > max)
        {
            return null;
        }

        var payload = new byte[length];
        return await stream.ReadAtLeastAsync(payload, length, throwOnEndOfStream: false, cancellation) < length ? null : (head[0], payload);
    }

    public static byte[] Encode(OwnerCall call) => JsonSerializer.SerializeToUtf8Bytes(call);

    public static OwnerCall? Decode(byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize<OwnerCall>(payload);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
