using System.Globalization;
using System.Net.Mail;
using System.Text.Json;

namespace Monitor.Worker.Notices;

/// <summary>
/// What the X-ARF v4 schemas ask of a report of type content/csam or content/csem: fields that must be there, their types, lists of words and formats; and what we ask beyond them:
/// no evidence payload.
/// </summary>
public static class XarfRules
{
    private static readonly string[] Required = ["xarf_version", "report_id", "timestamp", "reporter", "sender", "source_identifier", "category", "type", "url", "detection_method"];
    private static readonly string[] Classifications = ["baseline", "A1", "A2", "B1", "B2"];
    private static readonly string[] CsamMethods = ["hash_match", "ai_detection", "manual_review", "user_report", "automated_scan"];
    private static readonly string[] CsemMethods = ["behavioral_analysis", "keyword_detection", "user_report", "ai_detection", "manual_review", "law_enforcement_referral"];
    private static readonly string[] Exploitations = ["grooming", "solicitation", "sextortion", "trafficking", "distribution", "production", "possession"];
    private static readonly string[] VerificationMethods = ["manual", "automated_crawler", "user_report", "honeypot", "threat_intelligence"];

    /// <summary>Empty: it holds. One report, or an array of them.</summary>
    public static IReadOnlyList<XarfProblem> Check(ReadOnlyMemory<byte> json)
    {
        var problems = new List<XarfProblem>();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                var number = 0;
                foreach (var report in document.RootElement.EnumerateArray())
                {
                    One(report, string.Create(CultureInfo.InvariantCulture, $"[{number++}]."), problems);
                }
            }
            else
            {
                One(document.RootElement, "", problems);
            }
        }
        catch (JsonException)
        {
            problems.Add(new XarfProblem("", "not-json"));
        }

        return problems;
    }

    private static void One(JsonElement report, string at, List<XarfProblem> problems)
    {
        if (report.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new XarfProblem(at.TrimEnd('.'), "not-an-object"));
            return;
        }

        void Bad(string field, string code) => problems.Add(new XarfProblem(at + field, code));
        string? Text(string field)
        {
            if (!report.TryGetProperty(field, out var value))
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }

            Bad(field, "not-text");
            return null;
        }

        void OneOf(string field, string[] words)
        {
            if (Text(field) is { } word && !words.Contains(word))
            {
                Bad(field, "not-one-of");
            }
        }

        foreach (var field in Required.Where(field => !report.TryGetProperty(field, out _)))
        {
            Bad(field, "missing");
        }

        if (Text("xarf_version") is { } version && !(version.StartsWith("4.", StringComparison.Ordinal) && System.Version.TryParse(version, out var parsed) && parsed is { Build: >= 0, Revision: -1 }))
        {
            Bad("xarf_version", "format");
        }

        if (Text("report_id") is { } id && !Guid.TryParseExact(id, "D", out _))
        {
            Bad("report_id", "format");
        }

        foreach (var field in (string[])["timestamp", "verified_at"])
        {
            if (Text(field) is { } time && !(time.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            {
                Bad(field, "format");
            }
        }

        Contact(report, "reporter", Bad);
        Contact(report, "sender", Bad);
        if (Text("source_identifier") is "")
        {
            Bad("source_identifier", "empty");
        }

        if (Text("url") is { } url && !Uri.TryCreate(url, UriKind.Absolute, out _))
        {
            Bad("url", "format");
        }

        if (Text("description") is { Length: > 1000 })
        {
            Bad("description", "too-long");
        }

        OneOf("category", ["content"]);
        OneOf("type", ["csam", "csem"]);
        OneOf("verification_method", VerificationMethods);
        if (Text("type") == "csem")
        {
            OneOf("detection_method", CsemMethods);
            OneOf("exploitation_type", Exploitations);
            if (!report.TryGetProperty("exploitation_type", out _))
            {
                Bad("exploitation_type", "missing");
            }
        }
        else
        {
            OneOf("detection_method", CsamMethods);
            OneOf("classification", Classifications);
            if (!report.TryGetProperty("classification", out _))
            {
                Bad("classification", "missing");
            }
        }

        Hashes(report, Bad);
        if (report.TryGetProperty("evidence", out _))
        {
            Bad("evidence", "never-with-media");
        }
    }

    private static void Hashes(JsonElement report, Action<string, string> bad)
    {
        if (!report.TryGetProperty("hash_values", out var hashes))
        {
            return;
        }

        if (hashes.ValueKind != JsonValueKind.Object)
        {
            bad("hash_values", "not-an-object");
            return;
        }

        foreach (var (field, length) in new[] { ("md5", 32), ("sha1", 40), ("sha256", 64) })
        {
            if (hashes.TryGetProperty(field, out var value) && !(value.ValueKind == JsonValueKind.String && value.GetString() is { } hex && hex.Length == length && hex.All(char.IsAsciiHexDigit)))
            {
                bad("hash_values." + field, "format");
            }
        }
    }

    private static void Contact(JsonElement report, string field, Action<string, string> bad)
    {
        if (!report.TryGetProperty(field, out var contact))
        {
            return;
        }

        if (contact.ValueKind != JsonValueKind.Object)
        {
            bad(field, "not-an-object");
            return;
        }

        foreach (var part in (string[])["org", "contact", "domain"])
        {
            if (!contact.TryGetProperty(part, out var value) || value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } text)
            {
                bad($"{field}.{part}", "missing");
            }
            else if ((part == "org" && text.Length > 200) || (part == "contact" && !MailAddress.TryCreate(text, out _)) || (part == "domain" && Uri.CheckHostName(text) == UriHostNameType.Unknown))
            {
                bad($"{field}.{part}", "format");
            }
        }

        foreach (var other in contact.EnumerateObject().Where(one => one.Name is not ("org" or "contact" or "domain")))
        {
            bad($"{field}.{other.Name}", "not-known-here");
        }
    }
}

/// <param name="Field">Path of the field; empty: the whole.</param>
/// <param name="Code">"missing", "format", "not-one-of", "not-text", "too-long", "never-with-media" …</param>
public sealed record XarfProblem(string Field, string Code)
{
    public override string ToString() => Field.Length == 0 ? Code : $"{Field}: {Code}";
}
