namespace Monitor.Rules.Text;

/// <summary>What a scanner undoes before it compares.</summary>
public sealed record TextScannerOptions
{
    /// <summary>False: only case, composition, white space, invisible characters and the place of the tone mark are folded.</summary>
    public bool Evasions { get; init; } = true;

    public static TextScannerOptions Default { get; } = new();
}
