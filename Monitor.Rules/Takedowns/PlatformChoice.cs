using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitor.Rules.Takedowns;

/// <summary>How a profile is tied to a host, the weakest first.</summary>
public enum HostClaim
{
    None,

    /// <summary>"*".</summary>
    Generic,

    /// <summary>The host carries the media of the same operator; patterns over pages say nothing about it.</summary>
    Media,

    /// <summary>The host stands under one of the profile's.</summary>
    Parent,

    Exact,
}

/// <summary>Why a profile was or was not chosen.</summary>
public enum ClaimEnd
{
    Chosen,
    OtherHost,

    /// <summary>The host is its own, but none of its patterns finds the page.</summary>
    PatternMissed,

    /// <summary>Another profile is nearer to the host.</summary>
    Farther,

    /// <summary>As near as the chosen one, which has a pattern for the page where this one has none.</summary>
    LessParticular,

    /// <summary>As good as the chosen one, whose id comes first.</summary>
    Tied,
}

/// <param name="Host">The profile's own host name that made the claim; null without one.</param>
/// <param name="Pattern">The pattern that found the page; null when the profile has none or none did.</param>
public sealed record PlatformClaim(PlatformProfile Profile, HostClaim Claim, string? Host, string? Pattern, ClaimEnd End);

/// <summary>
/// Which profile answers for a page: exact host before parent domain (the longest first) before media host before the generic one; on the
/// same host a profile whose pattern finds the page before one without patterns; then the id that comes first.
/// </summary>
/// <param name="Chosen">Null only when there is no generic profile.</param>
/// <param name="Claims">Every profile, the chosen one first, then from near to far.</param>
public sealed record PlatformChoice(PlatformProfile? Chosen, IReadOnlyList<PlatformClaim> Claims)
{
    private const RegexOptions Linear = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    /// <param name="host">As in a URL or as people write it: case, a trailing dot, a port and letters of other scripts make no difference.</param>
    /// <param name="pathAndQuery">Starts with "/".</param>
    public static PlatformChoice Of(string host, string pathAndQuery, IEnumerable<PlatformProfile> profiles)
    {
        var name = Normal(host);
        var claims = profiles.Select(profile => ClaimOf(profile, name, pathAndQuery))
            .OrderByDescending(claim => claim.Claim)
            .ThenByDescending(claim => claim.Host?.Length ?? 0)
            .ThenByDescending(claim => claim.Pattern is not null)
            .ThenBy(claim => claim.Profile.Id, StringComparer.Ordinal)
            .ToList();
        return claims.FirstOrDefault(claim => claim.End == ClaimEnd.Chosen) is { } best
            ? new PlatformChoice(best.Profile, [best, .. claims.Where(claim => claim != best).Select(claim => claim.End == ClaimEnd.Chosen ? claim with { End = Beaten(claim, best) } : claim)])
            : new PlatformChoice(null, claims);
    }

    /// <summary>ASCII, lower case, without port and trailing dot.</summary>
    public static string Normal(string host)
    {
        var name = host.Trim();
        if (!name.StartsWith('[') && name.LastIndexOf(':') is var colon and >= 0 && name.IndexOf(':', StringComparison.Ordinal) == colon)
        {
            name = name[..colon];
        }

        name = name.TrimEnd('.');
        try
        {
            return (name.All(char.IsAscii) ? name : new IdnMapping().GetAscii(name)).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Not a host name that anybody could own.
            return name.ToLowerInvariant();
        }
    }

    private static PlatformClaim ClaimOf(PlatformProfile profile, string host, string pathAndQuery)
    {
        if (profile.IsGeneric)
        {
            return new PlatformClaim(profile, HostClaim.Generic, null, null, ClaimEnd.Chosen);
        }

        if (Nearest(profile.Hosts, host) is { } own)
        {
            var pattern = profile.UrlPatterns.FirstOrDefault(one => Regex.IsMatch(pathAndQuery, one, Linear, PatternTime));
            var claim = own.Length == host.Length ? HostClaim.Exact : HostClaim.Parent;
            if (profile.UrlPatterns.Count == 0 || pattern is not null)
            {
                return new PlatformClaim(profile, claim, own, pattern, ClaimEnd.Chosen);
            }

            if (Nearest(profile.MediaHosts, host) is null)
            {
                return new PlatformClaim(profile, claim, own, null, ClaimEnd.PatternMissed);
            }
        }

        return Nearest(profile.MediaHosts, host) is { } media
            ? new PlatformClaim(profile, HostClaim.Media, media, null, ClaimEnd.Chosen)
            : new PlatformClaim(profile, HostClaim.None, null, null, ClaimEnd.OtherHost);
    }

    /// <summary>The longest of a profile's names that is the host or stands above it.</summary>
    private static string? Nearest(IReadOnlyList<string> names, string host) =>
        names.Where(name => name != "*").Select(Normal).Where(name => name.Length > 0 && (host == name || host.EndsWith("." + name, StringComparison.Ordinal))).MaxBy(name => name.Length);

    private static ClaimEnd Beaten(PlatformClaim claim, PlatformClaim best) =>
        claim.Claim != best.Claim || claim.Host?.Length != best.Host?.Length ? ClaimEnd.Farther
        : best.Pattern is not null && claim.Pattern is null ? ClaimEnd.LessParticular
        : ClaimEnd.Tied;
}
