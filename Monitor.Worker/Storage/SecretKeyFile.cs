using System.Security.Cryptography;

namespace Monitor.Worker.Storage;

/// <summary>An installation's own secret key in its file: 32 random bytes, readable by the owner only.</summary>
internal static class SecretKeyFile
{
    public const int Length = 32;

    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a new key beside and renames it: a crash leaves a whole key or none.</summary>
    /// <exception cref="IOException">A key is there already, or the file cannot be written.</exception>
    public static byte[] Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var key = RandomNumberGenerator.GetBytes(Length);
        var beside = path + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(beside, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: false);
        return key;
    }

    /// <summary>Where the key to come lies while keys are changed.</summary>
    public static string Next(string path) => path + ".next";

    /// <summary>The key to come takes the old one's place; the old one's bytes are overwritten first, as far as the file system keeps its word.</summary>
    public static void Replace(string path)
    {
        if (File.Exists(path))
        {
            using var old = new FileStream(path, FileMode.Open, FileAccess.Write);
            old.Write(new byte[Length]);
            old.Flush(flushToDisk: true);
        }

        File.Move(Next(path), path, overwrite: true);
    }
}
