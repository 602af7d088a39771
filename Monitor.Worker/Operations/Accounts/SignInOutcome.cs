using Monitor.Rules.Sharing;

namespace Monitor.Worker.Operations.Accounts;

/// <summary>How an attempt to sign in ended.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    public sealed record Done(Account Account, Actor Actor) : SignInOutcome;

    /// <summary>
    /// Name, password or code is wrong, or the account is locked, closed or not set up: which of them is told to nobody who does not know the password,
    /// so that names cannot be tried out.
    /// </summary>
    public sealed record Wrong : SignInOutcome;

    /// <summary>The password was right; the code is missing.</summary>
    public sealed record CodeNeeded : SignInOutcome;
}

/// <summary>A one-time link's token, told once and kept nowhere.</summary>
public sealed record Invitation(Account Account, string Token);

/// <summary>The secret of a second factor that is being set up.</summary>
/// <param name="Spelled">Base32, to be typed.</param>
/// <param name="Address">otpauth:// address, to be scanned.</param>
public sealed record CodeSetup(byte[] Secret, string Spelled, string Address);
