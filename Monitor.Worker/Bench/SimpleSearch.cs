using System.Globalization;
using Monitor.Rules.Text;

namespace Monitor.Worker.Bench;

/// <summary>Keyword search by the simple method, one keyword after the other: what the index's answers are held against.</summary>
public static class SimpleSearch
{
    /// <param name="folded">Keywords after folding.</param>
    /// <returns>(keyword number, start in the original), in no order.</returns>
    public static IReadOnlyList<(int Keyword, int Start)> Find(string text, IReadOnlyList<string> folded)
    {
        var found = new List<(int, int)>();
        var page = TextFolding.Fold(text);
        for (var keyword = 0; keyword < folded.Count; keyword++)
        {
            var word = folded[keyword];
            for (var at = page.Text.IndexOf(word, StringComparison.Ordinal); at >= 0;)
            {
                var whole = !IsWord(page.Text, at - 1) && !IsWord(page.Text, at + word.Length);
                if (whole)
                {
                    found.Add((keyword, page.ToOriginal(at, word.Length).Start));
                }

                at = page.Text.IndexOf(word, at + (whole ? word.Length : 1), StringComparison.Ordinal);
            }
        }

        return found;
    }

    private static bool IsWord(string text, int index) => index >= 0 && index < text.Length
        && (char.IsLetterOrDigit(text[index]) || char.IsSurrogate(text[index])
            || CharUnicodeInfo.GetUnicodeCategory(text[index]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark);
}
