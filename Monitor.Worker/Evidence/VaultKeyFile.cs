using Monitor.Worker.Storage;

namespace Monitor.Worker.Evidence;

/// <summary>The key-encryption key in its file: 32 random bytes, readable by the owner only.</summary>
internal static class VaultKeyFile
{
    private const int Length = SecretKeyFile.Length;

    public static string PathFor(string dataDirectory, VaultOptions options)
    {
        if (options.KeyFile is not null)
            return options.KeyFile;
        var given = Environment.GetEnvironmentVariable(VaultOptions.KeyFileVariable);
        return string.IsNullOrWhiteSpace(given) ? Path.Combine(dataDirectory, "keys", "vault.key") : given;
    }

    /// <summary>
    /// A key to come was left behind. True when that is settled: it is in use already and takes the old one's place, or it was never used and is taken away.
    /// False: both are in use.
    /// </summary>
    /// <param name="check">What tells that a key is the one in use; null in a new vault.</param>
    /// <param name="nextCheck">What tells that a key is the one to come; null: none was begun with.</param>
    public static bool Settle(string path, byte[]? check, byte[]? nextCheck)
    {
        var next = TryRead(SecretKeyFile.Next(path), out _);
        if (nextCheck is not null && next is not null && VaultKeys.Passes(next, nextCheck))
            return false;
        if (next is not null && check is not null && VaultKeys.Passes(next, check))
        {
            SecretKeyFile.Replace(path);
            return true;
        }

        if (File.Exists(path))
            File.Delete(SecretKeyFile.Next(path));
        return true;
    }

    /// <summary>A key as 64 hex digits or base64. Null with a problem when it is neither.</summary>
    public static byte[]? TryParse(string text, out string problem)
    {
        problem = "";
        var trimmed = text.Trim();
        var key = new byte[Length];
        if (trimmed.Length == 2 * Length && Convert.FromHexString(trimmed, key, out _, out var written) == System.Buffers.OperationStatus.Done && written == Length)
            return key;
        if (Convert.TryFromBase64String(trimmed, key, out written) && written == Length)
            return key;
        problem = $"it is not {Length} bytes as hex digits or base64";
        return null;
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

    public static bool IsExposed(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~SecretKeyFile.OwnerOnly) != 0;
}
