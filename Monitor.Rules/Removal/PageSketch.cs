namespace Monitor.Rules.Removal;

/// <summary>
/// A comparable but unreadable imprint of a page: the smallest hashes of its 3-word shingles (bottom-k sketch, after Broder 1997),
/// a hash of its title and one of its block structure.
/// </summary>
public sealed record PageSketch
{
    /// <summary>FNV-1a of the folded title; 0 when there is none.</summary>
    public ulong Title { get; init; }

    /// <summary>At most <see cref="Size"/> smallest distinct shingle hashes of the visible text outside comments and footers, ascending.</summary>
    public IReadOnlyList<ulong> Shingles { get; init; } = [];

    /// <summary>Hash of the sequence of block roles and headings, text left out: what a template looks like.</summary>
    public ulong Structure { get; init; }

    /// <summary>Characters of visible text that went into the sketch.</summary>
    public int TextLength { get; init; }

    public int? Status { get; init; }

    /// <summary>Hashes kept.</summary>
    public const int Size = 128;
}
