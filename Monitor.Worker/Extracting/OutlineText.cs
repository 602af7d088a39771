using System.Text;

namespace Monitor.Worker.Extracting;

/// <summary>Collapsing and composing text.</summary>
internal static class OutlineText
{
    /// <summary>Appends with every run of white space as one space, and none at the start. Returns how many characters were appended.</summary>
    public static int AppendCollapsed(StringBuilder target, ReadOnlySpan<char> text)
    {
        int before = target.Length;
        bool space = before == 0 || target[^1] == ' ';
        int i = 0;
        while (i < text.Length)
        {
            if (IsSpace(text[i]))
            {
                if (!space)
                {
                    target.Append(' ');
                    space = true;
                }

                i++;
                continue;
            }

            int start = i;
            while (i < text.Length && !IsSpace(text[i]))
                i++;
            target.Append(text[start..i]);
            space = false;
        }

        return target.Length - before;
    }

    public static string Collapse(ReadOnlySpan<char> text)
    {
        var builder = new StringBuilder(Math.Min(text.Length, 256));
        AppendCollapsed(builder, text);
        return Finish(builder);
    }

    /// <summary>The collected text, trimmed and composed.</summary>
    public static string Finish(StringBuilder builder)
    {
        int length = builder.Length > 0 && builder[^1] == ' ' ? builder.Length - 1 : builder.Length;
        return Compose(builder.ToString(0, length));
    }

    /// <summary>NFC; text that is not valid UTF-16 cannot be composed and stays as it is.</summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
            return text;

        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static bool IsSpace(char c) => c is ' ' or '\n' or '\t' or '\r' or '\f' or '\0' || (c >= 0x80 && char.IsWhiteSpace(c));
}
