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

            // A block that does not fit is looked at as far as it fits: nobody hides a page behind one long paragraph.
            var room = Cap - text.Length - 1;
            if (room <= 0)
            {
                break;
            }

            text.Append('\n').Append(block.Text.AsSpan(0, Math.Min(room, block.Text.Length)));
        }

        return text.ToString();
    }
}
