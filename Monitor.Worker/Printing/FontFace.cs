using System.Buffers.Binary;
using System.Text;

namespace Monitor.Worker.Printing;

/// <summary>A TrueType face (OpenType 1.9) read once: which glyph a letter has, how wide it is, and the face with nothing in it but some letters.</summary>
internal sealed class FontFace
{
    private const int MoreComponents = 0x0020;
    private const int ArgumentsAreWords = 0x0001;
    private const int Scale = 0x0008;
    private const int TwoScales = 0x0040;
    private const int FourScales = 0x0080;

    /// <summary>What a reader of PDF needs (ISO 32000-1, 9.9); letters are addressed by glyph, so there is no cmap among them.</summary>
    private static readonly string[] Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private readonly Dictionary<string, byte[]> _tables;
    private readonly Dictionary<char, int> _glyphs = [];
    private readonly int _count;
    private readonly int _measured;
    private readonly double _unit;
    private readonly bool _wide;

    /// <param name="name">As PDF names fonts: letters, digits and hyphens.</param>
    /// <param name="wanted">Letters that are ever asked for.</param>
    /// <exception cref="InvalidDataException">Not a TrueType font with a Unicode table.</exception>
    public FontFace(string name, byte[] font, Func<char, bool> wanted)
    {
        Name = "MONITR+" + name;
        try
        {
            _tables = Tables(font);
            _count = U16(_tables["maxp"], 4);
            _measured = U16(_tables["hhea"], 34);
            _unit = U16(_tables["head"], 18);
            _wide = U16(_tables["head"], 50) == 1;
            foreach (var letter in Enumerable.Range(0, 0x10000).Select(code => (char)code).Where(wanted))
            {
                if (GlyphOf(_tables["cmap"], letter) is > 0 and var glyph && glyph < _count)
                    _glyphs[letter] = glyph;
            }

            int Scaled(string table, int at) => (int)Math.Round(BinaryPrimitives.ReadInt16BigEndian(_tables[table].AsSpan(at)) * 1000 / _unit);
            Box = [Scaled("head", 36), Scaled("head", 38), Scaled("head", 40), Scaled("head", 42)];
            (Ascent, Descent) = (Scaled("hhea", 4), Scaled("hhea", 6));
            _ = Outline(0);
        }
        catch (Exception unexpected) when (unexpected is ArgumentException or IndexOutOfRangeException or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException("not a TrueType font with a Unicode table", unexpected);
        }
    }

    public string Name { get; }

    /// <summary>Thousandths of the size.</summary>
    public IReadOnlyList<int> Box { get; }

    public int Ascent { get; }

    public int Descent { get; }

    /// <summary>0: the face has no such letter.</summary>
    public int Glyph(char letter) => _glyphs.GetValueOrDefault(letter);

    /// <summary>At size 1.</summary>
    public double WidthOf(int glyph) => U16(_tables["hmtx"], Math.Min(glyph, _measured - 1) * 4) / _unit;

    /// <summary>Without kerning: a text is as wide as its letters.</summary>
    public double WidthOf(string text)
    {
        var sum = 0.0;
        foreach (var letter in text)
            sum += WidthOf(Glyph(letter));
        return sum;
    }

    /// <summary>The face with the outlines of these letters alone; glyphs keep their numbers.</summary>
    public byte[] Subset(IEnumerable<char> letters)
    {
        // .notdef and what composed letters are made of stay as well.
        var keep = new HashSet<int>();
        var open = new Queue<int>(letters.Select(Glyph).Prepend(0));
        while (open.TryDequeue(out var glyph))
        {
            if (keep.Add(glyph))
            {
                foreach (var part in Parts(Outline(glyph)))
                    open.Enqueue(part);
            }
        }

        using var outlines = new MemoryStream();
        var places = new byte[(_count + 1) * 4];
        for (var glyph = 0; glyph < _count; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(glyph * 4), (uint)outlines.Length);
            if (keep.Contains(glyph))
            {
                outlines.Write(Outline(glyph));
                while (outlines.Length % 4 != 0)
                    outlines.WriteByte(0);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(_count * 4), (uint)outlines.Length);
        var head = _tables["head"].ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        return Write([.. Kept.Where(_tables.ContainsKey).Select(name => (name, name switch { "glyf" => outlines.ToArray(), "loca" => places, "head" => head, _ => _tables[name] }))]);
    }

