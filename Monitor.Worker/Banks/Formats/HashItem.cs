using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks.Formats;

/// <summary>One hash as a list has it. Lives as long as the call that hands it over.</summary>
internal readonly ref struct HashItem
{
    /// <summary>Line or item number, from 1.</summary>
    public required long Number { get; init; }

    public required HashKind Kind { get; init; }

    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>The owner's name for the entry, UTF-8; empty for none.</summary>
    public ReadOnlySpan<byte> Label { get; init; }

    /// <summary>What the list says of this entry; null: nothing of its own.</summary>
    public Opinion? Opinion { get; init; }

    /// <summary>0 … 100; null where the list has none.</summary>
    public int? Quality { get; init; }
}
