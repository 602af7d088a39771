namespace Monitor.Rules.Text;

/// <summary>Text behind a right-to-left override is stored backwards: the way it is shown.</summary>
internal static class ReversedText
{
    public static List<TextView> Views(string text)
    {
        var views = new List<TextView>();
        var at = new List<int>();
        var shown = new System.Text.StringBuilder();
        for (int i = text.IndexOf('\u202E', StringComparison.Ordinal); i >= 0 && i < text.Length; i = text.IndexOf('\u202E', i))
        {
            int end = i + 1;
            while (end < text.Length && text[end] is not ('\u202C' or '\u202E' or '\n' or '\u2029'))
                end++;
            for (int j = end - 1; j > i; j--)
            {
                // Marks stay behind their letter.
                int first = j;
                while (first > i + 1 && ((Letters.Of(text[first]) & Letters.Mark) != 0 || char.IsLowSurrogate(text[first])))
                    first--;
                for (int k = first; k <= j; k++)
                {
                    shown.Append(text[k]);
                    at.Add(k);
                }

                j = first;
            }

            shown.Append("\n\n");
            at.Add(end - 1);
            at.Add(end - 1);
            i = end;
            if (i >= text.Length)
                break;
        }

        if (at.Count > 0)
        {
            int[] starts = [.. at];
            views.Add(new TextView(shown.ToString(), starts, Array.ConvertAll(starts, i => i + 1), Technique.Reversed));
        }

        return views;
    }
}
