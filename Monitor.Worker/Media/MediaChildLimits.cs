namespace Monitor.Worker.Media;

/// <summary>How this program is started again.</summary>
internal static class MediaChildLimits
{
    /// <summary>Exit code of a process that the system ended for the processor time it used (128 + SIGXCPU, or SIGKILL).</summary>
    public const int OutOfTime = 128 + 24;

    /// <summary>The words of its command line: the host and the assembly, or the program by itself.</summary>
    public static IReadOnlyList<string> Program { get; } = Find();

    private static IReadOnlyList<string> Find()
    {
        var own = Environment.ProcessPath;
        if (Path.GetFileName(own) == "Monitor.Worker")
        {
            return [own!];
        }

        var assembly = typeof(MediaChildLimits).Assembly.Location;
        if (assembly.Length == 0)
        {
            assembly = Path.Combine(AppContext.BaseDirectory, "Monitor.Worker.dll");
        }

        var host = Path.GetFileNameWithoutExtension(own) == "dotnet" ? own! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
        return [host, assembly];
    }
}
