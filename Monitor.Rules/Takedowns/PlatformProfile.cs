namespace Monitor.Rules.Takedowns;

/// <summary>What is known of a platform: how it is reached and what it takes to believe that something is gone from it.</summary>
public sealed record PlatformProfile
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Host names it answers for: "example.vn" (with its subdomains) or "*" for the generic profile.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>
    /// Regular expressions over path and query (RE2-like, linear time). Empty: every page of the hosts. Otherwise the profile answers only
    /// for pages that one of them finds: a host may carry services of different operators.
    /// </summary>
    public IReadOnlyList<string> UrlPatterns { get; init; } = [];

    /// <summary>CDN and media hosts of the same operator.</summary>
    public IReadOnlyList<string> MediaHosts { get; init; } = [];

    /// <summary>Regular expression over path and query with a group "account", or null.</summary>
    public string? AccountPattern { get; init; }

    /// <summary>Regular expression over path and query with a group "post", or null.</summary>
    public string? PostPattern { get; init; }

    /// <summary>In order of preference.</summary>
    public required IReadOnlyList<ChannelProfile> Channels { get; init; }

    /// <summary>"vi" or "en".</summary>
    public string Language { get; init; } = "vi";

    /// <summary>True when the addressee acts only on a signed and sealed document.</summary>
    public bool RequiresSignedDocument { get; init; }

    /// <summary>What the platform must be given to act; a notice without it is refused as incomplete.</summary>
    public IReadOnlyList<NoticeRequirement> Requires { get; init; } = [];

    /// <summary>Hours this platform has from delivery, where a law or an agreement says other than the legal basis; null: as the basis says.</summary>
    public int? DeadlineHours { get; init; }

    /// <summary>Most pages one notice may name; 1: each page has a notice of its own.</summary>
    public int ItemsPerNotice { get; init; } = 1;

    /// <summary>Most notices sent to the platform in any hour; null: no limit.</summary>
    public int? NoticesPerHour { get; init; }

    /// <summary>Vantages that must agree before removal is confirmed.</summary>
    public IReadOnlyList<string> RequiredVantages { get; init; } = ["direct"];

    /// <summary>Walls anonymous visitors: confirmed by human observation only.</summary>
    public bool Walled { get; init; }

    public IReadOnlyList<LadderStep> Ladder { get; init; } = [];

    public bool IsGeneric => Hosts.Contains("*");

    /// <summary>True when <paramref name="host"/> is one of <see cref="Hosts"/> or a subdomain of one.</summary>
    public bool AnswersFor(string host) => Hosts.Any(own => own != "*" &&
        (string.Equals(host, own, StringComparison.OrdinalIgnoreCase) ||
         (host.Length > own.Length && host[host.Length - own.Length - 1] == '.' && host.EndsWith(own, StringComparison.OrdinalIgnoreCase))));
}
