namespace Monitor.Worker.Fetching.Vantages;

/// <summary>Who we are to a proxy. The password is read from its environment variable at each connection and never kept.</summary>
/// <param name="Username">Empty: no authentication.</param>
public sealed record ProxyLogin(string Username, string PasswordVariable)
{
    public static ProxyLogin None { get; } = new("", "");

    public bool IsNone => Username.Length == 0;

    /// <returns>Null when the variable is not set: the proxy is not asked then, for a wrong guess may lock the account.</returns>
    internal string? Password() => Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password ? password : null;
}
