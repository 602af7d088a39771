using Monitor.Rules.Assessing;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Intake;

/// <summary>What became of one record of a CSV file. Every record that is not blank is exactly one of these.</summary>
/// <param name="Line">Physical line the record begins on, from 1.</param>
public abstract record IntakeCsvLine(int Line)
{
    /// <summary>A report that can be taken in. Texts are as written, without the white space around them; a leading = + - @ is text.</summary>
    public sealed record IntakeRow(int Line) : IntakeCsvLine(Line)
    {
        /// <summary>Absolute http or https, as written.</summary>
        public required string Url { get; init; }

        /// <summary>Null: the file does not say.</summary>
        public Category? Category { get; init; }

        public string Source { get; init; } = "";

        public string Note { get; init; } = "";

        public string Reporter { get; init; } = "";

        /// <summary>A child is said to be in danger.</summary>
        public bool Danger { get; init; }

        /// <summary>Id of a watch list as written, or empty.</summary>
        public string WatchList { get; init; } = "";
    }

    /// <param name="Raw">The record as written, cut to <see cref="IntakeCsvReader.LongestRaw"/> UTF-16 units.</param>
    public sealed record BadRow(int Line, BilingualText Reason, string Raw) : IntakeCsvLine(Line);
}
