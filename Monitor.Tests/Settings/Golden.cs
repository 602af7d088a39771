namespace Monitor.Tests.Settings;

/// <summary>Texts that were read and approved by a person. MONITOR_APPROVE=1 writes what the program says now: read the difference before it is kept.</summary>
internal static class Golden
{
    public static void Equal(string file, string actual)
    {
        string path = Path.Combine(ConfigFolder.Root, "Monitor.Tests", file);
        if (Environment.GetEnvironmentVariable("MONITOR_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{file} has not been approved yet");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
