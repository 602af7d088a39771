namespace Monitor.Rules.Matching;

/// <summary>What opening an index file gave.</summary>
public abstract record PdqIndexOpening
{
    private PdqIndexOpening()
    {
    }

    public sealed record Opened(PdqIndex Index) : PdqIndexOpening;

    /// <summary>The bytes are no index of this kind.</summary>
    public sealed record NotAnIndex : PdqIndexOpening;

    /// <summary>Made by another version of the program: build it again.</summary>
    public sealed record OtherVersion(uint Version) : PdqIndexOpening;

    /// <summary>Cut short, or something was appended.</summary>
    public sealed record WrongLength(long Expected, long Found) : PdqIndexOpening;

    /// <summary>A digest or a number in it does not fit the rest: build it again.</summary>
    /// <param name="What">"header", "starts" or "block N".</param>
    public sealed record Damaged(string What) : PdqIndexOpening;
}
