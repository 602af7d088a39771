using Monitor.Rules.Hashing;

namespace Monitor.Rules.Removal;

/// <summary>How it went when a page of scripts was shown to a browser; part of the observation. Old observations have none.</summary>
public sealed record RenderFacts
{
    /// <summary>Gaps that are named; the rest is counted.</summary>
    private const int NamedGaps = 8;

    public required RenderEnd End { get; init; }

    /// <summary>Why there is no rendering; empty when there is one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The page came to rest by itself, within its limits.</summary>
    public bool Settled { get; init; }

    /// <summary>Requests that reached a fetcher.</summary>
    public int Asked { get; init; }

    /// <summary>Requests that did not: refused, or never asked.</summary>
    public int Refused { get; init; }

    /// <summary>What the page went without, such as "Data api.example 503"; at most eight.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    public int GapCount { get; init; }

    public long Bytes { get; init; }

    public long ElapsedMilliseconds { get; init; }

    /// <summary>SHA-256 of the text that was shown.</summary>
    public Digest? Text { get; init; }

    /// <summary>The page showed all it would show a visitor: only then can what it does not show count for anything.</summary>
    public bool Whole => End == RenderEnd.Rendered && Settled && GapCount == 0;

    public static RenderFacts Of(RenderEnd end, string reason, bool settled, IReadOnlyList<RenderedPart> parts, TimeSpan elapsed)
    {
        var gaps = parts.Where(part => part.LeavesGap).ToList();
        return new RenderFacts
        {
            End = end,
            Reason = reason,
            Settled = settled,
            Asked = parts.Count(part => part.End is PartEnd.Answered or PartEnd.Failed),
            Refused = parts.Count(part => part.End is PartEnd.Refused or PartEnd.NeverAsked),
            Gaps = [.. gaps.Select(Name).Distinct(StringComparer.Ordinal).Take(NamedGaps)],
            GapCount = gaps.Count,
            Bytes = parts.Sum(part => part.Bytes),
            ElapsedMilliseconds = (long)elapsed.TotalMilliseconds,
        };
    }

    private static string Name(RenderedPart part) =>
        $"{part.Kind} {(Uri.TryCreate(part.Url, UriKind.Absolute, out var url) ? url.Authority : "?")} {part.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? part.Reason}";
}

public enum RenderEnd
{
    /// <summary>No browser: not configured, not found, or switched off.</summary>
    Unavailable,

    /// <summary>The browser, or the page, did not come to an end that could be read.</summary>
    Failed,
    Rendered,
}
