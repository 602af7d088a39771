using System.Text.RegularExpressions;

namespace Monitor.Rules.Replies;

/// <summary>The addressee's own number for our request.</summary>
public static partial class Tickets
{
    private const int LongestTicket = 40;

    /// <param name="reference">Our own number, which is none of theirs; or null.</param>
    /// <returns>Null: none is named, or several that could be meant.</returns>
    public static string? Find(string subject, string text, string? reference)
    {
        foreach (var where in new[] { subject, text.Length > 4000 ? text[..4000] : text })
        {
            var found = Named().Matches(where).Select(match => match.Groups["id"].Value.TrimEnd('.', '-')).Where(id => id.Length <= LongestTicket && id.Any(char.IsAsciiDigit) && !(reference?.Contains(id, StringComparison.OrdinalIgnoreCase) ?? false)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (found is [var only])
            {
                return only;
            }
        }

        return null;
    }

    [GeneratedRegex(@"((ticket|case|request|reference|report|incident)( (id|no|number|ref))?|mã (yêu cầu|hồ sơ|phiếu|vụ việc)|phiếu( yêu cầu)?( số)?|yêu cầu số)\s*(is|là)?\s*[:.#\-\[\(]{0,3}\s*#?(?<id>[A-Z]{0,6}-?[0-9][A-Z0-9\-]{2,38})|[\[\(]#(?<id>[A-Z]{0,6}-?[0-9][A-Z0-9\-]{2,38})[\]\)]|(^|\s)#(?<id>[0-9]{4,20})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
