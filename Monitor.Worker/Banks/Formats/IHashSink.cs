using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks.Formats;

/// <summary>Takes what a reader finds, in the order of the list. Everything a list holds comes through exactly one of the first five.</summary>
internal interface IHashSink
{
    void Add(in HashItem item);

    /// <summary>A tombstone: the owner no longer has this hash.</summary>
    void Remove(long number, HashKind kind, ReadOnlySpan<byte> value);

    /// <summary>A tombstone: every hash of the entry of this name is gone.</summary>
    /// <param name="counted">False: it only makes room for the same entry's new hashes, which follow.</param>
    void RemoveLabel(long number, ReadOnlySpan<byte> label, bool counted = true);

    /// <param name="excerpt">The start of what was found, UTF-8 or not.</param>
    void Bad(long number, ReadOnlySpan<byte> excerpt, HashProblem problem);

    /// <summary>Understood and left out on purpose.</summary>
    /// <param name="what">Short stable word: "photodna", "category-0" …</param>
    void Skip(long number, string what);

    /// <summary>How far the list reaches, in its owner's words.</summary>
    void Checkpoint(string at);

    /// <summary>The checkpoint a delta is to be applied to.</summary>
    void Base(string from);
}
