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
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists)
                return new SecretReading.Refused($"there is no file {file}");
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
                return new SecretReading.Refused($"{file} is open to every user of this machine; chmod o-rwx it");
            if (info.Length > MaxFileBytes)
                return new SecretReading.Refused($"{file} is longer than {MaxFileBytes} bytes");
            // Editors end a file with a line break that nobody means.
            var text = (await File.ReadAllTextAsync(file, cancellation)).TrimEnd('\r', '\n');
            return text.Length > 0 ? new SecretReading.Found(new Secret(text)) : new SecretReading.Refused($"{file} is empty");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new SecretReading.Refused($"{file} cannot be read");
        }
    }
}
