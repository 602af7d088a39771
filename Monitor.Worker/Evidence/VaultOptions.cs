namespace Monitor.Worker.Evidence;

/// <summary>Where the key lies and how the vault lays out its files.</summary>
public sealed record VaultOptions
{
    /// <summary>Environment variable with the path of the key file: a mounted secret, a removable medium.</summary>
    public const string KeyFileVariable = "MONITOR_VAULT_KEY_FILE";

    /// <summary>Environment variable with the key itself, as 64 hex digits or base64, for those who keep it in a secret store; goes before the file.</summary>
    public const string KeyVariable = "MONITOR_VAULT_KEY";

    /// <summary>Path of the key file. Null: <see cref="KeyFileVariable"/>, else "keys/vault.key" in the data directory.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Bytes after which a new segment file is begun.</summary>
    public long SegmentBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Plaintext bytes sealed under one authentication tag; memory beyond the content itself is bounded by it.</summary>
    public int ChunkBytes { get; init; } = 256 * 1024;

    /// <summary>Most items that share one flush.</summary>
    public int GroupSize { get; init; } = 128;
}
