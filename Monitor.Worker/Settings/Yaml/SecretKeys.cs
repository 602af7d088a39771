namespace Monitor.Worker.Settings.Yaml;

/// <summary>Keys whose value would be a secret. None of them exists in any schema; their lines are never repeated in a message.</summary>
internal static class SecretKeys
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "pass", "passwd", "pwd", "secret", "token", "api-key", "apikey", "private-key", "credential", "credentials",
        "mat-khau", "matkhau", "mật-khẩu", "mật khẩu", "smtp-password", "smtp-pass", "password-value", "bind-password",
    };

    public static bool Contains(string key) => Names.Contains(key.Trim().Replace('_', '-'));
}
