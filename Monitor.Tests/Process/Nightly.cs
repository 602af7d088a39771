using System.Globalization;

namespace Monitor.Tests.Process;

/// <summary>How much of a heavy test is done: MONITOR_NIGHTLY=1 asks for the nightly amount, another number for so many.</summary>
internal static class Nightly
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("MONITOR_NIGHTLY");

    public static bool IsOn => Asked is { Length: > 0 };

    public static int Points(int ordinary, int nightly) => int.TryParse(Asked, NumberStyles.None, CultureInfo.InvariantCulture, out var points) ? points == 1 ? nightly : points : ordinary;
}
