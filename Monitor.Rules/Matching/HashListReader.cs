using System.Buffers;
using System.Text;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>
/// Plain hash lists: one digest a line in hex, optionally followed by a comma, semicolon or white space and a label;
/// "#" starts a comment line; a byte order mark is allowed. Memory per line is bounded whatever the input.
/// </summary>
public static class HashListReader
{
    public const int MaxLineLength = 4096;
    private const int ExcerptLength = 80;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads everything; for lists that fit in memory.</summary>
    /// <param name="kind">The bank's kind; null takes each digest for what its length says.</param>
    public static HashListReading Read(TextReader reader, DigestKind? kind = null)
    {
        var entries = new List<HashListLine.Entry>();
        var problems = new List<HashListLine.Bad>();
        var seen = new HashSet<Digest>();
        int duplicates = 0;
        int lines = 0;
        foreach ((int number, HashListLine? line) in Scan(reader, kind))
        {
            lines = number;
            switch (line)
            {
                case HashListLine.Entry entry when seen.Add(entry.Digest):
                    entries.Add(entry);
                    break;
                case HashListLine.Entry:
                    duplicates++;
                    break;
                case HashListLine.Bad bad:
                    problems.Add(bad);
                    break;
            }
        }

        return new HashListReading { Entries = entries, Problems = problems, Duplicates = duplicates, Lines = lines };
    }

    /// <summary>Streams entries and problems in file order, duplicates included; holds one line at a time.</summary>
    public static IEnumerable<HashListLine> Stream(TextReader reader, DigestKind? kind = null)
    {
        foreach ((_, HashListLine? line) in Scan(reader, kind))
        {
            if (line is not null)
                yield return line;
        }
    }

    private static IEnumerable<(int Number, HashListLine? Line)> Scan(TextReader reader, DigestKind? kind)
    {
        char[] buffer = new char[16 * 1024];
        var line = new StringBuilder();
        bool tooLong = false;
        bool pending = false;
        bool afterReturn = false;
        int number = 0;
        int count;
        while ((count = reader.Read(buffer, 0, buffer.Length)) > 0)
        {
            int start = 0;
            for (int i = 0; i < count; i++)
            {
                char c = buffer[i];
                if (c is not ('\n' or '\r'))
                {
                    afterReturn = false;
                    continue;
                }

                Append(line, buffer.AsSpan(start, i - start), ref tooLong);
                pending |= i > start;
                start = i + 1;
                if (c == '\n' && afterReturn)
                {
                    afterReturn = false;
                    continue;
                }

                afterReturn = c == '\r';
                number++;
                yield return (number, Parse(number, line.ToString(), tooLong, kind));
                line.Clear();
                tooLong = false;
                pending = false;
            }

            Append(line, buffer.AsSpan(start, count - start), ref tooLong);
            pending |= count > start;
        }

        if (pending)
        {
            number++;
            yield return (number, Parse(number, line.ToString(), tooLong, kind));
        }
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> text, ref bool tooLong)
    {
        int room = MaxLineLength - line.Length;
        tooLong |= text.Length > room;
        line.Append(text[..Math.Min(room, text.Length)]);
    }

    private static HashListLine? Parse(int number, string line, bool tooLong, DigestKind? kind)
    {
        ReadOnlySpan<char> text = line;
        if (number == 1)
            text = text.TrimStart('\uFEFF');
        text = text.Trim();
        if (text.IsEmpty || text[0] == '#')
            return null;

        if (tooLong)
            return new HashListLine.Bad(number, Excerpt(text), HashListProblem.LineTooLong);

        int end = text.IndexOfAny(",; \t");
        ReadOnlySpan<char> hex = end < 0 ? text : text[..end];
        ReadOnlySpan<char> label = end < 0 ? default : text[end..].Trim(" \t").TrimStart(",;").Trim(" \t");
        if (hex.IsEmpty)
            return new HashListLine.Bad(number, Excerpt(text), HashListProblem.DigestMissing);

        bool parsed = kind is { } wanted ? Digest.TryParse(wanted, hex, out Digest digest) : Digest.TryParse(hex, out digest);
        if (parsed)
            return new HashListLine.Entry(number, digest, label.IsEmpty ? null : label.ToString());

        bool allHex = !hex.ContainsAnyExcept(HexDigits);
        return new HashListLine.Bad(number, Excerpt(text), allHex ? HashListProblem.WrongLength : HashListProblem.NotHex);
    }

    private static string Excerpt(ReadOnlySpan<char> text)
    {
        Span<char> excerpt = stackalloc char[Math.Min(text.Length, ExcerptLength)];
        text[..excerpt.Length].CopyTo(excerpt);
        foreach (ref char c in excerpt)
        {
            if (char.IsControl(c))
                c = '\uFFFD';
        }

        return excerpt.ToString();
    }
}
