using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Rules.Hashing;

namespace Monitor.Worker.Storage;

/// <summary>64 hex digits.</summary>
internal sealed class PdqHashJson : JsonConverter<PdqHash>
{
    public override PdqHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PdqHash.TryParse(reader.GetString(), out var hash) ? hash : throw new JsonException("not a PDQ hash");

    public override void Write(Utf8JsonWriter writer, PdqHash value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
