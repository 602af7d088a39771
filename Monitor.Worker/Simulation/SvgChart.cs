using System.Globalization;
using System.Security;
using System.Text;

namespace Monitor.Worker.Simulation;

/// <summary>One chart with two axes, written as SVG: lines, bars, guide lines, a legend below the title. Sizes in user units (960 × 540).</summary>
internal sealed class SvgChart
{
    private const int Width = 960;
    private const int Height = 540;
    private const int Left = 84;
    private const int Right = 30;
    private const int Top = 104;
    private const int Bottom = 62;

    private static readonly double[] StepFactors = [0.1, 0.2, 0.25, 0.5, 1];

    private readonly StringBuilder _marks = new();
    private readonly StringBuilder _legend = new();
    private readonly double _mostX;
    private readonly double _mostY;
    private double _legendAt = Left;

    /// <param name="mostX">Right end of the x axis, which starts at 0.</param>
    /// <param name="mostY">Upper end of the y axis, which starts at 0.</param>
    public SvgChart(double mostX, double mostY) => (_mostX, _mostY) = (mostX <= 0 ? 1 : mostX, mostY <= 0 ? 1 : mostY);

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    public required IReadOnlyList<(double At, string Text)> XTicks { get; init; }

    public required IReadOnlyList<(double At, string Text)> YTicks { get; init; }

    /// <summary>A round step that cuts <paramref name="most"/> into four to ten parts.</summary>
    public static double Step(double most)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(most, 1e-9))));
        foreach (var factor in StepFactors)
        {
            if (most / (power * factor) <= 10)
            {
                return power * factor;
            }
        }

        return power;
    }

    public SvgChart Line(IEnumerable<(double X, double Y)> points, string colour, double stroke, string legend, string? dash = null)
    {
        _marks.Append("<polyline fill=\"none\" stroke-linejoin=\"round\" stroke=\"").Append(colour).Append("\" stroke-width=\"").Append(Number(stroke)).Append('"');
        if (dash is not null)
        {
            _marks.Append(" stroke-dasharray=\"").Append(dash).Append('"');
        }

        _marks.Append(" points=\"");
        foreach (var (x, y) in points)
        {
            _marks.Append(Number(X(x))).Append(',').Append(Number(Y(y))).Append(' ');
        }

        _marks.Append("\"/>\n");
        Legend(legend, colour, dash, bar: false);
        return this;
    }

    public SvgChart Bars(IEnumerable<(double From, double To, double Y)> bars, string colour, string legend)
    {
        foreach (var (from, to, y) in bars)
        {
            if (y > 0)
            {
                _marks.Append("<rect x=\"").Append(Number(X(from) + 0.5)).Append("\" y=\"").Append(Number(Y(y))).Append("\" width=\"").Append(Number(Math.Max(0.5, X(to) - X(from) - 1)))
                    .Append("\" height=\"").Append(Number(Y(0) - Y(y))).Append("\" fill=\"").Append(colour).Append("\"/>\n");
            }
        }

        Legend(legend, colour, null, bar: true);
        return this;
    }

    /// <summary>A dashed line across; its meaning stands in the legend, where nothing overlaps it.</summary>
    public SvgChart Across(double y, string colour, string legend) => Line([(0, y), (_mostX, y)], colour, 1.2, legend, "6 4");

    public SvgChart Upright(double x, string colour, string legend) => Line([(x, 0), (x, _mostY)], colour, 1.2, legend, "6 4");

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").Append(Width).Append(' ').Append(Height)
            .Append("\" width=\"").Append(Width).Append("\" height=\"").Append(Height).Append("\" role=\"img\" font-family=\"'DejaVu Sans', 'Segoe UI', Arial, sans-serif\">\n");
        text.Append("<title>").Append(Escape(Title)).Append("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        Words(text, Left, 30, 18, "start", "#1b1f24", Title, bold: true);
        Words(text, Left, 52, 13, "start", "#57606a", Subtitle);
        foreach (var (at, label) in YTicks)
        {
            Rule(text, Left, Y(at), Width - Right, Y(at));
            Words(text, Left - 8, Y(at) + 4, 12, "end", "#424a53", label);
        }

        foreach (var (at, label) in XTicks)
        {
            Rule(text, X(at), Height - Bottom, X(at), Height - Bottom + 5);
            Words(text, X(at), Height - Bottom + 20, 12, "middle", "#424a53", label);
        }

        text.Append(_marks);
        text.Append("<path d=\"M").Append(Left).Append(' ').Append(Top).Append(" V").Append(Height - Bottom).Append(" H").Append(Width - Right).Append("\" fill=\"none\" stroke=\"#24292f\" stroke-width=\"1.2\"/>\n");
        Words(text, (Left + Width - Right) / 2.0, Height - 14, 13, "middle", "#24292f", XLabel);
        text.Append("<text transform=\"translate(20 ").Append(Number((Top + Height - Bottom) / 2.0)).Append(") rotate(-90)\" font-size=\"13\" text-anchor=\"middle\" fill=\"#24292f\">").Append(Escape(YLabel)).Append("</text>\n");
        return text.Append(_legend).Append("</svg>\n").ToString();
    }

    private static void Rule(StringBuilder text, double fromX, double fromY, double toX, double toY) =>
        text.Append("<line x1=\"").Append(Number(fromX)).Append("\" y1=\"").Append(Number(fromY)).Append("\" x2=\"").Append(Number(toX)).Append("\" y2=\"").Append(Number(toY)).Append("\" stroke=\"#d8dee4\"/>\n");

    private static void Words(StringBuilder text, double x, double y, int size, string anchor, string colour, string words, bool bold = false) =>
        text.Append("<text x=\"").Append(Number(x)).Append("\" y=\"").Append(Number(y)).Append("\" font-size=\"").Append(size).Append("\" text-anchor=\"").Append(anchor).Append("\" fill=\"").Append(colour).Append('"')
            .Append(bold ? " font-weight=\"bold\"" : "").Append('>').Append(Escape(words)).Append("</text>\n");

    private void Legend(string words, string colour, string? dash, bool bar)
    {
        const int line = 76;
        if (bar)
        {
            _legend.Append("<rect x=\"").Append(Number(_legendAt)).Append("\" y=\"").Append(line - 6).Append("\" width=\"22\" height=\"12\" fill=\"").Append(colour).Append("\"/>\n");
        }
        else
        {
            _legend.Append("<line x1=\"").Append(Number(_legendAt)).Append("\" y1=\"").Append(line).Append("\" x2=\"").Append(Number(_legendAt + 22)).Append("\" y2=\"").Append(line).Append("\" stroke-width=\"2.5\" stroke=\"").Append(colour).Append('"')
                .Append(dash is null ? "" : $" stroke-dasharray=\"{dash}\"").Append("/>\n");
        }

        Words(_legend, _legendAt + 28, line + 4, 12, "start", "#24292f", words);
        // A letter of this size is about 7 units wide.
        _legendAt += 28 + (words.Length * 7.0) + 22;
    }

    private double X(double value) => Left + (Math.Clamp(value / _mostX, 0, 1) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - (Math.Clamp(value / _mostY, 0, 1) * (Height - Top - Bottom));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string words) => SecurityElement.Escape(words);
}
