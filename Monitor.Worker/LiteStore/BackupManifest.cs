using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Worker.LiteStore;

/// <summary>
/// "manifest-sha256.txt": SHA-256 and name of every file, in ordinal order of the names, in the form that `sha256sum -c` reads.
/// The same files give the same bytes.
/// </summary>
internal static class BackupManifest
{
    public const string FileName = "manifest-sha256.txt";

    public static void Write(string directory)
    {
        var text = new StringBuilder();
        foreach (var name in Names(directory))
            text.Append(CultureInfo.InvariantCulture, $"{Digest(Path.Combine(directory, name))}  {name}\n");
        using var file = new FileStream(Path.Combine(directory, FileName), FileMode.CreateNew, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Names listed, and whatever is missing, changed, added or unreadable.</summary>
    public static (IReadOnlyList<string> Names, IReadOnlyList<BackupProblem> Problems) Check(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            return ([], [new BackupProblem(FileName, "it is not there")]);

        var names = new List<string>();
        var problems = new List<BackupProblem>();
        var present = Names(directory).ToHashSet(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length < 67 || line[64] != ' ' || line[65] != ' ')
            {
                problems.Add(new BackupProblem(FileName, "a line is not a digest, two spaces and a name"));
                continue;
            }

            var name = line[66..];
            names.Add(name);

            // Only what was found under the directory is opened: a name that leads out of it is a missing file.
            if (!present.Remove(name))
                problems.Add(new BackupProblem(name, "it is not there"));
            else if (!string.Equals(Digest(Path.Combine(directory, name)), line[..64], StringComparison.Ordinal))
                problems.Add(new BackupProblem(name, "it is not what was written"));
        }

        problems.AddRange(present.Order(StringComparer.Ordinal).Select(name => new BackupProblem(name, "the manifest does not know it")));
        return (names, problems);
    }

    private static IEnumerable<string> Names(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/'))
            .Where(name => name != FileName)
            .Order(StringComparer.Ordinal);

    private static string Digest(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
