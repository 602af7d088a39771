using System.Globalization;
using System.Text;

namespace Monitor.Worker.Printing;

/// <summary>
/// Pages in the form of official documents (Decree 30/2020/ND-CP, annex I): A4, margins 20 mm above and below, 30 mm left, 20 mm right, 13 point serif, page numbers from the second
/// page on. Text flows from page to page; words that are longer than a line are cut. The same text gives the same bytes.
/// </summary>
internal sealed class OfficialPages
{
    private const double Millimetre = 72 / 25.4;
    private const double Left = 30 * Millimetre;
    private const double Right = 20 * Millimetre;
    private const double Top = 20 * Millimetre;
    private const double Bottom = 20 * Millimetre;
    private const double Width = 595.28;
    private const double Height = 841.89;
    private const double LineFactor = 1.35;


    private readonly OfficialFonts _fonts;
    private readonly PdfFile _file;
    private double _y;
    private int _number;

    public OfficialPages(OfficialFonts fonts)
    {
        _fonts = fonts;
        _file = new PdfFile(fonts.Regular, fonts.Bold, Width, Height);
        Turn();
    }

    public static double TextWidth => Width - Left - Right;

    /// <summary>Two columns side by side, each line centred: agency and national motto, or those who sign.</summary>
    /// <param name="ruled">A short rule under each column.</param>
    public void Heads(IReadOnlyList<(string Text, bool Bold)> left, IReadOnlyList<(string Text, bool Bold)> right, bool ruled)
    {
        const double Size = 11.5;
        var top = _y;
        var lowest = _y;
        foreach (var (lines, from, width) in new[] { (left, Left, TextWidth * 0.41), (right, Left + (TextWidth * 0.41), TextWidth * 0.59) })
        {
            _y = top;
            foreach (var (text, bold) in lines)
            {
                foreach (var line in Wrap(text, Size, bold, width))
                    Line(line, Size, bold, from + ((width - Measure(line, Size, bold)) / 2));
            }

            if (ruled)
                _file.DrawLine(from + (width * 0.35), _y - 2, from + (width * 0.65), _y - 2, 0.6);
            lowest = Math.Min(lowest, _y);
        }

        _y = lowest - 10;
    }

    /// <summary>Place and date, under the national motto.</summary>
    public void Dated(string text) => Line(text, 12, bold: false, Left + (TextWidth * 0.41) + (((TextWidth * 0.59) - Measure(text, 12, bold: false)) / 2));

    public void Title(string text, double size = 14)
    {
        foreach (var line in Wrap(text, size, bold: true, TextWidth))
            Line(line, size, bold: true, Left + ((TextWidth - Measure(line, size, bold: true)) / 2));
    }

    public void Heading(string text)
    {
        Space(6);
        // A heading does not stand alone at the foot of a page.
        Need(13 * LineFactor * 3);
        Paragraph(text, bold: true);
    }

    public void Paragraph(string text, bool bold = false, double size = 13, double indent = 0)
    {
        foreach (var line in Wrap(text, size, bold, TextWidth - indent))
            Line(line, size, bold, Left + indent);
        Space(3);
    }

    /// <summary>A name and its value, the value in a column of its own.</summary>
    public void Field(string name, string value)
    {
        const double Column = 150;
        var first = true;
        foreach (var line in Wrap(value, 12, bold: false, TextWidth - Column))
        {
            Need(12 * LineFactor);
            if (first)
                Text(name, 12, bold: true, Left);
            Line(line, 12, bold: false, Left + Column);
            first = false;
        }

        Space(2);
    }

