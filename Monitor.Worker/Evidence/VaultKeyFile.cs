using System.Security.Cryptography;

namespace Monitor.Worker.Evidence;

/// <summary>The key-encryption key in its file: 32 random bytes, readable by the owner only.</summary>
internal static class VaultKeyFile
{
    public const int Length = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string PathFor(string dataDirectory, VaultOptions options)
    {
        if (options.KeyFile is not null)
            return options.KeyFile;
        var given = Environment.GetEnvironmentVariable(VaultOptions.KeyFileVariable);
        return string.IsNullOrWhiteSpace(given) ? Path.Combine(dataDirectory, "keys", "vault.key") : given;
    }

    /// <summary>Writes a new key beside and renames it: a crash leaves a whole key or none.</summary>
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

    /// <summary>Null with a problem when the file is no key.</summary>
    public static byte[]? TryRead(string path, out string problem)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length != Length)
            {
                problem = $"it has {file.Length} bytes, a key has {Length}";
                return null;
            }

            var key = new byte[Length];
            file.ReadExactly(key);
            problem = "";
            return key;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = failure.Message;
            return null;
        }
    }

    public static bool IsExposed(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0;
}
