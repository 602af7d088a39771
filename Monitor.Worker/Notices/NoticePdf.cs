using Monitor.Worker.Printing;

namespace Monitor.Worker.Notices;

/// <summary>A notice as the document to print, sign and file.</summary>
internal static class NoticePdf
{
    public static byte[] Of(IReadOnlyList<NoticeBlock> blocks, OfficialFonts fonts)
    {
        var page = new OfficialPages(fonts);
        for (var i = 0; i < blocks.Count; i++)
        {
            switch (blocks[i])
            {
                case NoticeBlock.Columns columns:
                    // Who signs stands on one page.
                    page.Need(14 * (Math.Max(columns.Left.Count, columns.Right.Count) + 2));
                    page.Space(columns.Ruled ? 0 : 6);
                    page.Heads(columns.Left, columns.Right, columns.Ruled);
                    break;
                case NoticeBlock.Title title:
                    page.Space(6);
                    page.Title(title.Text, 13);
                    page.Space(8);
                    break;
                case NoticeBlock.Paragraph paragraph:
                    page.Paragraph(paragraph.Text, paragraph.Bold);
                    break;
                case NoticeBlock.Item item:
                    page.Need(60);
                    page.Paragraph(item.Text, bold: true, size: 12);
                    break;
                case NoticeBlock.Fact fact:
                    page.Paragraph(fact.Text, size: 11, indent: 18);
                    break;
                case NoticeBlock.Bullet bullet:
                    page.Paragraph("– " + bullet.Text, indent: 12);
                    break;
                case NoticeBlock.Annex annex:
                    if (i > 0 && blocks[i - 1] is not NoticeBlock.Annex)
                        page.Space(12);
                    page.Paragraph(annex.Text, size: 7.5);
                    break;
            }
        }

        return page.Build();
    }
}
