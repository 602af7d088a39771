using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Rules.Hashing;
using Monitor.Rules.Removal;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Ports;

/// <summary>Builds evidence packages, encrypted to the officer as they are written: nothing of one lies in the open at any moment.</summary>
public interface IPackageBuilder
{
    Task<PackageResult> BuildAsync(PackageOrder order, CancellationToken cancellation);
}

/// <summary>Everything that goes into a package but the sealed bytes, which are opened one after the other while it is written.</summary>
public sealed record PackageOrder
{
    public required EvidenceRequest Request { get; init; }

    public required Agency Agency { get; init; }

    public required LegalBasis Basis { get; init; }

    /// <summary>Name and position of a person by id, for the report.</summary>
    public required Func<string, string> Person { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Program and version.</summary>
    public required string Tool { get; init; }

    public required IReadOnlyList<PackageTarget> Targets { get; init; }

    public required IReadOnlyList<PackageItem> Items { get; init; }

    public required IReadOnlyList<PackageEntry> Custody { get; init; }

    /// <summary>Signed note of the checkpoint that the proofs lead to.</summary>
    public required PublishedCheckpoint Checkpoint { get; init; }

    /// <summary>The log's public keys, the newest last.</summary>
    public required IReadOnlyList<string> LogKeys { get; init; }

    /// <summary>Where the encrypted file is written.</summary>
    public required string Output { get; init; }
}

/// <param name="Observations">Those within the span of the request.</param>
public sealed record PackageTarget(Target Target, Case? Case, IReadOnlyList<Observation> Observations, IReadOnlyList<TakedownRequest> Requests, IReadOnlyList<Notice> Notices);

/// <summary>One sealed item of the vault.</summary>
/// <param name="Name">Within "data/", without its ending: "capture/T000001-00000003-1".</param>
/// <param name="Before">True: sealed before the span, and here because a look within it refers to it.</param>
public sealed record PackageItem(VaultItem Item, string Name, string? Observation, bool Before);

/// <param name="Canonical">The entry's bytes.</param>
/// <param name="Proof">That it stands in the log.</param>
public sealed record PackageEntry(long Sequence, byte[] Canonical, LogProof Proof);

public abstract record PackageResult
{
    private PackageResult()
    {
    }

    /// <param name="Sha256">Of the encrypted file.</param>
    /// <param name="Manifest">SHA-256 of tagmanifest-sha256.txt.</param>
    /// <param name="Files">In the bag.</param>
    /// <param name="Withheld">Items that could not be opened any more, with the reason: they are named in the package.</param>
    public sealed record Built(Digest Sha256, long Length, Digest Manifest, int Files, IReadOnlyList<string> Withheld) : PackageResult;

    /// <param name="Code">"signing-not-configured", "signing-key", "font-missing", "recipient-key", "stamp", "damaged" …</param>
    public sealed record Failed(string Code, string Detail) : PackageResult;
}
