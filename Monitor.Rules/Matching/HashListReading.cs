namespace Monitor.Rules.Matching;

/// <summary>A whole list as read: every line is an entry, a problem, a duplicate, a comment or blank, and is counted as such.</summary>
public sealed record HashListReading
{
    /// <summary>Distinct entries in file order; of equal digests the first stands.</summary>
    public required IReadOnlyList<HashListLine.Entry> Entries { get; init; }

    public required IReadOnlyList<HashListLine.Bad> Problems { get; init; }

    /// <summary>Entries whose digest had come before.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Lines read.</summary>
    public required int Lines { get; init; }
}
