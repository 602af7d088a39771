using Microsoft.Extensions.Time.Testing;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Tests.Settings;

/// <summary>A copy of the shipped configuration in a folder of its own, to be spoilt.</summary>
internal sealed class ConfigFolder : IDisposable
{
    public static readonly DateTimeOffset Day = new(2026, 7, 1, 3, 0, 0, TimeSpan.Zero);

    public ConfigFolder(bool shipped = true)
    {
        Path = Directory.CreateTempSubdirectory("monitor-config-").FullName;
        if (!shipped)
            return;
        foreach (string file in Directory.EnumerateFiles(Shipped, "*", SearchOption.AllDirectories))
        {
            string target = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(Shipped, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public static string Root { get; } = FindRoot();

    public static string Shipped { get; } = System.IO.Path.Combine(Root, "config");

    public string Path { get; }

    public FakeTimeProvider Clock { get; } = new(Day);

    public ConfigFolder Write(string file, string text)
    {
        string path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public ConfigFolder Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, file), bytes);
        return this;
    }

    public ConfigFolder Replace(string file, string old, string text)
    {
        string before = Read(file);
        Assert.Contains(old, before, StringComparison.Ordinal);
        return Write(file, before.Replace(old, text, StringComparison.Ordinal));
    }

    public ConfigFolder Delete(string file)
    {
        File.Delete(System.IO.Path.Combine(Path, file));
        return this;
    }

    public string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    public ConfigurationReading Load() => new ConfigurationLoader(Clock).Load(Path);

    /// <summary>The one problem there is.</summary>
    public ConfigurationProblem Single()
    {
        ConfigurationReading reading = Load();
        return Assert.Single(reading.Problems);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Monitor.sln")))
            folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests run outside the source tree");
    }
}
