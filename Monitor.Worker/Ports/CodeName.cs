using System.Text.Json;

namespace Monitor.Worker.Ports;

/// <summary>The word of a closed list as it stands in files, records and machine-readable output: <c>MoreInfo</c> is "more-info".</summary>
public static class CodeName
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
