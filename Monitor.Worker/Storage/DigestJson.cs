using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Rules.Custody;
using Monitor.Rules.Hashing;

namespace Monitor.Worker.Storage;

/// <summary>"sha256:hex".</summary>
internal sealed class DigestJson : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DigestText.TryRead(reader.GetString(), out var digest) ? digest : throw new JsonException("not a digest");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(DigestText.Write(value));
}
