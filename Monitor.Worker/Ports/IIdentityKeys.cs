using Monitor.Rules.Sharing;

namespace Monitor.Worker.Ports;

/// <summary>
/// Keys of persons for what only they may read. The private one is kept encrypted under the person's password: not even the program can open it without them.
/// </summary>
public interface IIdentityKeys
{
    IdentityKey Make(string password);

    /// <summary>The same key under another password; null: the present one is wrong.</summary>
    IdentityKey? Rewrap(IdentityKey key, string password, string newPassword);

    /// <summary>Encrypts content under a key of its own, and that key to each person.</summary>
    /// <param name="recipients">At least one.</param>
    SealedForPersons Seal(byte[] content, IReadOnlyList<IdentityKey> recipients);

    /// <summary>Null: wrong password, not one's own key, or altered.</summary>
    byte[]? Open(byte[] ciphertext, string wrapped, IdentityKey key, string password);

    /// <summary>Lets another person read what the first one can. Null as <see cref="Open"/>.</summary>
    string? Share(string wrapped, IdentityKey key, string password, IdentityKey other);
}

/// <param name="Wraps">In the order of the recipients.</param>
public sealed record SealedForPersons(byte[] Ciphertext, IReadOnlyList<string> Wraps);
