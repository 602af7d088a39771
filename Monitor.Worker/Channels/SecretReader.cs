using System.Text;

namespace Monitor.Worker.Channels;

/// <summary>Reads a secret from the named environment variable, else from the named file. Read at each use, never kept.</summary>
public static class SecretReader
{
    /// <summary>Keys in PEM are the longest that are kept so.</summary>
    public const int MaxFileBytes = 16 * 1024;

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="variable">Name of the environment variable; empty: the file.</param>
    /// <param name="file">Path; on Unix the world must have no right to it.</param>
    /// <param name="cancellation">Stops the reading of the file.</param>
    public static async Task<SecretReading> ReadAsync(string variable, string file, CancellationToken cancellation)
    {
        if (variable.Length > 0)
        {
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
                ? new SecretReading.Found(new Secret(value))
                : new SecretReading.Refused($"environment variable {variable} is not set");
        }

        if (file.Length == 0)
            return new SecretReading.Refused("neither a variable nor a file is named");
        var (bytes, problem) = await ReadFileAsync(file, isSecret: true, cancellation);
        if (bytes is null)
            return new SecretReading.Refused(problem!);
        // A mark at the beginning, and the line break that editors end a file with, mean nothing.
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\ufeff').TrimEnd('\r', '\n');
        return text.Length > 0 ? new SecretReading.Found(new Secret(text)) : new SecretReading.Refused($"{file} is empty");
    }

    /// <param name="isSecret">False: others may read it (a certificate).</param>
    public static async Task<(byte[]? Bytes, string? Problem)> ReadFileAsync(string file, bool isSecret, CancellationToken cancellation)
    {
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists)
                return (null, $"there is no file {file}");
            if (isSecret && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
                return (null, $"{file} is open to every user of this machine; chmod o-rwx it");
            if (info.Length > MaxFileBytes)
                return (null, $"{file} is longer than {MaxFileBytes} bytes");
            return (await File.ReadAllBytesAsync(file, cancellation), null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, $"{file} cannot be read");
        }
    }
}
