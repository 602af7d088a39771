using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks.Formats;

/// <summary>What the caller says of a list.</summary>
public sealed record HashReadOptions
{
    /// <summary>Only this kind; null: every kind the list has.</summary>
    public HashKind? Kind { get; init; }

    /// <summary>The list changes the bank instead of replacing it.</summary>
    public bool Delta { get; init; }

    /// <summary>CSV only; null: by the names in the first line.</summary>
    public CsvColumns? Columns { get; init; }

    /// <summary>Project VIC and CAID only: category numbers whose media belong into the bank; they differ from country to country.</summary>
    public IReadOnlySet<int> Categories { get; init; } = new HashSet<int> { 1, 2 };

    /// <summary>Name of the file, without its folder; "-" for a stream. Some formats say their kind in it.</summary>
    public string FileName { get; init; } = "-";
}
