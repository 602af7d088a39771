using System.Text.RegularExpressions;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Operations;

/// <summary>Which platform profile answers for a URL, and what the profile finds in it.</summary>
public static class Platforms
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    /// <summary>The profile that answers for a page; a text that is no URL is answered for by the generic one.</summary>
    public static PlatformProfile For(string url, MonitorConfiguration configuration) =>
        Explain(url, configuration).Chosen ?? throw new InvalidOperationException("the configuration has no generic platform profile");

    /// <summary>The choice with what every profile had to say.</summary>
    public static PlatformChoice Explain(string url, MonitorConfiguration configuration) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        ? PlatformChoice.Of(uri.IdnHost, uri.PathAndQuery, configuration.Platforms.Values)
        : PlatformChoice.Of("", "/", configuration.Platforms.Values);

    public static string? Account(PlatformProfile profile, string url) => Group(profile.AccountPattern, url, "account");

    public static string? Post(PlatformProfile profile, string url) => Group(profile.PostPattern, url, "post");

    private static string? Group(string? pattern, string url, string name)
    {
        if (pattern is null || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            return null;
        }

        var match = Regex.Match(uri.PathAndQuery, pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, PatternTime);
        return match.Success && match.Groups[name].Success ? match.Groups[name].Value : null;
    }
}
