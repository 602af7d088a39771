using System.Globalization;
using System.Text;

namespace Monitor.Rules.Text;

/// <summary>
/// What each character is to the search: which of the letters a to z it shows, with which Vietnamese mark and tone, or that it separates,
/// joins or shows nothing. One table for the plane that nearly all text lives in; the rest is asked for.
/// </summary>
internal static class Letters
{
    // Bits 0-4: 1 … 26 for a … z, Other for letters that look like none of them, 0 for all else.
    public const uint BaseMask = 0x1F;
    public const uint Other = 27;

    // Bits 5-7: the mark that makes another letter of it. Bits 8-10: the tone.
    public const int ModShift = 5;
    public const int ToneShift = 8;
    public const uint NoMod = 0;
    public const uint Circumflex = 1;
    public const uint Breve = 2;
    public const uint Horn = 3;
    public const uint Stroke = 4;
    public const uint Strange = 5;
    public const uint NoTone = 0;
    public const uint Grave = 1;
    public const uint Acute = 2;
    public const uint Hook = 3;
    public const uint Tilde = 4;
    public const uint Dot = 5;

    public const uint Upper = 1 << 11;
    public const uint Homoglyph = 1 << 12;
    public const uint Styled = 1 << 13;
    public const uint Digit = 1 << 14;
    public const uint Invisible = 1 << 15;
    public const uint Mark = 1 << 16;
    public const uint Space = 1 << 17;

    /// <summary>Half of a character: look at the whole one.</summary>
    public const uint Surrogate = 1 << 18;

    private const string Plain = "abcdefghijklmnopqrstuvwxyz";

    // Pairs: what looks, and what it looks like. Letters that decompose to Latin ones need no entry.
    private const string Alike =
        "аaвbсcԁdеeғfԌgһhіiјjкkӏlмmнhоoрpԛqгrѕsтtцuѵvѡwхxуyзzъbьbыbпnлnдdфoёeїiқkґrҳxүyұyөoҡkҝkԝwҙzшwщwжxчyгrиnйnэeєeюoяrӕa" +
        "αaβbγyδdεeζzηnθoιiκkλlμmνvξeοoπnρpσoςcτtυuφoχxψwωwϲcϳjϱp" +
        "ɑaɐaʙbɓbƀbƄbᴄcɔcɕcᴅdɖdɗdᴇeǝeəeɛeɜeꜰfɡgɢgɠgʜhɦhɪiıiɩiɨiᴊjȷjᴋkʟlɭlɫlƚlᴍmɱmɴnɲnɳnŋnᴏoɵoøoᴘpþpꞯqʀrɹrɾrꜱsʂsƨsᴛtʈtʇtᴜuʉuʊuᴠvʋvᴡwʍwʏyɣyƴyᴢzʐzʑzƶz" +
        "աwեtհhոnսuօoցgզqԁdվuյjքpգqկulɩ" +
        "ᎪaᏴbᏟcᎠdᎬeᎰfᏀgᎻhᎥiᎫjᏦkᏞlᎷmᎢtᏫoᏢpᎡrᏚsᏔwᏃzᎩyᏙvᎳw" +
        "ꓮaꓐbꓚcꓓdꓰeꓝfꓖgꓧhꓲiꓙjꓗkꓡlꓟmꓠnꓳoꓑpꓣrꓢsꓔtꓴuꓦvꓪwꓫxꓬyꓜz" +
        "αaƌdđdðdłlħhŧtßbæaœoǁlǀlꜵaꞌl";

    private static readonly uint[] Table = Make();

    public static uint Of(char c) => Table[c];

    /// <summary>What stands at <paramref name="index"/>, and how many units it takes. A lone surrogate is a symbol of one unit.</summary>
    public static uint At(ReadOnlySpan<char> text, int index, out int length)
    {
        length = 1;
        uint info = Table[text[index]];
        if ((info & Surrogate) == 0)
            return info;

        if (Rune.DecodeFromUtf16(text[index..], out Rune rune, out int taken) != System.Buffers.OperationStatus.Done)
            return 0;

        length = taken;
        return OfRune(rune);
    }

    /// <summary>a … z, '*' for other letters, '\0' for none.</summary>
    public static char Base(uint info) => (info & BaseMask) is var b && b == 0 ? '\0' : b == Other ? '*' : (char)('a' + b - 1);

    public static uint Mod(uint info) => (info >> ModShift) & 7;

    public static uint Tone(uint info) => (info >> ToneShift) & 7;

    /// <summary>What makes a neighbour part of a longer word: letters, digits and marks.</summary>
    public static bool IsWord(uint info) => (info & (BaseMask | Digit | Mark)) != 0;

    public static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static uint[] Make()
    {
        var table = new uint[char.MaxValue + 1];
        for (int i = 0; i < table.Length; i++)
            table[i] = Make((char)i);
        for (int i = 0; i + 1 < Alike.Length; i += 2)
        {
            Put(table, Alike[i], Alike[i + 1]);
            char upper = char.ToUpperInvariant(Alike[i]);
            if (upper != Alike[i] && table[upper] != 0 && (table[upper] & BaseMask) == Other)
                Put(table, upper, Alike[i + 1], Upper);
        }

        table['đ'] = Letter('d') | (Stroke << ModShift);
        table['Đ'] = Letter('d') | (Stroke << ModShift) | Upper;
        foreach (char c in "ðÐɖƉƌ")
            table[c] = Letter('d') | (Stroke << ModShift) | Homoglyph | (char.IsUpper(c) ? Upper : 0);

        // Letters of a script keep the marks that they are composed with: "ё" is "е" with something.
        for (int i = 0x0370; i < 0x0530; i++)
        {
            if ((table[i] & BaseMask) != Other)
                continue;

            string parts = ((char)i).ToString().Normalize(NormalizationForm.FormD);
            if (parts.Length > 1 && (table[parts[0]] & BaseMask) is not (0 or Other))
                table[i] = Marked(table[parts[0]], parts);
        }

        return table;
    }

