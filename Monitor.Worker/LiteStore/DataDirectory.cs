using System.Globalization;
using System.Text;

namespace Monitor.Worker.LiteStore;

/// <summary>
/// The right of this process to a directory, held through an operating-system lock on "owner.lock" (flock through
/// <see cref="FileShare.None"/>): two processes on one LiteDB file lose acknowledged writes. The system lets go of it when the process
/// ends in whatever way; the file itself stays and holds the owner's process id for people to read.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const string LockName = "owner.lock";

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>Creates the directory when it is not there. Null: somebody owns it already.</summary>
    /// <exception cref="IOException">The directory cannot be made or written.</exception>
    public static DataDirectory? TryLock(string directory)
    {
        Directory.CreateDirectory(directory);
        var file = System.IO.Path.Combine(directory, LockName);
        FileStream held;
        try
        {
            held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }

        held.SetLength(0);
        held.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
        held.Flush();
        return new DataDirectory(directory, held);
    }

    public void Dispose() => _lock.Dispose();
}
