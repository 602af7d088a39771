namespace Monitor.Rules.Takedowns;

/// <summary>How a platform's HTTPS API takes notices. Names of secrets only, never the secrets.</summary>
public sealed record ApiChannelProfile
{
    public ApiFormat Format { get; init; } = ApiFormat.Xarf;

    public ApiAuthentication Authentication { get; init; }

    /// <summary>Header that carries the key (<see cref="ApiAuthentication.Key"/>).</summary>
    public string KeyHeader { get; init; } = "Authorization";

    /// <summary>In front of the key in its header, for instance "Bearer "; may be empty.</summary>
    public string KeyPrefix { get; init; } = "";

    /// <summary>Environment variable with the key or the client's secret; empty: <see cref="SecretFile"/>.</summary>
    public string SecretVariable { get; init; } = "";

    public string SecretFile { get; init; } = "";

    /// <summary>OAuth 2.0 token endpoint (RFC 6749 section 4.4, client credentials).</summary>
    public string TokenUrl { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string Scope { get; init; } = "";

    /// <summary>Header with the key that makes a repeated POST the same POST (draft-ietf-httpapi-idempotency-key-header).</summary>
    public string IdempotencyHeader { get; init; } = "Idempotency-Key";

    /// <summary>URL that tells what became of a key, with "{key}" in it; empty: the platform cannot be asked.</summary>
    public string LookupUrl { get; init; } = "";

    /// <summary>Dotted path of the receipt's number in the answer, for instance "report.id".</summary>
    public string ReceiptField { get; init; } = "id";

    /// <summary>With <see cref="ApiFormat.Json"/>: the platform's field names (dotted paths) and Liquid over the notice model for each.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];
}

public enum ApiFormat
{
    /// <summary>X-ARF v4 as it is.</summary>
    Xarf,

    /// <summary>An object of the platform's own shape, by <see cref="ApiChannelProfile.Fields"/>.</summary>
    Json,
}

public enum ApiAuthentication
{
    None,
    Key,
    OAuth2,
}
