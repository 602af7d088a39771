using System.Text;
using Monitor.Rules.Removal;

namespace Monitor.Rules.Replies;

/// <summary>Sentences and clauses of a text, folded for comparing.</summary>
internal static class Sentences
{
    /// <summary>What follows is not about what came before: sentences of a longer text are judged one by one.</summary>
    private const int Most = 400;

    /// <summary>Words after which something else is said.</summary>
    private static readonly string[] Turns = [", but ", ", however", ", although ", ", nhung ", ", tuy nhien", ", song "];

    public static IEnumerable<string> Of(string text)
    {
        var sentence = new StringBuilder();
        var given = 0;
        for (var i = 0; i <= text.Length && given < Most; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            // A dot inside an address or a number ends nothing; nor does a line that was only wrapped.
            var wrapped = c == '\n' && i + 1 < text.Length && char.IsLower(text[i + 1]) && sentence.Length > 40;
            var ends = (c is '.' or '!' or '?' && (i + 1 >= text.Length || char.IsWhiteSpace(text[i + 1]))) || c is ';' or '•' || (c == '\n' && !wrapped);
            if (!ends)
            {
                sentence.Append(c);
                continue;
            }

            var folded = NoticeText.Fold(sentence.ToString());
            sentence.Clear();
            var from = 0;
            while (from < folded.Length && given < Most)
            {
                var next = Turns.Select(turn => folded.IndexOf(turn, from + 1, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(folded.Length).Min();
                given++;
                yield return folded[from..next].Trim(' ', ',') + (c == '?' && next == folded.Length ? " ?" : "");
                from = next;
            }
        }
    }
}
