using System.Text;
using Monitor.Rules.Text.Judging;

namespace Monitor.Rules.Text;

internal enum SpellingKind : byte
{
    /// <summary>The word itself; Telex, VNI and VIQR keys at the end of syllables leave no trace in the bones.</summary>
    Plain,

    /// <summary>Telex with a key inside a syllable: the text must be these letters.</summary>
    RawKeys,

    Teencode,

    /// <summary>Letters left out where a mark stands.</summary>
    Masked,
}

/// <summary>One letter as it should be written.</summary>
/// <param name="MaskAfter">Letters were left out behind it: a mark must stand there.</param>
/// <param name="MaskBefore">Letters were left out before it.</param>
internal readonly record struct SpelledLetter(char Base, byte Mod, bool MaskAfter = false, bool MaskBefore = false);

/// <summary>One syllable as it should be written.</summary>
/// <param name="Whole">No letter was left out.</param>
internal sealed record SpelledSyllable(SpelledLetter[] Letters, byte Tone, int Changes = 0, bool Whole = true)
{
    public int Marks
    {
        get
        {
            int marks = Tone == 0 ? 0 : 1;
            foreach (SpelledLetter letter in Letters)
                marks += letter.Mod == 0 ? 0 : 1;
            return marks;
        }
    }
}

/// <summary>One way in which a keyword may be written.</summary>
/// <param name="Raw">Of <see cref="SpellingKind.RawKeys"/>: the letters to be found.</param>
internal sealed record Spelling(SpellingKind Kind, SpelledSyllable[] Syllables, string? Raw = null)
{
    // A list of a hundred thousand keywords must still fit: so many of a kind and keyword, the likely ones first.
    private const int MaxTeencode = 16;
    private const int MaxMasked = 20;
    private const int MaxSyllables = 12;

    private static readonly string[] Onsets = ["ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"];
    private const string TelexTones = "_fsrxj";

    /// <summary>
    /// The syllables of a folded keyword, or null when it holds anything but letters of Vietnamese and single spaces: such a keyword is only looked for as it is.
    /// </summary>
    public static SpelledSyllable[]? Parse(string folded)
    {
        var syllables = new List<SpelledSyllable>();
        foreach (string word in folded.Split(' '))
        {
            if (word.Length == 0)
                return null;

            var letters = new SpelledLetter[word.Length];
            byte tone = 0;
            for (int i = 0; i < word.Length; i++)
            {
                uint info = Letters.Of(word[i]);
                if ((info & Letters.BaseMask) is 0 or Letters.Other || (info & (Letters.Homoglyph | Letters.Styled)) != 0 || Letters.Mod(info) == Letters.Strange)
                    return null;

                letters[i] = new SpelledLetter(Letters.Base(info), (byte)Letters.Mod(info));
                if (Letters.Tone(info) != 0)
                {
                    if (tone != 0)
                        return null;
                    tone = (byte)Letters.Tone(info);
                }
            }

            syllables.Add(new SpelledSyllable(letters, tone));
        }

        return syllables.Count is > 0 and <= 32 ? [.. syllables] : null;
    }

    /// <summary>Every way that is looked for, the plain one first, those with letters left out last; always the same for the same syllables.</summary>
    /// <param name="masked">False: without the last.</param>
    public static List<Spelling> Of(SpelledSyllable[] plain, bool masked)
    {
        var all = new List<Spelling> { new(SpellingKind.Plain, plain) };
        if (plain.Length > MaxSyllables)
            return all;

        AddRaw(plain, all);
        AddTeencode(plain, all);
        if (masked)
            AddMasked(plain, all);
        return all;
    }

    private readonly LaidSpelling?[] _laid = new LaidSpelling?[3];
    private string? _rawLetters;

    /// <summary>Of <see cref="SpellingKind.RawKeys"/>: the letters without spaces.</summary>
    public string RawLetters => _rawLetters ??= Raw!.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The letters in groups.</summary>
    public LaidSpelling Laid(BonesMode mode) => _laid[(int)mode] ??= LaidSpelling.Of(Syllables, mode);

