using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monitor.Worker.Scoring;

/// <summary>
/// What is known of a trained model: from which data, by whom, how well it does on families it never saw, and the digest of the model file
/// beside it. Without its card a model is not used; the model must have exactly the digest that the card pins.
/// </summary>
public sealed record ModelCard
{
    /// <summary>Changes with whatever makes older models score differently.</summary>
    public const string CurrentFormat = "monitor-text-score/1";

    public const string FileName = "card.json";

    public const string ModelFileName = "model.zip";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public required string Format { get; init; }

    /// <summary>SHA-256 of the model file, 64 lower-case hexadecimal digits.</summary>
    public required string ModelSha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who trained it; empty when nobody said.</summary>
    public string CreatedBy { get; init; } = "";

    public required string ToolVersion { get; init; }

    /// <summary>Name and version of the learning library.</summary>
    public required string Library { get; init; }

    public required TrainingData Data { get; init; }

    public required int Seed { get; init; }

    public required int Folds { get; init; }

    /// <summary>Ids of the structural features, in the order of the model's input.</summary>
    public required IReadOnlyList<string> Structure { get; init; }

    /// <summary>How many n-grams the model knows.</summary>
    public required int Ngrams { get; init; }

    public required Calibration Calibration { get; init; }

    /// <summary>On families that were held out, with calibrations that were fitted without them.</summary>
    public required ScorerMetrics HeldOut { get; init; }

    /// <summary>SHA-256 over all held-out scores: the same data and seed give the same again, although the bytes of the model file differ each time.</summary>
    public required string ScoresSha256 { get; init; }

    /// <summary>First digits of the model's digest, under which observations name it.</summary>
    [JsonIgnore]
    public string Name => ModelSha256[..16];

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Null for what is no card.</summary>
    public static ModelCard? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelCard>(bytes, Json) is { ModelSha256.Length: 64 } card && card.ModelSha256.All(char.IsAsciiHexDigitLower) ? card : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a model was trained on.</summary>
public sealed record TrainingData
{
    /// <summary>File name, or "samples".</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 over the texts in id order.</summary>
    public required string Sha256 { get; init; }

    public required int Texts { get; init; }

    public required int Relevant { get; init; }

    public required int WithStructure { get; init; }

    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>Days on which its texts were collected, as far as known.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }
}
