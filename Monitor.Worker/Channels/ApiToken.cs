using System.Text.Json;

namespace Monitor.Worker.Channels;

/// <summary>An access token as a token endpoint gives it (RFC 6749 section 5.1).</summary>
internal sealed record ApiToken(string Value, TimeSpan? Life)
{
    private const int LongestToken = 16 * 1024;

    private const double LongestSeconds = 1e9;

    /// <returns>null where the answer is no bearer token that fits into a header.</returns>
    public static ApiToken? Of(ApiAnswer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("token_type", out var type) || !string.Equals(type.GetString(), "bearer", StringComparison.OrdinalIgnoreCase)
                || !root.TryGetProperty("access_token", out var token) || token.GetString() is not { Length: > 0 and <= LongestToken } value
                || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                return null;
            }

            var life = root.TryGetProperty("expires_in", out var expires) && expires.ValueKind == JsonValueKind.Number && expires.TryGetDouble(out var seconds) && seconds is >= 0 and < LongestSeconds
                ? TimeSpan.FromSeconds(seconds)
                : (TimeSpan?)null;
            return new ApiToken(value, life);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