    /// <summary>Rows of cells in columns of the given shares of the width; the first row is a head that comes again on each page.</summary>
    public void Table(IReadOnlyList<double> shares, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, double size = 9)
    {
        void Row(IReadOnlyList<string> cells, bool bold)
        {
            var wrapped = cells.Select((cell, i) => Wrap(cell, size, bold, (TextWidth * shares[i]) - 4)).ToList();
            var height = (wrapped.Max(lines => lines.Count) * size * LineFactor) + 4;
            if (_y - height < Bottom)
            {
                Turn();
                if (!bold)
                    Row(head, bold: true);
            }

            var (top, x) = (_y, Left);
            for (var i = 0; i < wrapped.Count; i++)
            {
                _y = top - 2;
                foreach (var line in wrapped[i])
                    Line(line, size, bold, x + 2);
                x += TextWidth * shares[i];
            }

            _y = top - height;
            _file.DrawLine(Left, _y, Left + TextWidth, _y, 0.3);
        }

        Need(size * LineFactor * 4);
        _file.DrawLine(Left, _y, Left + TextWidth, _y, 0.6);
        Row(head, bold: true);
        foreach (var row in rows)
            Row(row, bold: false);
        Space(6);
    }

    public void Space(double points) => _y -= points;

    /// <summary>Turns the page when less than so much is left.</summary>
    public void Need(double points)
    {
        if (_y - points < Bottom)
            Turn();
    }

    public byte[] Build() => _file.Build();

    private void Turn()
    {
        _file.AddPage();
        _y = Height - Top;
        if (++_number > 1)
        {
            var number = _number.ToString(CultureInfo.InvariantCulture);
            _file.AddText(number, 12, (Width - Measure(number, 12, bold: false)) / 2, Height - (Top * 0.7), inBold: false);
        }
    }

    private void Line(string text, double size, bool bold, double x)
    {
        Need(size * LineFactor);
        _y -= size * LineFactor;
        Put(text, size, bold, x, _y + (size * 0.3));
    }

    private void Text(string text, double size, bool bold, double x) => Put(text, size, bold, x, _y - (size * LineFactor) + (size * 0.3));

    private void Put(string text, double size, bool bold, double x, double y)
    {
        if (text.Length > 0)
            _file.AddText(text, size, x, y, bold);
    }

    private List<string> Wrap(string text, double size, bool bold, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in Printable(text).Split('\n'))
        {
            var line = "";
            foreach (var given in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var word = given;
                while (Measure(word, size, bold) > width)
                {
                    var fits = Fits(word, size, bold, line.Length == 0 ? width : width - Measure(line + " ", size, bold));
                    if (fits == 0)
                    {
                        lines.Add(line);
                        line = "";
                        continue;
                    }

                    lines.Add(line.Length == 0 ? word[..fits] : line + " " + word[..fits]);
                    line = "";
                    word = word[fits..];
                }

                var longer = line.Length == 0 ? word : line + " " + word;
                if (line.Length > 0 && Measure(longer, size, bold) > width)
                {
                    lines.Add(line);
                    line = word;
                }
                else
                {
                    line = longer;
                }
            }

            lines.Add(line);
        }

        return lines;
    }

    private int Fits(string word, double size, bool bold, double width)
    {
        var sum = 0.0;
        for (var i = 0; i < word.Length; i++)
        {
            sum += Measure(word[i].ToString(), size, bold);
            if (sum > width)
                return i;
        }

        return word.Length;
    }

    private double Measure(string text, double size, bool bold) => (bold ? _fonts.Bold : _fonts.Regular).WidthOf(text) * size;

    /// <summary>Composed letters; what the face cannot show becomes a question mark rather than nothing.</summary>
    private static string Printable(string text)
    {
        var composed = text.Normalize(NormalizationForm.FormC);
        return composed.All(Shows) ? composed : string.Concat(composed.Select(letter => Shows(letter) ? letter : '?'));
    }

    internal static bool Shows(char letter) => letter is '\n' or (>= ' ' and <= '~') or (>= '\u00A0' and <= '\u024F') or (>= '\u1E00' and <= '\u1EFF') or '–' or '—' or '…' or '“' or '”' or '‘' or '’' or '•' or '₫' or '→';
}
