using Monitor.Rules.Text.Judging;

namespace Monitor.Rules.Text;

/// <summary>The text as it is, or a part of it read in another way, with the way back.</summary>
/// <param name="Starts">For each unit of <see cref="Text"/> where it begins in the original; null: the text is the original.</param>
/// <param name="Ends">Where it ends there.</param>
/// <param name="Technique">Of another reading: what it undoes.</param>
internal sealed record TextView(string Text, int[]? Starts, int[]? Ends, Technique Technique)
{
    public static TextView Plain(string text) => new(text, null, null, Technique.Verbatim);

    public bool IsOriginal => Starts is null;

    /// <summary>True for a unit that stands for something else in the original.</summary>
    public bool Replaced(int index, string original) =>
        Starts is not null && (Ends![index] - Starts[index] != 1 || original[Starts[index]] != Text[index]);

    public (int Start, int End) ToOriginal(int start, int end)
    {
        if (Starts is null)
            return (start, end);

        (int from, int to) = (int.MaxValue, 0);
        for (int i = start; i < end; i++)
        {
            from = Math.Min(from, Starts[i]);
            to = Math.Max(to, Ends![i]);
        }

        return (from, to);
    }

    /// <summary>Another reading of this reading, with the way back to the original.</summary>
    public TextView Then(TextView inner)
    {
        if (Starts is null || inner.Starts is null)
            return Starts is null ? inner : this;
        int[] starts = Array.ConvertAll(inner.Starts, i => Starts[i]);
        int[] ends = Array.ConvertAll(inner.Ends!, i => Ends![i - 1]);
        // Letters that were only pushed apart are told by what else was done to them.
        return new TextView(inner.Text, starts, ends, inner.Technique is Technique.Separators or Technique.Invisible ? Technique : inner.Technique);
    }

    /// <summary>A place of this text, as one of the original.</summary>
    public Verdict Verdict(int start, int end, Technique technique, Strength strength)
    {
        (int from, int to) = ToOriginal(start, end);
        return new Verdict(from, to, technique, strength);
    }
}
