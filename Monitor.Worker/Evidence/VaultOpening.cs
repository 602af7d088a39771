namespace Monitor.Worker.Evidence;

/// <summary>How opening the vault ended.</summary>
public abstract record VaultOpening
{
    private VaultOpening()
    {
    }

    /// <param name="KeyFile">Path of the key in use.</param>
    /// <param name="KeyCreated">True on the first start: the key must be backed up now, without it everything sealed is lost.</param>
    /// <param name="KeyExposed">True when the key file can be read by others than its owner.</param>
    public sealed record Opened(SealedVault Vault, string KeyFile, bool KeyCreated, bool KeyExposed) : VaultOpening;

    /// <summary>Another process, or another vault in this one, holds the directory.</summary>
    public sealed record AlreadyOwned(string Directory) : VaultOpening;

    /// <summary>Items were sealed here, but the key file is not there; none is made in its place.</summary>
    public sealed record KeyMissing(string KeyFile) : VaultOpening;

    /// <summary>The file is not a key (32 bytes).</summary>
    public sealed record KeyUnreadable(string KeyFile, string Problem) : VaultOpening;

    /// <summary>A key, but not the one this vault was made with.</summary>
    public sealed record WrongKey(string KeyFile) : VaultOpening;

    /// <summary>Written by a newer version of the program than this one.</summary>
    public sealed record TooNew(int Format, int Known) : VaultOpening;

    /// <summary>The key store is not readable.</summary>
    public sealed record Damaged(string Reason) : VaultOpening;
}
