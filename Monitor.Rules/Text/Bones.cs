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
    /// <param name="kept">Room for as many as there are letters.</param>
    /// <returns>How many are kept.</returns>
    public static int Of(ReadOnlySpan<char> letters, ReadOnlySpan<bool> newWord, bool cut, Span<int> groups, Span<byte> kept)
    {
        int count = 0;
        int wordStart = 0;
        char last = '\0';
        byte lastClass = 0;
        for (int i = 0; i < letters.Length; i++)
        {
            if (newWord[i])
            {
                count = DropKey(kept[..count], wordStart, last, groups, i);
                wordStart = count;
                last = '\0';
            }

            byte cls = Skeleton.ClassOf(letters[i]);
            if (last != '\0' && (cls == lastClass || letters[i] == 'w'))
            {
                groups[i] = count - 1;
                continue;
            }

            groups[i] = count;
            kept[count++] = cls;
            (last, lastClass) = (letters[i], cls);
        }

        return cut ? count : DropKey(kept[..count], wordStart, last, groups, letters.Length);
    }

    private static int DropKey(ReadOnlySpan<byte> kept, int wordStart, char last, Span<int> groups, int end)
    {
        bool vowel = false;
        for (int i = wordStart; i < kept.Length - 1 && !vowel; i++)
            vowel = Skeleton.IsVowelClass(kept[i]);
        if (!vowel || !Skeleton.IsKey(last))
            return kept.Length;

        int count = kept.Length - 1;
        for (int i = end - 1; i >= 0 && groups[i] >= count; i--)
            groups[i] = count - 1;
        return count;
    }
}
