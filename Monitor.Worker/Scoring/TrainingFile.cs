using System.Text;
using System.Text.Json;

namespace Monitor.Worker.Scoring;

/// <summary>
/// Labelled texts as JSON lines: id, family, label ("relevant" or "other"), text; optional: structure, at (day). Unknown fields are ignored. What a line
/// lacks is told with its number, and nothing is learned from a file with bad lines: a slip in the labels would teach the opposite.
/// </summary>
public static class TrainingFile
{
    public const string Relevant = "relevant";
    public const string Other = "other";

    private const long MostBytes = 512L * 1024 * 1024;
    private const int MostProblems = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<TrainingReading> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 and <= MostBytes })
            {
                return new TrainingReading.Unreadable("not there, empty, or more than 512 MB");
            }

            using var reader = new StreamReader(path, Encoding.UTF8);
            return await ReadAsync(reader, cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new TrainingReading.Unreadable(problem.Message);
        }
    }

    public static async Task<TrainingReading> ReadAsync(TextReader reader, CancellationToken cancellation)
    {
        var texts = new List<TrainingText>();
        var bad = new List<BadTrainingLine>();
        for (var number = 1; await reader.ReadLineAsync(cancellation) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (texts.Count > ScorerTraining.MostTexts || bad.Count >= MostProblems)
            {
                break;
            }

            switch (Read(line))
            {
                case (null, var problem):
                    bad.Add(new BadTrainingLine(number, problem));
                    break;
                case (var text, _):
                    texts.Add(text);
                    break;
            }
        }

        return bad.Count > 0 ? new TrainingReading.Bad(bad) : new TrainingReading.Read(texts);
    }

    /// <summary>The structure of a page as JSON lines give it; null when there is none or it is not one.</summary>
    public static PageStructure? Structure(JsonElement element)
    {
        try
        {
            return element.TryGetProperty("structure", out var given) && given.ValueKind == JsonValueKind.Object ? given.Deserialize<PageStructure>(Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (TrainingText? Text, string Problem) Read(string line)
    {
        Line? row;
        try
        {
            row = JsonSerializer.Deserialize<Line>(line, Json);
        }
        catch (JsonException problem)
        {
            return (null, "JSON" + (problem.Path is { Length: > 1 } path ? " " + path : ""));
        }

        return row switch
        {
            null => (null, "JSON"),
            { Id: null or "" } => (null, "id"),
            { Family: null or "" } => (null, "family"),
            { Label: not (Relevant or Other) } => (null, "label"),
            { Text: null or "" } => (null, "text"),
            _ => (new TrainingText(row.Id, row.Family, row.Label == Relevant, row.Text, row.Structure, row.At), ""),
        };
    }

    private sealed record Line(string? Id, string? Family, string? Label, string? Text, PageStructure? Structure, DateOnly? At);
}

/// <summary>How the reading of a training file ended.</summary>
public abstract record TrainingReading
{
    private TrainingReading()
    {
    }

    public sealed record Read(IReadOnlyList<TrainingText> Texts) : TrainingReading;

    /// <param name="Lines">The first of them.</param>
    public sealed record Bad(IReadOnlyList<BadTrainingLine> Lines) : TrainingReading;

    public sealed record Unreadable(string Why) : TrainingReading;
}

/// <param name="Problem">The field that is missing or wrong, or "JSON".</param>
public sealed record BadTrainingLine(int Number, string Problem);
