namespace Monitor.Worker.Demo;

/// <summary>A made-up platform.</summary>
public sealed record SamplePlatform
{
    /// <summary>Short name, also usable as an id: "anhviet".</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Where the pages are: "anhviet.example".</summary>
    public required string Host { get; init; }

    /// <summary>Where the pictures are: "cdn.anhviet.example", or the same as <see cref="Host"/>.</summary>
    public required string MediaHost { get; init; }

    /// <summary>Mailbox that reads notices; mail to any other address is not read.</summary>
    public required string AbuseMailbox { get; init; }

    /// <summary>"vi" or "en".</summary>
    public required string Language { get; init; }

    public required SampleBehaviour Behaviour { get; init; }

    public required SampleTarget Target { get; init; }

    public required SampleExpectation Expected { get; init; }

    /// <summary>All host names of the platform, each once.</summary>
    public IReadOnlyList<string> Hosts => Host == MediaHost ? [Host] : [Host, MediaHost];

    internal SampleLook Look { get; init; } = null!;
}

/// <summary>A page and its pictures.</summary>
public sealed record SampleTarget
{
    /// <summary>In canonical form: "http://anhviet.example/bai-viet/12".</summary>
    public required string PageUrl { get; init; }

    /// <summary>Every picture that the page shows and that exists.</summary>
    public required IReadOnlyList<string> MediaUrls { get; init; }

    /// <summary>Those of <see cref="MediaUrls"/> whose digests are in the hash list.</summary>
    public required IReadOnlyList<string> KnownMediaUrls { get; init; }

    /// <summary>A picture the page refers to that never existed, or null.</summary>
    public string? DeadMediaUrl { get; init; }

    /// <summary>Ways in which people report the page: tracking parameters, fragments, capital host, default port. The plain one first.</summary>
    public required IReadOnlyList<string> IntakeUrls { get; init; }

    public required SampleTiming Timing { get; init; }

    /// <summary>What is behind <see cref="MediaUrls"/>, in the same order.</summary>
    public required IReadOnlyList<SamplePicture> Pictures { get; init; }
}

/// <summary>Seeded appearance of a platform.</summary>
internal sealed record SampleLook
{
    public required SampleLayout Layout { get; init; }

    /// <summary>header, nav, main, aside, footer elements; otherwise div elements with class names.</summary>
    public required bool Landmarks { get; init; }

    /// <summary>The charset stands in the Content-Type header; otherwise only in a meta element.</summary>
    public required bool CharsetInHeader { get; init; }

    /// <summary>410 instead of 404.</summary>
    public required bool SaysGone { get; init; }

    /// <summary>302 to /login instead of 200 with the form.</summary>
    public required bool WallRedirects { get; init; }

    /// <summary>451 instead of 403.</summary>
    public required bool SaysLegal { get; init; }

    /// <summary>503 comes with Retry-After in every other hour.</summary>
    public required bool SaysRetryAfter { get; init; }

    /// <summary>robots.txt disallows the page.</summary>
    public required bool RobotsDisallow { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<string> Paragraphs { get; init; }

    public required IReadOnlyList<(string Who, string What)> Comments { get; init; }

    public required IReadOnlyList<string> Related { get; init; }

    public required string Author { get; init; }

    public required string ItemId { get; init; }

    public required int Views { get; init; }
}

internal enum SampleLayout
{
    Article,
    Forum,
    Profile,
    Product,
    Gallery,
}
