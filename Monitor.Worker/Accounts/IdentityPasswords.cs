using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Monitor.Rules.Sharing;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Accounts;

/// <summary>The password hasher of ASP.NET Core Identity: PBKDF2 with HMAC-SHA-512 and 16 bytes of salt; the form names its own parameters.</summary>
public sealed class IdentityPasswords : IPasswords
{
    /// <summary>What OWASP asks of PBKDF2-HMAC-SHA512 (Password Storage Cheat Sheet, 2023).</summary>
    internal const int Iterations = 210_000;

    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    public PasswordCheck Verify(string hash, string password) => _hasher.VerifyHashedPassword(null!, hash, password) switch
    {
        PasswordVerificationResult.Success => PasswordCheck.Right,
        PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.RightOutdated,
        _ => PasswordCheck.Wrong,
    };
}
