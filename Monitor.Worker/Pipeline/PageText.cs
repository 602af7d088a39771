using System.Text;
using Monitor.Rules.Removal;

namespace Monitor.Worker.Pipeline;

/// <summary>The one text of a page that rules see and that is sealed: title, then the visible blocks, a line each.</summary>
public static class PageText
{
    /// <summary>UTF-16 units; what is longer is cut and the outline says so.</summary>
    public const int Cap = 1_000_000;

    public static string Of(PageOutline outline)
    {
        var text = new StringBuilder(outline.Title);
        foreach (var block in outline.Blocks)
        {
            if (!block.Visible)
            {
                continue;
            }

            if (text.Length + block.Text.Length > Cap)
            {
                break;
            }

            text.Append('\n').Append(block.Text);
        }

        return text.ToString();
    }
}
