namespace Monitor.Tests.Architecture;

/// <summary>The sources that these tests were built from, found by walking up from where the tests run.</summary>
internal static class SourceTree
{
    /// <summary>The folder that holds Monitor.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string Of(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Source files of a project, without what the build writes.</summary>
    public static IReadOnlyList<SourceText> Files(string project) =>
        [.. Directory.EnumerateFiles(Of(project), "*.cs", SearchOption.AllDirectories)
            .Select(path => new SourceText(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Monitor.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Monitor.sln above {AppContext.BaseDirectory}");
    }
}

/// <param name="Path">Relative to the root, with slashes.</param>
internal sealed record SourceText(string Path, string Text);
