using System.Text;
using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;

namespace Monitor.Tests.Removal.Pages;

/// <summary>A made-up answer of a made-up site, and what it means.</summary>
public sealed record InventedPage(string Name, Liveness Expected, string Url, string Body)
{
    public int? Status { get; init; } = 200;

    public string? FinalUrl { get; init; }

    public string ContentType { get; init; } = "text/html; charset=utf-8";

    public string? Header { get; init; }

    public TransportError? Error { get; init; }

    public DnsFacts? Dns { get; init; }

    public LivenessReason? Reason { get; init; }

    public LivenessVerdict Classify(PageBaseline? baseline = null, PageSketch? control = null) => LivenessClassifier.Classify(Observe(), baseline, control);

    public PageObservation Observe()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = ContentType };
        if (Header is not null)
        {
            headers[Header.Split(':')[0]] = Header.Split(':')[1].Trim();
        }

        var reading = Body.Length == 0 ? null : new PageReader().Read(new PageSource(Encoding.UTF8.GetBytes(Body), ContentType, FinalUrl ?? Url), CancellationToken.None);
        return new PageObservation
        {
            RequestedUrl = Url,
            FinalUrl = FinalUrl ?? Url,
            Status = Error is null ? Status : null,
            Headers = headers,
            TransportError = Error,
            Outline = reading?.Outline,
            Text = reading?.Text,
            Dns = Dns,
            BodyLength = Body.Length == 0 && Header is not null ? 4096 : Body.Length,
        };
    }

    public override string ToString() => Name;
}
