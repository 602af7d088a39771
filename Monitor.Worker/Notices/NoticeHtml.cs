using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Notices;

/// <summary>A notice as one HTML document for mail programs: everything escaped, nothing loaded, no link: what is demanded away is not to be clicked.</summary>
public static class NoticeHtml
{
    private const string Serif = "font-family:'Times New Roman',Times,serif;font-size:15px;line-height:1.45;color:#111";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(Notice notice, IReadOnlyList<NoticeBlock> blocks)
    {
        var html = new StringBuilder(2048);
        html.Append("<!doctype html>\n<html lang=\"").Append(notice.Language == "vi" ? "vi" : "en").Append("\">\n<head><meta charset=\"utf-8\"><title>").Append(Text(notice.Subject)).Append("</title></head>\n<body style=\"").Append(Serif).Append("\">\n");
        var bullets = false;
        foreach (var block in blocks)
        {
            if (bullets && block is not NoticeBlock.Bullet)
            {
                html.Append("</ul>\n");
            }
            else if (!bullets && block is NoticeBlock.Bullet)
            {
                html.Append("<ul style=\"margin:4px 0 8px\">\n");
            }

            bullets = block is NoticeBlock.Bullet;
            switch (block)
            {
                case NoticeBlock.Columns columns:
                    html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"4\" style=\"margin:0 0 8px\"><tr>");
                    foreach (var (side, width) in new[] { (columns.Left, 42), (columns.Right, 58) })
                    {
                        html.Append("<td valign=\"top\" align=\"center\" width=\"").Append(width).Append("%\">")
                            .AppendJoin("<br>", side.Select(line => line.Bold ? $"<b>{Text(line.Text)}</b>" : line.Text.Length == 0 ? "&nbsp;" : Text(line.Text))).Append("</td>");
                    }

                    html.Append("</tr></table>\n");
                    break;
                case NoticeBlock.Title title:
                    html.Append("<p style=\"text-align:center;font-weight:bold;margin:12px 0\">").Append(Text(title.Text)).Append("</p>\n");
                    break;
                case NoticeBlock.Paragraph paragraph:
                    html.Append(paragraph.Bold ? "<p style=\"font-weight:bold;margin:8px 0\">" : "<p style=\"margin:8px 0\">").Append(Text(paragraph.Text)).Append("</p>\n");
                    break;
                case NoticeBlock.Item item:
                    html.Append("<p style=\"font-weight:bold;margin:8px 0 2px;word-break:break-all\">").Append(Text(item.Text)).Append("</p>\n");
                    break;
                case NoticeBlock.Fact fact:
                    html.Append("<p style=\"margin:0 0 2px 24px;word-break:break-all\">").Append(Text(fact.Text)).Append("</p>\n");
                    break;
                case NoticeBlock.Bullet bullet:
                    html.Append("<li>").Append(Text(bullet.Text)).Append("</li>\n");
                    break;
                case NoticeBlock.Annex annex:
                    html.Append("<p style=\"font-size:11px;color:#555;margin:0;word-break:break-all\">").Append(Text(annex.Text)).Append("</p>\n");
                    break;
            }
        }

        return html.Append(bullets ? "</ul>\n" : "").Append("</body>\n</html>\n").ToString();
    }

    /// <summary>Mail programs make links of what looks like one: a place to break after the scheme stops most, and adds no letter to what is copied.</summary>
    private static string Text(string text) => Encoder.Encode(text).Replace("://", ":<wbr>//", StringComparison.Ordinal);
}