    /// <summary>The letters with a space between syllables.</summary>
    public string Spaced() => Raw ?? string.Join(' ', Syllables.Select(Ascii));

    public static string Ascii(SpelledSyllable syllable) => string.Create(syllable.Letters.Length, syllable, static (to, from) =>
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = from.Letters[i].Base;
    });

    private static void AddRaw(SpelledSyllable[] plain, List<Spelling> all)
    {
        // Each syllable with its key at the end or right behind the vowel; all combinations of up to three syllables, else all alike.
        string[] atEnd = Array.ConvertAll(plain, one => Telex(one, false));
        string[] behind = Array.ConvertAll(plain, one => Telex(one, true));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int combinations = plain.Length <= 3 ? 1 << plain.Length : 2;
        for (int bits = 0; bits < combinations; bits++)
        {
            bool any = false;
            var parts = new string[plain.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                bool inside = plain.Length <= 3 ? (bits >> i & 1) != 0 : bits == 1;
                parts[i] = inside ? behind[i] : atEnd[i];
                any |= inside && behind[i] != atEnd[i];
            }

            if (any && seen.Add(string.Join(' ', parts)))
                all.Add(new Spelling(SpellingKind.RawKeys, plain, string.Join(' ', parts)));
        }

        // Written together, keys at ends stand inside too.
        if (plain.Length > 1 && !atEnd.SequenceEqual(plain.Select(Ascii)))
        {
            all.Add(new Spelling(SpellingKind.RawKeys, plain, string.Concat(atEnd)));
            if (seen.Count > 0)
                all.Add(new Spelling(SpellingKind.RawKeys, plain, string.Concat(behind)));
        }
    }

    /// <summary>As a Telex keyboard would be sent it: the tone's key last, or right behind the vowel that bears it.</summary>
    private static string Telex(SpelledSyllable syllable, bool inside)
    {
        var text = new StringBuilder();
        int bearer = Bearer(syllable.Letters);
        for (int i = 0; i < syllable.Letters.Length; i++)
        {
            SpelledLetter letter = syllable.Letters[i];
            text.Append(letter.Base);
            uint mod = letter.Mod;
            bool pair = letter is { Base: 'u', Mod: (byte)Letters.Horn } && i + 1 < syllable.Letters.Length && syllable.Letters[i + 1] is { Base: 'o', Mod: (byte)Letters.Horn };
            if (mod is Letters.Circumflex or Letters.Stroke)
                text.Append(letter.Base);
            else if (mod is Letters.Breve or Letters.Horn && !pair)
                text.Append('w');
            if (inside && i == bearer && syllable.Tone != 0)
                text.Append(TelexTones[syllable.Tone]);
        }

        return inside && bearer >= 0 || syllable.Tone == 0 ? text.ToString() : text.Append(TelexTones[syllable.Tone]).ToString();
    }

    /// <summary>The vowel that bears the tone: the last one that is a letter of its own, else the last before a consonant, else the first of the two at the end.</summary>
    private static int Bearer(SpelledLetter[] letters)
    {
        int marked = Array.FindLastIndex(letters, letter => letter.Mod is not (0 or (byte)Letters.Stroke));
        if (marked >= 0)
            return marked;

        int last = Array.FindLastIndex(letters, letter => Letters.IsVowel(letter.Base));
        bool open = last == letters.Length - 1;
        bool glide = last == 1 && letters[0].Base is 'q' or 'g';
        return open && last >= 1 && !glide && Letters.IsVowel(letters[last - 1].Base) && !(last == 2 && letters[0].Base is 'q' or 'g') ? last - 1 : last;
    }

    private static void AddTeencode(SpelledSyllable[] plain, List<Spelling> all)
    {
        List<SpelledSyllable>[] choices = Array.ConvertAll(plain, Chat);
        var combined = new List<SpelledSyllable[]> { Array.Empty<SpelledSyllable>() };
        foreach (List<SpelledSyllable> choice in choices)
        {
            var next = new List<SpelledSyllable[]>();
            foreach (SpelledSyllable[] head in combined)
            {
                foreach (SpelledSyllable one in choice)
                    next.Add([.. head, one]);
            }

            combined = [.. next.OrderBy(syllables => syllables.Sum(one => one.Changes)).Take(MaxTeencode + 1)];
        }

        foreach (SpelledSyllable[] one in combined)
        {
            if (one.Sum(syllable => syllable.Changes) > 0)
                all.Add(new Spelling(SpellingKind.Teencode, one));
        }
    }

    /// <summary>A syllable and the ways chat language writes it beyond exchanging letters of one class.</summary>
    private static List<SpelledSyllable> Chat(SpelledSyllable plain)
    {
        var ways = new List<SpelledSyllable> { plain };
        string ascii = Ascii(plain);
        string onset = Onsets.FirstOrDefault(one => ascii.StartsWith(one, StringComparison.Ordinal) && ascii.Length > one.Length) ?? (ascii.Length > 1 && !Letters.IsVowel(ascii[0]) ? ascii[..1] : "");
        if (onset == "gi" && ascii.Length > 2 && !Letters.IsVowel(ascii[2]))
            onset = "g";
        bool stroke = plain.Letters[0].Mod == Letters.Stroke;
        foreach (string other in onset switch
        {
            "ph" => ["f"],
            "gi" => ["j", "z"],
            "d" when !stroke => ["j"],
            "v" => ["z"],
            "kh" => ["k"],
            "qu" => ["w", "q"],
            "ngh" => ["ng"],
            "gh" => ["g"],
            "nh" => ["nk"],
            "th" => ["tk"],
            "ch" => ["ck"],
            "tr" => ["ch"],
            _ => Array.Empty<string>(),
        })
        {
            // "ji" has the bones of "i".
            if (other != "j" || ascii[onset.Length] is not ('i' or 'y'))
                Add(ways, Replace(plain, 0, onset.Length, other));
        }

        foreach (SpelledSyllable one in ways.ToArray())
        {
            string text = Ascii(one);
            foreach ((string coda, string[] others) in Codas)
            {
                if (text.Length <= coda.Length || !text.EndsWith(coda, StringComparison.Ordinal) || !Letters.IsVowel(text[^(coda.Length + 1)]))
                    continue;

                foreach (string other in others)
                    Add(ways, Replace(one, text.Length - coda.Length, coda.Length, other));
                break;
            }

            for (int i = 0; i + 1 < one.Letters.Length; i++)
            {
                (SpelledLetter first, SpelledLetter second) = (one.Letters[i], one.Letters[i + 1]);
                if (first.Base is 'i' or 'y' && second is { Base: 'e', Mod: (byte)Letters.Circumflex })
                    Add(ways, Drop(one, i + 1, new SpelledLetter('i', 0)));
                else if (first is { Base: 'u', Mod: 0 } && second is { Base: 'o', Mod: (byte)Letters.Circumflex } && !text.EndsWith('c'))
                    Add(ways, Drop(one, i + 1, new SpelledLetter('u', 0)));
                else if (first is { Base: 'u', Mod: (byte)Letters.Horn } && second is { Base: 'o', Mod: (byte)Letters.Horn })
                    Add(ways, Drop(one, i + 1, first));
            }

            // "j" at the end may be a key and leaves no bones: another vowel must.
            if (text.Length > 2 && text[^1] is 'i' or 'y' && Letters.IsVowel(text[^2]))
                Add(ways, Replace(one, text.Length - 1, 1, "j"));
        }

        return ways;
    }

    private static readonly (string Coda, string[] Others)[] Codas = [("ng", ["g", "nq"]), ("nh", ["nk", "h"]), ("ch", ["k"])];

    private static void Add(List<SpelledSyllable> ways, SpelledSyllable way)
    {
        // A spelling that Vietnamese itself could have is another word, not chat language.
        if (way.Letters.Length > 0 && ways.Count < 12 && !Syllable.IsSpelledRight(Ascii(way)) && !ways.Exists(one => one.Letters.AsSpan().SequenceEqual(way.Letters)))
            ways.Add(way);
    }

    private static SpelledSyllable Replace(SpelledSyllable one, int at, int length, string by)
    {
        SpelledLetter[] letters = [.. one.Letters[..at], .. by.Select(c => new SpelledLetter(c, 0)), .. one.Letters[(at + length)..]];
        return one with { Letters = letters, Changes = one.Changes + 1 };
    }

    private static SpelledSyllable Drop(SpelledSyllable one, int at, SpelledLetter left)
    {
        SpelledLetter[] letters = [.. one.Letters[..at], .. one.Letters[(at + 1)..]];
        letters[at - 1] = left;
        return one with { Letters = letters, Changes = one.Changes + 1 };
    }

    private static void AddMasked(SpelledSyllable[] plain, List<Spelling> all)
    {
        int letters = plain.Sum(one => one.Letters.Length);
        if (letters < 4)
            return;

        int most = all.Count + MaxMasked;
        void Add(Spelling spelling)
        {
            if (all.Count < most)
                all.Add(spelling);
        }

        // "b*o l*c": the vowels of every syllable, or the first of each.
        if (plain.Length > 1)
        {
            var vowels = Array.ConvertAll(plain, one => Vowels(one, first: false));
            var firsts = Array.ConvertAll(plain, one => Vowels(one, first: true));
            if (vowels.Sum(one => one.Letters.Length) >= 3)
                Add(new Spelling(SpellingKind.Masked, vowels));
            if (firsts.Sum(one => one.Letters.Length) >= 3)
                Add(new Spelling(SpellingKind.Masked, firsts));
        }

        for (int s = 0; s < plain.Length; s++)
        {
            SpelledSyllable one = plain[s];

            // "b.lực": the first letter stands for the syllable.
            if (plain.Length > 1 && one.Letters.Length > 1 && letters - one.Letters.Length >= 2)
                Add(Masked(plain, s, one with { Letters = [one.Letters[0] with { MaskAfter = true }], Tone = 0, Whole = false }));
        }

        // "b*o lực", "đá*h": any one letter.
        for (int s = 0; s < plain.Length; s++)
        {
            for (int i = 0; i < plain[s].Letters.Length && plain[s].Letters.Length > 1; i++)
                Add(Masked(plain, s, Without(plain[s], i, 1)));
        }

        // "b** lực", "tr*m": two letters that stand together.
        for (int s = 0; s < plain.Length && letters >= 5; s++)
        {
            for (int i = 1; i + 1 < plain[s].Letters.Length; i++)
                Add(Masked(plain, s, Without(plain[s], i, 2)));
        }
    }

    private static Spelling Masked(SpelledSyllable[] plain, int at, SpelledSyllable by)
    {
        SpelledSyllable[] syllables = [.. plain];
        syllables[at] = by;
        return new Spelling(SpellingKind.Masked, syllables);
    }

    private static SpelledSyllable Vowels(SpelledSyllable one, bool first)
    {
        int from = Array.FindIndex(one.Letters, letter => Letters.IsVowel(letter.Base));
        if (from < 0 || one.Letters.Length < 2)
            return one;
        int length = 1;
        while (!first && from + length < one.Letters.Length && Letters.IsVowel(one.Letters[from + length].Base))
            length++;
        return length == one.Letters.Length ? one : Without(one, from, length);
    }

    private static SpelledSyllable Without(SpelledSyllable one, int at, int length)
    {
        var letters = new List<SpelledLetter>(one.Letters[..at]);
        letters.AddRange(one.Letters[(at + length)..]);
        if (at > 0)
            letters[at - 1] = letters[at - 1] with { MaskAfter = true };
        else
            letters[0] = letters[0] with { MaskBefore = true };
        return one with { Letters = [.. letters], Whole = false };
    }
}
