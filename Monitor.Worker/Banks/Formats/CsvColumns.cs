using System.Globalization;

namespace Monitor.Worker.Banks.Formats;

/// <summary>Which column holds what: by number (from 1) or by the name in the first line. "hash=2,kind=1,label=3" or "md5=MD5,sha1=SHA1,label=Image ID".</summary>
public sealed record CsvColumns
{
    /// <summary>What a column can hold; the last four are hashes of a kind of their own.</summary>
    public static readonly IReadOnlyList<string> Roles = ["hash", "kind", "label", "quality", "opinion", "op", "md5", "sha1", "sha256", "pdq"];

    /// <summary>Role and column, as written.</summary>
    public required IReadOnlyDictionary<string, string> Places { get; init; }

    /// <summary>At least one place is a name, so the first line names the columns.</summary>
    public bool ByName => Places.Values.Any(place => !IsNumber(place));

    /// <summary>Null when the words say nothing usable; <paramref name="problem"/> then names the word.</summary>
    public static CsvColumns? TryParse(string words, out string problem)
    {
        problem = "";
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = word.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || parts[1].Length == 0 || !Roles.Contains(parts[0]) || !places.TryAdd(parts[0], parts[1])
                || (IsNumber(parts[1]) && !(int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000)))
            {
                problem = word;
                return null;
            }
        }

        if (!places.Keys.Any(role => role is "hash" or "md5" or "sha1" or "sha256" or "pdq"))
        {
            problem = words;
            return null;
        }

        return new CsvColumns { Places = places };
    }

    private static bool IsNumber(string place) => place.All(char.IsAsciiDigit);
}
