namespace Monitor.Worker.LiteStore;

/// <summary>How a backup, a check of one or a restore ended.</summary>
public abstract record BackupResult
{
    private BackupResult()
    {
    }

    /// <summary>The copy was read back and holds what it says.</summary>
    public sealed record Whole(BackupReport Report) : BackupResult;

    /// <summary>The directory to write into holds something already; nothing was written.</summary>
    public sealed record NotEmpty(string Directory) : BackupResult;

    /// <summary>The copy is not to be relied on.</summary>
    public sealed record Unsound(IReadOnlyList<BackupProblem> Problems) : BackupResult;
}

/// <param name="File">Relative to the backup, with '/'.</param>
public sealed record BackupProblem(string File, string Problem);

/// <summary>What a backup holds, counted in the copy itself.</summary>
public sealed record BackupReport
{
    /// <summary>Rows of each collection.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    public required long CustodyEntries { get; init; }

    /// <summary>Hash of the last custody entry (lower hex).</summary>
    public required string CustodyHead { get; init; }

    /// <summary>Sealed items, destroyed ones included.</summary>
    public required long VaultItems { get; init; }

    public required int Files { get; init; }

    public required long Bytes { get; init; }

    /// <summary>False: the sealed items open only with the key kept elsewhere.</summary>
    public required bool HasKeyFile { get; init; }
}
