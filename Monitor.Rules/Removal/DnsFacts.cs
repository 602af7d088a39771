namespace Monitor.Rules.Removal;

/// <summary>What the configured resolvers said about the host's name, over time.</summary>
public sealed record DnsFacts
{
    /// <summary>Response code in lower case: "nxdomain", "noerror", "servfail" (RFC 1035, RFC 8020).</summary>
    public required string ResponseCode { get; init; }

    public IReadOnlyList<string> Addresses { get; init; } = [];

    public int ResolversAgreeing { get; init; }

    public int ResolversAsked { get; init; }

    /// <summary>At least one of them stands outside the country: a name that is only gone here is blocked, not gone.</summary>
    public bool IncludesAbroad { get; init; }

    /// <summary>How often the name was asked for within the span.</summary>
    public int Checks { get; init; }

    /// <summary>Hours between the first and the last of these checks.</summary>
    public double SpanHours { get; init; }

    /// <summary>Span from which an agreed NXDOMAIN counts.</summary>
    public const double RequiredHours = 72;

    public bool NameIsGone =>
        string.Equals(ResponseCode, "nxdomain", StringComparison.OrdinalIgnoreCase) && ResolversAsked > 0 && ResolversAgreeing == ResolversAsked && SpanHours >= RequiredHours && Checks != 1;
}
