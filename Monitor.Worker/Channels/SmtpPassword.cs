using Monitor.Worker.Settings;

namespace Monitor.Worker.Channels;

/// <summary>Where the SMTP password comes from: the named environment variable, else the named file. Read at each send, never kept.</summary>
internal static class SmtpPassword
{
    private const int MaxFileBytes = 4096;

    /// <returns>The password, or null when neither source has one.</returns>
    public static async Task<string?> ReadAsync(SmtpSettings settings, CancellationToken cancellation)
    {
        if (settings.PasswordVariable.Length > 0)
            return Environment.GetEnvironmentVariable(settings.PasswordVariable) is { Length: > 0 } value ? value : null;
        if (settings.PasswordFile.Length == 0)
            return null;
        try
        {
            if (new FileInfo(settings.PasswordFile).Length > MaxFileBytes)
                return null;
            // Editors end a file with a line break that nobody means.
            var text = (await File.ReadAllTextAsync(settings.PasswordFile, cancellation)).TrimEnd('\r', '\n');
            return text.Length > 0 ? text : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
