using System.Collections;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Monitor.Worker.Storage;

/// <summary>
/// Rows as UTF-8 JSON, the same in every store. Names and enum values in camelCase; instants as whole milliseconds since
/// 1970-01-01 UTC; days as ISO 8601; digests as "sha256:hex"; perceptual hashes as hex; 64-bit hashes as hex, since JSON numbers hold only 53 bits.
/// A property that stands at the value a fresh object has is left out, so that rows stay small and a new optional property
/// needs no migration. Unknown properties are ignored; an unknown enum word or a missing required property is a damaged row.
/// </summary>
/// <remarks>
/// Metadata comes from reflection (compiled accessors), not from the source generator: the generator hands every init-only property
/// to an object initialiser, so that one left out reads back as null or zero instead of the default its type declares.
/// </remarks>
public static class RowJson
{
    private static readonly JsonSerializerOptions Options = Create();

    public static byte[] Write<T>(T row) => JsonSerializer.SerializeToUtf8Bytes(row, Info<T>.Value);

    /// <exception cref="JsonException">Not a row of this type: the store is damaged.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, Info<T>.Value) ?? throw new JsonException($"null is no {typeof(T).Name}");

    private static JsonSerializerOptions Create()
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        resolver.Modifiers.Add(LeaveOutDefaults);
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = resolver,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new DigestJson());
        options.Converters.Add(new PdqHashJson());
        options.Converters.Add(new InstantJson());
        options.Converters.Add(new HashJson());
        options.Converters.Add(new HashListJson());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        // What a row computes from its other members is not stored; a condition of our own would override the option that says so.
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].Set is null && type.Properties[i].AssociatedParameter is null)
                type.Properties.RemoveAt(i);
        }

        // Records with a primary constructor get what is missing as null or zero, whatever their members say: they are written whole.
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.GetConstructor(Type.EmptyTypes) is not { } constructor)
            return;

        var fresh = constructor.Invoke(null);
        foreach (var property in type.Properties)
        {
            if (property.IsRequired || property.Get is not { } get)
                continue;

            var usual = get(fresh);
            property.ShouldSerialize = usual is ICollection { Count: 0 }
                ? static (_, value) => value is not ICollection { Count: 0 }
                : (_, value) => !Equals(value, usual);
        }
    }

    private static class Info<T>
    {
        public static readonly JsonTypeInfo<T> Value = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }
}
