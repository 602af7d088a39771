using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monitor.Worker.Storage;

/// <summary>A 64-bit hash as hex digits: as a number it would be rounded by every reader that holds numbers as doubles.</summary>
internal sealed class HashJson : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ulong.TryParse(reader.GetString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("not a 64-bit hash");

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("x", CultureInfo.InvariantCulture));
}
