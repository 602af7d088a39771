using Monitor.Rules.Custody;

namespace Monitor.Worker.Settings;

/// <summary>How the custody log is published.</summary>
public sealed record CustodySettings
{
    /// <summary>Name of the log, in its key and every checkpoint; empty: the contact's domain and "/monitor".</summary>
    public string Origin { get; init; } = "";

    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where the daily file lies, to be carried out of the house; empty: "checkpoints" in the data directory.</summary>
    public string CheckpointDirectory { get; init; } = "";

    /// <summary>http(s) address of a time stamping authority (RFC 3161); empty: none.</summary>
    public string TsaUrl { get; init; } = "";

    /// <summary>PEM file with the roots that its certificate must lead to; empty: tokens are kept, their signer is not judged.</summary>
    public string TsaRoots { get; init; } = "";

    public TimeSpan TsaTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Public keys of those who countersign.</summary>
    public IReadOnlyList<NoteKey> Witnesses { get; init; } = [];
}
