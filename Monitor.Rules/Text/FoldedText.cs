namespace Monitor.Rules.Text;

/// <summary>
/// A text as searches see it, with the way back: every character of <see cref="Text"/> knows which UTF-16 units
/// of the original it stands for.
/// </summary>
public sealed class FoldedText
{
    private readonly int[] _starts;
    private readonly int[] _ends;

    internal FoldedText(string original, string text, string untoned, int[] starts, int[] ends)
    {
        Original = original;
        Text = text;
        AsTyped = untoned;
        _starts = starts;
        _ends = ends;
    }

    public string Original { get; }

    /// <summary>NFC, lower case, white space collapsed, invisible characters gone, tone marks in their modern place ("hòa" → "hoà").</summary>
    public string Text { get; }

    /// <summary>Like <see cref="Text"/>, character for character, but with tone marks where the writer put them; patterns run on this.</summary>
    public string AsTyped { get; }

    /// <summary>The span of the original, in UTF-16 units, behind a non-empty span of the folded text. Whole: no surrogate pair and no letter with its marks is cut.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is empty or outside the text.</exception>
    public (int Start, int Length) ToOriginal(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Text.Length - start);
        int from = _starts[start];
        return (from, _ends[start + length - 1] - from);
    }
}
