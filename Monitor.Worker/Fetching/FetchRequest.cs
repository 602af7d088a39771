using Monitor.Worker.Fetching.Recording;

namespace Monitor.Worker.Fetching;

/// <summary>One thing to fetch. <see cref="Url"/> must be absolute http or https; anything else ends as <see cref="FetchOutcome.Refused"/>.</summary>
public sealed record FetchRequest
{
    public required string Url { get; init; }

    public FetchMethod Method { get; init; } = FetchMethod.Get;

    public FetchLimits Limits { get; init; } = FetchLimits.Page;

    public RobotsPolicy Robots { get; init; } = RobotsPolicy.Record;

    /// <summary>Hash-bank and removal checks of media must not be led elsewhere without saying so: each hop is recorded either way.</summary>
    public bool FollowRedirects { get; init; } = true;

    /// <summary>What the bytes are wanted for; recorded, and decides the Accept header.</summary>
    public FetchPurpose Purpose { get; init; } = FetchPurpose.Page;

    /// <summary>True for a link found on a page, false for a URL a person flagged. A discovered link that would act
    /// (<see cref="ActingLinks"/>) ends as <see cref="RefusalReason.ActingLink"/>; redirects are held to that either way.</summary>
    public bool Discovered { get; init; }

    /// <summary>Where every exchange it takes is recorded: robots.txt, redirects, tries again and failures too. Null: nowhere.</summary>
    public ExchangeLog? Log { get; init; }
}

public enum FetchMethod
{
    Get,
    Head,
}

public enum FetchPurpose
{
    Page,
    Media,
    Control,

    /// <summary>What a page needs to show itself while it is rendered (scripts, data). One visit with its page: no pause between them, still one at a time.</summary>
    Part,

    /// <summary>As <see cref="Part"/>: a page that the rendered page leads on to, or holds in a frame.</summary>
    PagePart,
}

/// <summary>What robots.txt means for a watch list. Read and recorded in every case.</summary>
public enum RobotsPolicy
{
    /// <summary>Fetched whatever it says; what it said is recorded. The default: lawful monitoring of flagged URLs.</summary>
    Record,

    /// <summary>A disallowed URL is not fetched: <see cref="FetchOutcome.RobotsDisallowed"/>.</summary>
    Obey,
}
