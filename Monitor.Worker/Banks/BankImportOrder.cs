using Monitor.Rules.Matching;
using Monitor.Worker.Banks.Formats;

namespace Monitor.Worker.Banks;

/// <summary>One list to be taken in.</summary>
public sealed record BankImportOrder
{
    public required string Bank { get; init; }

    /// <summary>Null: every kind the list has.</summary>
    public HashKind? Kind { get; init; }

    /// <summary>Null: recognised by its beginning.</summary>
    public HashFormat? Format { get; init; }

    /// <summary>The list changes the bank; otherwise it replaces it.</summary>
    public bool Delta { get; init; }

    /// <summary>What the owner says of the entries; null: as before, positive for a new bank.</summary>
    public Opinion? Opinion { get; init; }

    /// <summary>PDQ only, 0 … 31; null: as before, 31 for a new bank.</summary>
    public int? Radius { get; init; }

    public CsvColumns? Columns { get; init; }

    /// <summary>Project VIC and CAID only; null: 1 and 2.</summary>
    public IReadOnlySet<int>? Categories { get; init; }

    /// <summary>The checkpoint a delta starts from, when the list does not say.</summary>
    public string? Base { get; init; }

    /// <summary>How far the list reaches, when the list does not say.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Where the list comes from; null: the file's name.</summary>
    public string? Source { get; init; }

    /// <summary>A whole list of less than half of what the bank had is taken in too.</summary>
    public bool AllowShrinking { get; init; }

    /// <summary>An <see cref="Opinion"/> other than the bank's former one is taken over; without this the import is refused.</summary>
    public bool ChangeOpinion { get; init; }
}
