using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monitor.Rules.Assessing;
using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Notices;

/// <summary>
/// A notice as X-ARF v4 (xarf.org, core schema and content/csam, content/csem): one report a page, several as an array. Never with evidence: media have no place here.
/// Categories that the format has no type for, and notices that take something back, have no such form.
/// </summary>
public static class XarfReport
{
    public const string Version = "4.0.0";

    private const int LongestDescription = 1000;
    private const int LongestOrganisation = 200;

    private static readonly JsonSerializerOptions Shown = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8 JSON, the same for the same notice; empty where there is no such form.</summary>
    public static byte[] Of(Notice notice, NoticeModel model)
    {
        if (notice.Kind == NoticeKind.Retraction || TypeOf(notice.Category) is not { } type)
        {
            return [];
        }

        var reports = notice.Items.Select(item => Report(notice, model, item, type)).ToArray();
        return reports.Length == 1
            ? JsonSerializer.SerializeToUtf8Bytes(reports[0], Shown)
            : JsonSerializer.SerializeToUtf8Bytes(new JsonArray([.. reports]), Shown);
    }

    private static (string Type, string? Exploitation)? TypeOf(Category category) => category switch
    {
        Category.SexualAbuseMaterial or Category.SelfGeneratedOrCoerced => ("csam", null),
        Category.SexualExploitation => ("csem", "grooming"),
        Category.TraffickingOrSale => ("csem", "trafficking"),
        _ => null,
    };

    private static JsonObject Report(Notice notice, NoticeModel model, Monitor.Rules.Takedowns.NoticeItem item, (string Type, string? Exploitation) type)
    {
        var host = Uri.TryCreate(item.Url, UriKind.Absolute, out var url) ? url.IdnHost : "";
        var organisation = model.Agency.NameEnglish.Length > 0 ? model.Agency.NameEnglish : model.Agency.Name;
        var report = new JsonObject
        {
            ["xarf_version"] = Version,
            ["report_id"] = IdOf($"{notice.Id}\n{notice.Number}\n{item.Url}"),
            ["timestamp"] = Time(item.LastSeenAt),
            ["reporter"] = Contact(organisation, model.Agency.Email),
            ["sender"] = Contact(organisation, model.ReplyTo),
            ["source_identifier"] = host,
            ["category"] = "content",
            ["type"] = type.Type,
            ["url"] = item.Url,
            ["domain"] = host,
            ["verified_at"] = Time(item.LastSeenAt),
            ["verification_method"] = "manual",
            ["evidence_source"] = "automated_scan",
            // Two people have looked at the case and agreed.
            ["detection_method"] = "manual_review",
            ["description"] = Cut($"{notice.Subject} ({notice.Id}). {model.Basis.CitationEnglish}. {model.DeadlineText}.", LongestDescription),
            ["reference"] = notice.Id,
            ["legal_basis"] = model.Basis.CitationEnglish,
            ["deadline_hours"] = model.DeadlineHours,
            ["requested_actions"] = new JsonArray([.. model.RequestedActions.Select(action => (JsonNode)action)]),
        };
        if (model.Checkpoint is { Length: > 0 } checkpoint)
        {
            // Not of the format, which lets further fields be: whoever keeps the report can show what our log was.
            report["custody_checkpoint"] = checkpoint;
        }

        if (type.Exploitation is { } exploitation)
        {
            report["exploitation_type"] = exploitation;
        }
        else
        {
            // What the material shows is for those to say who may look at it.
            report["classification"] = "baseline";
            if (item.Digests.Count > 0)
            {
                report["hash_values"] = new JsonObject { ["sha256"] = item.Digests[0].ToString() };
            }
        }

        if (item.Media.Count > 0)
        {
            report["media_urls"] = new JsonArray([.. item.Media.Select(media => (JsonNode)media)]);
        }

        return report;
    }

    private static JsonObject Contact(string organisation, string mail) => new() { ["org"] = Cut(organisation, LongestOrganisation), ["contact"] = mail, ["domain"] = mail.Split('@')[^1] };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    /// <summary>A UUID in the form of version 4 that is the same each time: rendering makes nothing up.</summary>
    private static string IdOf(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
