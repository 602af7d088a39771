namespace Monitor.Worker.Bench;

/// <summary>A directory of the bench's own under the system's temporary one, gone when it is disposed of.</summary>
public sealed class BenchHome : IDisposable
{
    public const string Prefix = "monitor-bench-";

    private readonly DirectoryInfo _directory;

    /// <param name="parent">Null: the system's temporary directory.</param>
    public BenchHome(string? parent = null) =>
        _directory = parent is null ? Directory.CreateTempSubdirectory(Prefix) : Directory.CreateDirectory(System.IO.Path.Combine(parent, Prefix + System.IO.Path.GetRandomFileName()));

    public string Path => _directory.FullName;

    public string Folder(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Bytes of all files below <paramref name="folder"/>.</summary>
    public static long Bytes(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;

    public void Dispose()
    {
        _directory.Refresh();
        if (_directory.Exists)
        {
            _directory.Delete(recursive: true);
        }
    }
}
