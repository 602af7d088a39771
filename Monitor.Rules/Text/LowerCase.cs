namespace Monitor.Rules.Text;

/// <summary>
/// Lower case of single UTF-16 units, as char.ToLowerInvariant has it, from a table: for anything beyond ASCII that method asks the
/// ICU library one character at a time, which for Vietnamese text costs more than everything else that is done with the character.
/// </summary>
internal static class LowerCase
{
    private static readonly char[] Table = Make();

    public static char Of(char c) => Table[c];

    private static char[] Make()
    {
        var table = new char[char.MaxValue + 1];
        for (int c = 0; c < table.Length; c++)
            table[c] = char.ToLowerInvariant((char)c);
        return table;
    }
}
