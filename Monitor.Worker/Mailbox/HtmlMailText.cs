using System.Text;
using MimeKit.Text;

namespace Monitor.Worker.Mailbox;

/// <summary>The visible text of an HTML mail, without what mail programs mark as quotation. Nothing is loaded, nothing is run.</summary>
internal static class HtmlMailText
{
    private const int DeepestQuote = 10_000;

    public static string Of(string html, int most)
    {
        var text = new StringBuilder(Math.Min(html.Length, most));
        using var reader = new StringReader(html);
        var tokenizer = new HtmlTokenizer(reader) { DecodeCharacterReferences = true };
        var (hidden, quotes) = (0, new Stack<HtmlTagId>());
        while (text.Length < most && tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag:
                    if (tag.Id is HtmlTagId.Style or HtmlTagId.Title or HtmlTagId.Head or HtmlTagId.Script && !tag.IsEmptyElement)
                    {
                        hidden = tag.IsEndTag ? Math.Max(0, hidden - 1) : hidden + 1;
                    }
                    else if (quotes.TryPeek(out var open) ? tag.Id == open : IsQuotation(tag))
                    {
                        // Of a quotation only the tag that began it is counted: mails leave others open.
                        if (tag.IsEndTag)
                        {
                            quotes.Pop();
                        }
                        else if (!tag.IsEmptyElement && quotes.Count < DeepestQuote)
                        {
                            quotes.Push(tag.Id);
                        }
                    }

                    if (IsBreak(tag.Id) && text.Length > 0 && text[^1] != '\n')
                    {
                        text.Append('\n');
                    }

                    break;
                case HtmlScriptDataToken:
                    break;
                case HtmlDataToken data when hidden == 0 && quotes.Count == 0:
                    var line = data.Data.ReplaceLineEndings(" ");
                    text.Append(line, 0, Math.Min(line.Length, most - text.Length));
                    break;
                default:
                    break;
            }
        }

        return text.ToString();
    }

    private static bool IsQuotation(HtmlTagToken tag) =>
        !tag.IsEndTag && (tag.Id == HtmlTagId.BlockQuote
            || (tag.Id == HtmlTagId.Div && tag.Attributes.Any(static one => one is { Value: { } value } && ((one.Name == "class" && value.Contains("gmail_quote", StringComparison.Ordinal)) || (one.Name == "id" && value is "divRplyFwdMsg" or "appendonsend")))));

    private static bool IsBreak(HtmlTagId id) => id is HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.TR or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.BlockQuote or HtmlTagId.HR or HtmlTagId.Pre;
}
