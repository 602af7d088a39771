namespace Monitor.Worker.Media;

/// <summary>
/// A folder of this user alone on a file system that lives in memory, gone when it is disposed of. Picture bytes must never lie in plain on a disk, and the library that reads AVIF and HEIC copies them into a file first.
/// </summary>
internal sealed class MemoryFolder : IDisposable
{
    public const string Prefix = "monitor-picture-";

    private const string Root = "/dev/shm";

    private MemoryFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Null where the system has no such file system, or it is not to be written to.</summary>
    public static MemoryFolder? Create()
    {
        try
        {
            if (new DriveInfo(Root).DriveFormat != "tmpfs")
            {
                return null;
            }

            var path = System.IO.Path.Combine(Root, Prefix + System.IO.Path.GetRandomFileName());
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new MemoryFolder(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
