using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>What one line of a plain hash list turned out to be. Blank lines and comments yield nothing.</summary>
/// <param name="Number">Line number, from 1.</param>
public abstract record HashListLine(int Number)
{
    /// <param name="Label">What follows the digest, trimmed, or null.</param>
    public sealed record Entry(int Number, Digest Digest, string? Label) : HashListLine(Number);

    /// <param name="Excerpt">The start of the line, at most 80 characters, control characters replaced.</param>
    public sealed record Bad(int Number, string Excerpt, HashListProblem Problem) : HashListLine(Number);
}

public enum HashListProblem
{
    /// <summary>The first field has a character that is no hex digit.</summary>
    NotHex,

    /// <summary>Hex digits, but their number fits no kind (32, 40, 64), or not the kind the bank is of.</summary>
    WrongLength,

    /// <summary>A line of more than 4,096 characters: not a hash list.</summary>
    LineTooLong,

    /// <summary>A label without a digest.</summary>
    DigestMissing,
}
