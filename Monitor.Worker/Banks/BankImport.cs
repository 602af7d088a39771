using Monitor.Rules.Matching;
using Monitor.Worker.Banks.Formats;

namespace Monitor.Worker.Banks;

/// <summary>
/// What an import did. Every hash of the list is in exactly one of <see cref="Additions"/>, <see cref="Removals"/>, <see cref="Bad"/> and
/// <see cref="Skipped"/>.
/// </summary>
public sealed record BankImport
{
    /// <summary>One row per kind, with what changed in it.</summary>
    public required IReadOnlyList<BankImportKind> Kinds { get; init; }

    public required HashFormat Format { get; init; }

    /// <summary>False: the caller said the format.</summary>
    public required bool Recognised { get; init; }

    public required bool Delta { get; init; }

    public required long Additions { get; init; }

    public required long Removals { get; init; }

    public required long Bad { get; init; }

    /// <summary>Perceptual hashes among the additions that are stored but never found: their pictures say too little.</summary>
    public required long TooLittleDetail { get; init; }

    /// <summary>Left out on purpose, by what they were: "photodna", "other-kind-md5", "category-0" …</summary>
    public required IReadOnlyDictionary<string, long> Skipped { get; init; }

    /// <summary>Blank lines, comments and the line that names columns.</summary>
    public required long EmptyLines { get; init; }

    /// <summary>Additions that a later line of the list made void.</summary>
    public long Duplicates => Kinds.Sum(kind => kind.Change.Superseded);

    public long Entries => Kinds.Sum(kind => kind.Version.Entries);

    /// <summary>Everything the list held.</summary>
    public long Hashes => Additions + Removals + Bad + Skipped.Values.Sum();
}

public sealed record BankImportKind(HashBankVersion Version, BankChange Change);
