namespace Monitor.Worker.Settings;

/// <summary>How evidence is kept and handed out.</summary>
public sealed record EvidenceSettings
{
    /// <summary>True: an evidence request is approved by somebody of another agency than the one who checked its ground.</summary>
    public bool ApprovalByAnotherAgency { get; init; }

    /// <summary>After an officer's receipt: for so long the material stays, hold or no hold.</summary>
    public TimeSpan RetainAfterReceipt { get; init; } = TimeSpan.FromDays(3650);

    /// <summary>PEM file with the certificate that signs packages, and those between it and the root after it; empty: no package can be built.</summary>
    public string SigningCertificate { get; init; } = "";

    /// <summary>PEM file with its private key, not open to other users.</summary>
    public string SigningKey { get; init; } = "";

    /// <summary>Environment variable with the key's passphrase; empty: the key has none.</summary>
    public string SigningPasswordVariable { get; init; } = "";

    /// <summary>After a case was verified: media that no bank knows are destroyed unless they are held.</summary>
    public TimeSpan MediaExpire { get; init; } = TimeSpan.FromHours(72);

    /// <summary>After a case was closed: what else was sealed of its target is destroyed unless it is held.</summary>
    public TimeSpan RecordsExpire { get; init; } = TimeSpan.FromDays(1825);
}
