using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Channels;

/// <summary>The header that opens a platform's API: a key, or an access token by client credentials (RFC 6749 section 4.4), kept until a minute before it ends.</summary>
internal sealed class ApiAccess(HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(60);

    /// <summary>Where the answer does not say how long a token lives (RFC 6749 section 5.1 only recommends it).</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<TokenKey, (string Token, DateTimeOffset Until)> _tokens = [];

    /// <param name="api">How the platform is opened.</param>
    /// <param name="anew">True: a kept token was just refused.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The header, none of both for an open API, or why there is none.</returns>
    public async Task<(string Name, string Value, SendResult.NotSent? Problem)> HeaderAsync(ApiChannelProfile api, bool anew, CancellationToken cancellation)
    {
        if (api.Authentication == ApiAuthentication.None)
            return ("", "", null);
        if (api.Authentication == ApiAuthentication.Key)
        {
            var reading = await SecretReader.ReadAsync(api.SecretVariable, api.SecretFile, cancellation);
            if (reading is not SecretReading.Found { Secret: var key })
                return ("", "", new SendResult.NotSent(NotSentReason.NotConfigured, "API key: " + ((SecretReading.Refused)reading).Reason));
            return (api.KeyHeader, api.KeyPrefix + key.Reveal(), null);
        }

        var secretReading = await SecretReader.ReadAsync(api.SecretVariable, api.SecretFile, cancellation);
        if (secretReading is not SecretReading.Found { Secret: var secret })
            return Refuse(NotSentReason.NotConfigured, "OAuth client secret: " + ((SecretReading.Refused)secretReading).Reason);
        // With the secret in it: what another secret opened, an exchanged or withdrawn one, is not used on.
        var id = new TokenKey(api.TokenUrl, api.ClientId, api.Scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()))));
        foreach (var other in _tokens.Keys.Where(other => other != id && other with { Secret = id.Secret } == id))
            _tokens.TryRemove(other, out _);
        if (!anew && _tokens.TryGetValue(id, out var kept) && kept.Until > clock.GetUtcNow())
            return ("Authorization", "Bearer " + kept.Token, null);
        _tokens.TryRemove(id, out _);
        return await FetchAsync(api, id, secret, cancellation);
    }

    private async Task<(string Name, string Value, SendResult.NotSent? Problem)> FetchAsync(ApiChannelProfile api, TokenKey id, Secret secret, CancellationToken cancellation)
    {
        if (!ApiAddress.TryParse(api.TokenUrl, out var url))
            return Refuse(NotSentReason.InsecureConfiguration, "token address is not https");
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "client_credentials" };
        if (api.Scope.Length > 0)
            form["scope"] = api.Scope;
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        // Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1).
        var pair = Uri.EscapeDataString(api.ClientId) + ":" + Uri.EscapeDataString(secret.Reveal());
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var answer = await ApiAnswer.ReadAsync(response, clock, cancellation);
            // Only the code of a refusal goes into the records: some servers repeat in it what they were sent.
            if (!answer.Succeeded)
                return Refuse(answer.Code >= 500 ? NotSentReason.ServerRefused : NotSentReason.AuthenticationFailed, string.Create(CultureInfo.InvariantCulture, $"token endpoint said {answer.Code}"));
            if (ApiToken.Of(answer) is not { } token)
                return Refuse(NotSentReason.ProtocolError, "token endpoint gave no bearer token");
            var life = token.Life is { } said ? said < Longest ? said : Longest : Unsaid;
            _tokens[id] = (token.Value, clock.GetUtcNow() + life - Early);
            return ("Authorization", "Bearer " + token.Value, null);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return Refuse(NotSentReason.CannotConnect, "token endpoint cannot be reached");
        }
    }

    private static (string Name, string Value, SendResult.NotSent? Problem) Refuse(NotSentReason reason, string detail) => ("", "", new SendResult.NotSent(reason, detail));

    /// <param name="Secret">SHA-256 of the client secret in hex: the secret itself is never kept.</param>
    private sealed record TokenKey(string Url, string Client, string Scope, string Secret);
}
