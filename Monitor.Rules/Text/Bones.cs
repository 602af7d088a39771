namespace Monitor.Rules.Text;

/// <summary>
/// The rules of <see cref="Skeleton"/> on a list of letters, slowly: which are kept, and to which kept letter those that are dropped belong.
/// The judge lays a spelling and a place of the text side by side with it.
/// </summary>
internal static class Bones
{
    /// <summary>The classes of the letters that are kept.</summary>
    /// <param name="groups">For each letter the position of its kept letter.</param>
    /// <param name="newWord">For each letter whether it is the first of a word.</param>
    /// <param name="cut">The last word goes on in the text: nothing is dropped from its end.</param>
    public static List<byte> Of(ReadOnlySpan<char> letters, ReadOnlySpan<bool> newWord, bool cut, int[] groups)
    {
        var kept = new List<byte>(letters.Length);
        int wordStart = 0;
        char last = '\0';
        for (int i = 0; i < letters.Length; i++)
        {
            if (newWord[i])
            {
                DropKey(kept, wordStart, last, groups, i);
                wordStart = kept.Count;
                last = '\0';
            }

            byte cls = Skeleton.ClassOf(letters[i]);
            if (last != '\0' && (cls == Skeleton.ClassOf(last) || letters[i] == 'w'))
            {
                groups[i] = kept.Count - 1;
                continue;
            }

            groups[i] = kept.Count;
            kept.Add(cls);
            last = letters[i];
        }

        if (!cut)
            DropKey(kept, wordStart, last, groups, letters.Length);
        return kept;
    }

    private static void DropKey(List<byte> kept, int wordStart, char last, int[] groups, int end)
    {
        if (!Skeleton.IsKey(last) || kept.FindIndex(wordStart, kept.Count - 1 - wordStart, Skeleton.IsVowelClass) < 0)
            return;

        kept.RemoveAt(kept.Count - 1);
        for (int i = end - 1; i >= 0 && groups[i] >= kept.Count; i--)
            groups[i] = kept.Count - 1;
    }
}
