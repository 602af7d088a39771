using System.Text.RegularExpressions;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Operations;

/// <summary>Which platform profile answers for a URL, and what the profile finds in it.</summary>
public static class Platforms
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    /// <summary>The most specific profile that answers for the host (longest own host name), or the generic one.</summary>
    public static PlatformProfile For(string host, MonitorConfiguration configuration)
    {
        PlatformProfile? best = null;
        var length = -1;
        foreach (var profile in configuration.Platforms.Values)
        {
            if (profile.IsGeneric)
            {
                best ??= profile;
                continue;
            }

            if (profile.AnswersFor(host) || profile.MediaHosts.Contains(host, StringComparer.OrdinalIgnoreCase))
            {
                var own = profile.Hosts.Where(one => host.Equals(one, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + one, StringComparison.OrdinalIgnoreCase)).Select(one => one.Length).DefaultIfEmpty(0).Max();
                if (own > length)
                {
                    (best, length) = (profile, own);
                }
            }
        }

        return best ?? throw new InvalidOperationException("the configuration has no generic platform profile");
    }

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
