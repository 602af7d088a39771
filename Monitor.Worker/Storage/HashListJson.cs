using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monitor.Worker.Storage;

/// <summary>Many 64-bit hashes as one base64 text of big-endian words: half the size of the numbers written out.</summary>
internal sealed class HashListJson : JsonConverter<IReadOnlyList<ulong>>
{
    public override IReadOnlyList<ulong> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (!reader.TryGetBytesFromBase64(out var bytes) || bytes.Length % sizeof(ulong) != 0)
            throw new JsonException("not a list of 64-bit hashes");

        var hashes = new ulong[bytes.Length / sizeof(ulong)];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)));
        return hashes;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<ulong> value, JsonSerializerOptions options)
    {
        var bytes = new byte[value.Count * sizeof(ulong)];
        for (var i = 0; i < value.Count; i++)
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), value[i]);
        writer.WriteBase64StringValue(bytes);
    }
}
