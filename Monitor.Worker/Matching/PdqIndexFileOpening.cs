using Monitor.Rules.Matching;

namespace Monitor.Worker.Matching;

/// <summary>What opening an index file by its path gave.</summary>
public abstract record PdqIndexFileOpening
{
    private PdqIndexFileOpening()
    {
    }

    public sealed record Opened(PdqIndexFile File) : PdqIndexFileOpening;

    /// <summary>Read, and not usable: foreign, of another version, cut short or damaged.</summary>
    public sealed record Refused(PdqIndexOpening Why) : PdqIndexFileOpening;

    /// <summary>Absent, or not to be read by this user.</summary>
    public sealed record Unreadable(string Problem) : PdqIndexFileOpening;
}
