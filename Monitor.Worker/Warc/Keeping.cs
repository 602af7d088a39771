using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Warc;

/// <summary>How much of an exchange is kept.</summary>
public abstract record Keeping
{
    private Keeping()
    {
    }

    /// <summary>Every byte.</summary>
    public sealed record Everything : Keeping;

    /// <summary>The same content was kept before: a revisit record with this answer's head refers to it.</summary>
    public sealed record Again(CapturedRecord Before) : Keeping;

    /// <summary>Head, lengths and digests only.</summary>
    /// <param name="Reason">"known-material", "not-the-target's", "same-rendering" …</param>
    public sealed record HeadOnly(string Reason) : Keeping;
}
