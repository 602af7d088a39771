using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Worker.Operations;

/// <summary>How things are numbered, so that a person can say them on the telephone.</summary>
public static class Ids
{
    public const string TargetSeries = "targets";
    public const string ReportSeries = "reports";
    public const string AlertSeries = "alerts";
    public const string EvidenceRequestSeries = "evidence-requests";

    public const string MailSeries = "mails";

    public static string Mail(long number) => string.Create(CultureInfo.InvariantCulture, $"M{number:000000}");

    public const string TransferSeries = "transfers";

    public static string Transfer(long number) => string.Create(CultureInfo.InvariantCulture, $"X{number:000000}");

    public static string Target(long number) => string.Create(CultureInfo.InvariantCulture, $"T{number:000000}");

    public static string Report(long number) => string.Create(CultureInfo.InvariantCulture, $"I{number:000000}");

    public static string Alert(long number) => string.Create(CultureInfo.InvariantCulture, $"A{number:000000}");

    public static string EvidenceRequest(long number) => string.Create(CultureInfo.InvariantCulture, $"E{number:000000}");

    /// <summary>A case bears the number of its target.</summary>
    public static string CaseOf(string targetId) => "C" + targetId[1..];

    public static string Request(string caseId, int number) => string.Create(CultureInfo.InvariantCulture, $"R{caseId[1..]}-{number}");

    public static string Observation(string targetId, int number) => string.Create(CultureInfo.InvariantCulture, $"{targetId}/{number:00000000}");

    public static string NoticeSeries(string agencyCode, int year) => string.Create(CultureInfo.InvariantCulture, $"notices/{agencyCode}-{year}");

    public static string Notice(string agencyCode, int year, long number) => string.Create(CultureInfo.InvariantCulture, $"{agencyCode}-{year}-{number:00000}");

    /// <summary>The same page found twice is the same candidate.</summary>
    public static string Candidate(string canonicalUrl) => "K" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalUrl)).AsSpan(0, 8));
}
