namespace Monitor.Rules.Text.Judging;

/// <summary>The keyboard whose keys stand in a text in place of the marks that they make.</summary>
internal enum Keys
{
    None,
    Vni,
    Viqr,
}
