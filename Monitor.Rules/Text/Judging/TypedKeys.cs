namespace Monitor.Rules.Text.Judging;

/// <summary>Digits of VNI and symbols of VIQR that stand behind letters for their marks.</summary>
internal static class TypedKeys
{
    public const string ViqrMarks = "'`?~.^(+*";

    /// <summary>True when keys of the kind can stand somewhere between the two places or right behind.</summary>
    public static bool MayStand(string text, int from, int to, Keys keys)
    {
        to = Math.Min(text.Length, to + 3);
        for (int i = from; i < to; i++)
        {
            if (keys == Keys.Vni ? char.IsAsciiDigit(text[i]) : ViqrMarks.Contains(text[i]))
                return true;
        }

        return false;
    }

    /// <summary>How far keys may stand behind the last letter.</summary>
    public static int TrailEnd(string text, int end, Keys keys)
    {
        int to = end;
        while (to < text.Length && to - end < 3 && keys switch
        {
            Keys.Vni => char.IsAsciiDigit(text[to]),
            Keys.Viqr => ViqrMarks.Contains(text[to]),
            _ => false,
        })
        {
            to++;
        }

        return to;
    }

    /// <summary>Takes a digit as a key.</summary>
    /// <returns>False when it cannot be one.</returns>
    public static bool Vni(char digit, ref uint keyTone, ref int keyMods)
    {
        switch (digit)
        {
            case >= '1' and <= '5':
                if (keyTone != 0)
                    return false;
                keyTone = digit switch { '1' => Letters.Acute, '2' => Letters.Grave, '3' => Letters.Hook, '4' => Letters.Tilde, _ => Letters.Dot };
                return true;
            case '6':
                keyMods |= 1;
                return true;
            case '7':
                keyMods |= 4;
                return true;
            case '8':
                keyMods |= 2;
                return true;
            case '9':
                keyMods |= 8;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Takes a symbol as a key.</summary>
    /// <returns>False when it is punctuation: a mark that the word does not have.</returns>
    public static bool Viqr(char mark, SpelledSyllable syllable, ref uint keyTone, ref int keyMods)
    {
        (uint tone, int mod) = mark switch
        {
            '\'' => (Letters.Acute, 0),
            '`' => (Letters.Grave, 0),
            '?' => (Letters.Hook, 0),
            '~' => (Letters.Tilde, 0),
            '.' => (Letters.Dot, 0),
            '^' => (0u, 1),
            '(' => (0u, 2),
            _ => (0u, 4),
        };

        // A mark that the word does not have is punctuation.
        if (tone != 0)
        {
            if (syllable.Tone != tone || keyTone != 0)
                return false;
            keyTone = tone;
            return true;
        }

        if (!Array.Exists(syllable.Letters, letter => letter.Mod != 0 && 1 << (letter.Mod - 1) == mod))
            return false;
        keyMods |= mod;
        return true;
    }
}