    private static void Put(uint[] table, char from, char to, uint extra = 0)
    {
        if (!char.IsAscii(from))
            table[from] = Letter(to) | Homoglyph | extra;
    }

    private static uint Letter(char c) => (uint)(Plain.IndexOf(c, StringComparison.Ordinal) + 1);

    private static uint Make(char c)
    {
        if (char.IsAsciiLetter(c))
            return Letter((char)(c | 0x20)) | (char.IsAsciiLetterUpper(c) ? Upper : 0);
        if (char.IsAsciiDigit(c))
            return Digit;
        if (char.IsWhiteSpace(c))
            return Space;
        if (c < 0x80)
            return char.IsControl(c) ? Invisible : 0;
        if (char.IsSurrogate(c))
            return Surrogate;
        if (IsMark(c, out uint mark))
            return mark;
        if (IsInvisible(c))
            return Invisible;

        UnicodeCategory category = char.GetUnicodeCategory(c);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
            return Mark;
        return OfCompatible(c.ToString(), category);
    }

    private static uint OfRune(Rune rune)
    {
        if (rune.Value is >= 0x1F1E6 and <= 0x1F1FF)
            return (uint)(rune.Value - 0x1F1E6 + 1) | Styled;
        if (rune.Value is (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189))
            return (uint)((rune.Value - 0x1F130) % 32 + 1) | Styled | Upper;

        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        if (category == UnicodeCategory.Format || rune.Value is >= 0xE0000 and <= 0xE01EF)
            return Invisible;
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
            return Mark;
        // Mathematical letters and digits are the only ones beyond the first plane that are Latin in disguise.
        if (rune.Value is >= 0x1D400 and <= 0x1D7FF)
            return OfCompatible(rune.ToString(), category);
        return IsLetter(category) ? Other : category == UnicodeCategory.DecimalDigitNumber ? Digit : 0;
    }

    private static uint OfCompatible(string character, UnicodeCategory category)
    {
        if (category is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
            return 0;

        string canonical = character.Normalize(NormalizationForm.FormD);
        if (canonical.Length > 1 && char.IsAsciiLetter(canonical[0]))
            return Marked(Make(canonical[0]), canonical);

        string compatible = character.Normalize(NormalizationForm.FormKD);
        // (a) and a. are letters in brackets and with a stop.
        string bare = compatible.Trim('(', ')', '.');
        if (bare.Length >= 1 && bare != character)
        {
            if (bare.Length == 1 && char.IsAsciiLetter(bare[0]))
                return Make(bare[0]) | Styled;
            if (bare.Length == 1 && char.IsAsciiDigit(bare[0]))
                return Digit | Styled;
            // A mathematical Greek letter looks like the Greek one, which looks like a Latin one.
            int alike = Alike.IndexOf(char.ToLowerInvariant(bare[0]), StringComparison.Ordinal);
            if (bare.Length == 1 && alike >= 0 && alike % 2 == 0)
                return Letter(Alike[alike + 1]) | Styled | Homoglyph;
        }

        if (IsLetter(category) || category == UnicodeCategory.LetterNumber)
            return Other | (category == UnicodeCategory.UppercaseLetter ? Upper : 0);
        return category == UnicodeCategory.DecimalDigitNumber ? Digit : 0;
    }

    private static bool IsLetter(UnicodeCategory category) => category
        is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    private static uint Marked(uint letter, string decomposed)
    {
        for (int i = 1; i < decomposed.Length; i++)
            letter = WithMark(letter, IsMark(decomposed[i], out uint mark) ? mark : Mark | (Strange << ModShift));
        return letter;
    }

    /// <summary>A letter with one more combining mark on it.</summary>
    public static uint WithMark(uint letter, uint mark)
    {
        if (Tone(mark) != NoTone)
            return (letter & ~(7u << ToneShift)) | (Tone(mark) << ToneShift);
        if (Mod(mark) == Strange && Mod(letter) != NoMod)
            return letter;
        return Mod(mark) != NoMod ? (letter & ~(7u << ModShift)) | (Mod(mark) << ModShift) : letter;
    }

    private static bool IsMark(char c, out uint mark)
    {
        mark = c switch
        {
            '\u0300' or '\u0340' => Mark | (Grave << ToneShift),
            '\u0301' or '\u0341' => Mark | (Acute << ToneShift),
            '\u0309' => Mark | (Hook << ToneShift),
            '\u0303' => Mark | (Tilde << ToneShift),
            '\u0323' => Mark | (Dot << ToneShift),
            '\u0302' => Mark | (Circumflex << ModShift),
            '\u0306' => Mark | (Breve << ModShift),
            '\u031B' => Mark | (Horn << ModShift),
            // Strokes and lines across, above and below are no letters' marks: they are laid over.
            >= '\u0300' and <= '\u036F' and not '\u034F' => Mark | (c is '\u0304' or '\u0307' or '\u0308' or '\u030A' or '\u030B' or '\u030C' or '\u030F' or '\u0311' or '\u0327' or '\u0328' ? Strange << ModShift : 0),
            _ => 0,
        };
        return mark != 0;
    }

    private static bool IsInvisible(char c) => c switch
    {
        < '\u00AD' => char.IsControl(c),
        '\u00AD' or '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u3164' or '\uFFA0' or '\u2800' => true,
        >= '\uFE00' and <= '\uFE0F' => true,
        _ => char.GetUnicodeCategory(c) == UnicodeCategory.Format,
    };
}