    private ReadOnlySpan<byte> Outline(int glyph)
    {
        int At(int index) => _wide ? checked((int)U32(_tables["loca"], index * 4)) : U16(_tables["loca"], index * 2) * 2;
        return _tables["glyf"].AsSpan(At(glyph), At(glyph + 1) - At(glyph));
    }

    private static Dictionary<string, byte[]> Tables(byte[] font)
    {
        var tables = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var i = 0; i < U16(font, 4); i++)
        {
            var entry = font.AsSpan(12 + (i * 16), 16);
            tables[Encoding.ASCII.GetString(entry[..4])] = font.AsSpan(checked((int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..])), checked((int)BinaryPrimitives.ReadUInt32BigEndian(entry[12..]))).ToArray();
        }

        return tables;
    }

    /// <summary>By a subtable of format 4 (Windows, Unicode BMP).</summary>
    private static int GlyphOf(byte[] cmap, char code)
    {
        for (var i = 0; i < U16(cmap, 2); i++)
        {
            var at = checked((int)U32(cmap, 4 + (i * 8) + 4));
            if (U16(cmap, 4 + (i * 8)) != 3 || U16(cmap, 4 + (i * 8) + 2) != 1 || U16(cmap, at) != 4)
                continue;
            var segments = U16(cmap, at + 6) / 2;
            for (var s = 0; s < segments; s++)
            {
                var (end, start) = (U16(cmap, at + 14 + (s * 2)), U16(cmap, at + 16 + (segments * 2) + (s * 2)));
                if (code > end || code < start)
                    continue;
                var delta = U16(cmap, at + 16 + (segments * 4) + (s * 2));
                var rangeAt = at + 16 + (segments * 6) + (s * 2);
                var range = U16(cmap, rangeAt);
                if (range == 0)
                    return (code + delta) & 0xffff;
                var glyph = U16(cmap, rangeAt + range + ((code - start) * 2));
                return glyph == 0 ? 0 : (glyph + delta) & 0xffff;
            }

            return 0;
        }

        throw new KeyNotFoundException("no Unicode subtable");
    }

    private static List<int> Parts(ReadOnlySpan<byte> outline)
    {
        var parts = new List<int>();
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return parts;
        var at = 10;
        while (true)
        {
            int flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2) + ((flags & Scale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & FourScales) != 0 ? 8 : 0);
            if ((flags & MoreComponents) == 0)
                return parts;
        }
    }

    private static byte[] Write(List<(string Name, byte[] Content)> tables)
    {
        var power = 1;
        var log = 0;
        while (power * 2 <= tables.Count)
            (power, log) = (power * 2, log + 1);
        var font = new MemoryStream();
        Span<byte> four = stackalloc byte[4];
        void Put(uint value, Span<byte> buffer)
        {
            BinaryPrimitives.WriteUInt32BigEndian(buffer, value);
            font.Write(buffer);
        }

        Put(0x00010000, four);
        Put((uint)((tables.Count << 16) | (power * 16)), four);
        Put((uint)((log << 16) | ((tables.Count * 16) - (power * 16))), four);
        var offset = 12 + (tables.Count * 16);
        foreach (var (name, content) in tables)
        {
            font.Write(Encoding.ASCII.GetBytes(name));
            Put(Sum(content), four);
            Put((uint)offset, four);
            Put((uint)content.Length, four);
            offset += (content.Length + 3) & ~3;
        }

        foreach (var (_, content) in tables)
        {
            font.Write(content);
            while (font.Length % 4 != 0)
                font.WriteByte(0);
        }

        return font.ToArray();
    }

    private static uint Sum(byte[] content)
    {
        var sum = 0u;
        for (var i = 0; i < content.Length; i++)
            sum = unchecked(sum + ((uint)content[i] << (24 - (8 * (i % 4)))));
        return sum;
    }

    private static ushort U16(byte[] table, int at) => BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(at));

    private static uint U32(byte[] table, int at) => BinaryPrimitives.ReadUInt32BigEndian(table.AsSpan(at));
}
