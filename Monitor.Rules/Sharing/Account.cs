using Monitor.Rules.Cases;

namespace Monitor.Rules.Sharing;

/// <summary>How a person of agencies.yaml signs in. Who the person is, and what they may do, stands there and not here.</summary>
public sealed record Account : IVersioned
{
    /// <summary>Id of the person.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string AgencyId { get; init; }

    /// <summary>As the password hasher writes it; null: none was chosen yet.</summary>
    public string? PasswordHash { get; init; }

    public DateTimeOffset? PasswordAt { get; init; }

    /// <summary>Item of the vault with the secret of the time-based code (RFC 6238); null: no second factor.</summary>
    public string? CodeSecret { get; init; }

    /// <summary>Time step of the code used last: each code counts once (RFC 6238, 5.2).</summary>
    public long CodeStep { get; init; }

    /// <summary>Key for what only this person may read (a child's identity); its private part opens with the password alone. Null: none yet.</summary>
    public IdentityKey? IdentityKey { get; init; }

    /// <summary>SHA-256 of the one-time link's token, in hex; null: no link is out.</summary>
    public string? InviteDigest { get; init; }

    public DateTimeOffset? InviteUntil { get; init; }

    /// <summary>Wrong passwords or codes since the last sign-in.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Sessions bear it; a new one ends them all.</summary>
    public required string Stamp { get; init; }

    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>By whom and why it was closed; null: open.</summary>
    public Decision? Disabled { get; init; }
}

/// <param name="Id">First 16 hex digits of SHA-256 over the public key.</param>
/// <param name="Public">SubjectPublicKeyInfo of P-256, base64.</param>
/// <param name="Private">PKCS #8, encrypted under the password, base64.</param>
public sealed record IdentityKey(string Id, string Public, string Private);
