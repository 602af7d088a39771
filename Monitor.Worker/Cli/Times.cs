using System.Globalization;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli;

/// <summary>How instants are shown: Việt Nam's time.</summary>
public static class Times
{
    public static string Local(DateTimeOffset? at) => at?.ToOffset(Desk.LocalOffset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "–";
}
