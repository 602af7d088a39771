using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Worker.Printing;

/// <summary>
/// As much of PDF 1.7 (ISO 32000-1) as official pages need: text in two embedded faces, and lines. The same calls give the same bytes. It is written here because each notice has its
/// document: the library that wrote them before took 25 to 40 ms for one page, whatever stood on it; this takes about one.
/// </summary>
internal sealed class PdfFile(FontFace regular, FontFace bold, double width, double height)
{
    private readonly List<StringBuilder> _pages = [];
    private readonly SortedSet<char>[] _used = [[], []];

    private StringBuilder Page => _pages[^1];

    public void AddPage() => _pages.Add(new StringBuilder(4096));

    /// <param name="x">Points from the left.</param>
    /// <param name="y">Baseline, points from below.</param>
    public void AddText(string text, double size, double x, double y, bool inBold)
    {
        var face = inBold ? bold : regular;
        foreach (var letter in text)
            _used[inBold ? 1 : 0].Add(letter);
        Page.Append(CultureInfo.InvariantCulture, $"BT /F{(inBold ? 2 : 1)} {Number(size)} Tf {Number(x)} {Number(y)} Td <");
        foreach (var letter in text)
            Page.Append(face.Glyph(letter).ToString("X4", CultureInfo.InvariantCulture));
        Page.Append("> Tj ET\n");
    }

    public void DrawLine(double fromX, double fromY, double toX, double toY, double thickness) =>
        Page.Append(CultureInfo.InvariantCulture, $"{Number(thickness)} w {Number(fromX)} {Number(fromY)} m {Number(toX)} {Number(toY)} l S\n");

    public byte[] Build()
    {
        using var file = new MemoryStream();
        var places = new List<long>();
        void Put(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        int Begin()
        {
            places.Add(file.Length);
            Put(string.Create(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n"));
            return places.Count;
        }

        int Object(string dictionary)
        {
            var number = Begin();
            Put(dictionary + "\nendobj\n");
            return number;
        }

        int Stream(byte[] content, string more = "")
        {
            var packed = Pack(content);
            var number = Begin();
            Put(string.Create(CultureInfo.InvariantCulture, $"<</Length {packed.Length}/Filter/FlateDecode{more}>>\nstream\n"));
            file.Write(packed);
            Put("\nendstream\nendobj\n");
            return number;
        }

        // The bytes above 127 say that the file is not text (7.5.2).
        Put("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        int[] fonts = [Font(regular, _used[0], Object, Stream), Font(bold, _used[1], Object, Stream)];
        var contents = _pages.Select(page => Stream(Encoding.ASCII.GetBytes(page.ToString()))).ToList();
        var parent = places.Count + contents.Count + 1;
        var pages = contents.Select(content => Object(string.Create(CultureInfo.InvariantCulture, $"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 {Number(width)} {Number(height)}]/Resources<</Font<</F1 {fonts[0]} 0 R/F2 {fonts[1]} 0 R>>>>/Contents {content} 0 R>>"))).ToList();
        Object(string.Create(CultureInfo.InvariantCulture, $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select(page => $"{page} 0 R"))}]>>"));
        var catalog = Object(string.Create(CultureInfo.InvariantCulture, $"<</Type/Catalog/Pages {parent} 0 R/Lang(vi)>>"));
        var start = file.Length;
        Put(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n"));
        foreach (var place in places)
            Put(place.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n");
        var id = Convert.ToHexString(SHA256.HashData(file.ToArray()))[..32];
        Put(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {places.Count + 1}/Root {catalog} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{start}\n%%EOF\n"));
        return file.ToArray();
    }

    /// <summary>A composite font (9.7) over the glyphs that were used; ToUnicode lets the text be searched and copied.</summary>
    private static int Font(FontFace face, SortedSet<char> used, Func<string, int> dictionary, Func<byte[], string, int> stream)
    {
        var program = face.Subset(used);
        var source = stream(program, string.Create(CultureInfo.InvariantCulture, $"/Length1 {program.Length}"));
        var box = string.Join(' ', face.Box.Select(edge => edge.ToString(CultureInfo.InvariantCulture)));
        // Flags: serif, symbolic (its letters are addressed by glyph).
        var descriptor = dictionary(string.Create(CultureInfo.InvariantCulture, $"<</Type/FontDescriptor/FontName/{face.Name}/Flags 6/FontBBox[{box}]/ItalicAngle 0/Ascent {face.Ascent}/Descent {face.Descent}/CapHeight {face.Ascent}/StemV 80/FontFile2 {source} 0 R>>"));
        var widths = string.Concat(used.Select(face.Glyph).Distinct().Order().Select(glyph => string.Create(CultureInfo.InvariantCulture, $"{glyph}[{Number(face.WidthOf(glyph) * 1000)}]")));
        var descendant = dictionary(string.Create(CultureInfo.InvariantCulture, $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{face.Name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/W[{widths}]>>"));
        var unicode = stream(ToUnicode(face, used), "");
        return dictionary(string.Create(CultureInfo.InvariantCulture, $"<</Type/Font/Subtype/Type0/BaseFont/{face.Name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>"));
    }

    private static byte[] ToUnicode(FontFace face, SortedSet<char> used)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var some in used.Where(letter => face.Glyph(letter) > 0).Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var letter in some)
                map.Append(CultureInfo.InvariantCulture, $"<{face.Glyph(letter):X4}> <{(int)letter:X4}>\n");
            map.Append("endbfchar\n");
        }

        return Encoding.ASCII.GetBytes(map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString());
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(content);
        return packed.ToArray();
    }

    private static string Number(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);
}
