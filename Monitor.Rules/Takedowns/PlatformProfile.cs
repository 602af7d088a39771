namespace Monitor.Rules.Takedowns;

/// <summary>What is known of a platform: how it is reached and what it takes to believe that something is gone from it.</summary>
public sealed record PlatformProfile
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Host names it answers for: "example.vn" (with its subdomains) or "*" for the generic profile.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

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

public sealed record ChannelProfile
{
    public required ChannelKind Kind { get; init; }

    /// <summary>Mail address of the addressee (SMTP).</summary>
    public required string Address { get; init; }

    /// <summary>Name of the addressee as printed ("Bộ phận pháp lý …").</summary>
    public required string Addressee { get; init; }
}

public enum ChannelKind
{
    Smtp,
}

/// <param name="After">Since delivery.</param>
public sealed record LadderStep(TimeSpan After, LadderAction Action, string? Addressee = null);

public enum LadderAction
{
    /// <summary>Same addressee, same demand: covered by the first approval.</summary>
    Reminder,

    /// <summary>Second channel or legal representative: a new approval.</summary>
    SecondChannel,

    /// <summary>Host, CDN, registrar: a new approval.</summary>
    Infrastructure,

    /// <summary>Higher authority at home, hotline network abroad: a new approval.</summary>
    Authority,

    /// <summary>Sanction or blocking proposal: a new approval.</summary>
    Sanction,
}
