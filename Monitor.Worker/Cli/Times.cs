using System.Globalization;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli;

/// <summary>How instants are shown: Việt Nam's time.</summary>
public static class Times
{
    private static readonly string[] WithTime = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];

    /// <summary>Reads a day, or a day and a time, in Việt Nam's time.</summary>
    /// <param name="endOfDay">A day alone means its last millisecond instead of its first.</param>
    public static bool TryRead(string text, bool endOfDay, out DateTimeOffset? at)
    {
        at = null;
        if (DateTime.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            at = new DateTimeOffset(endOfDay ? day.AddDays(1).AddMilliseconds(-1) : day, Desk.LocalOffset).ToUniversalTime();
        }
        else if (DateTime.TryParseExact(text.Trim(), WithTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            at = new DateTimeOffset(instant, Desk.LocalOffset).ToUniversalTime();
        }

        return at is not null;
    }

    public static string Local(DateTimeOffset? at) => at?.ToOffset(Desk.LocalOffset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "–";
}
