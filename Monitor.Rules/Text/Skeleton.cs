using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Monitor.Rules.Text;

/// <summary>
/// The bones of a text: its letters as classes, one byte each, without anything that writers put between or around them. Case, diacritics,
/// separators, digits and invisible characters are gone; letters that stand for each other in chat language (c/k/q, i/y/j, b/p, d/z) are one
/// class; a letter repeated within a word counts once; "w" within a word and one of the keys s f r x j z at its end are gone, as they may be
/// Telex keys. So one spelling of bones covers most ways to write a word, and the judge looks at what really stands there.
/// </summary>
internal sealed class Skeleton
{
    /// <summary>No letter, digit or mark touches the letter from the left.</summary>
    public const byte Starts = 1;

    /// <summary>The letter before it was the last of a word.</summary>
    public const byte AfterEnd = 2;

    /// <summary>What was met in the text and may deserve a second look.</summary>
    public const uint SeenLegacy = Legacy;
    public const uint SeenLeet = LeetSymbol;
    public const uint SeenMarkup = Markup;
    public const uint SeenOverride = Override;
    public const uint SeenUnplain = Unplain;
    public const uint SeenMask = Mask;

    /// <summary>Somewhere more stands between two letters than anybody would write (<see cref="PaddedText.Longest"/>).</summary>
    public const uint SeenLongGap = LongGap;

    public const int Padding = 24;

    // The table of this pass: bits 0-4 class, then what the loop must know.
    private const uint ClassMask = 0x1F;
    private const uint Upper = 1 << 5;
    private const uint Key = 1 << 6;
    private const uint W = 1 << 7;
    private const uint Digit = 1 << 8;
    private const uint Within = 1 << 9;
    private const uint Surrogate = 1 << 10;
    private const uint Legacy = 1 << 11;
    private const uint LeetSymbol = 1 << 12;
    private const uint Markup = 1 << 13;
    private const uint Override = 1 << 14;
    private const uint Unplain = 1 << 15;
    private const uint Mask = 1 << 16;
    private const uint LongGap = 1 << 17;

    private static readonly byte[] Classes = MakeClasses();
    private static readonly uint[] Table = MakeTable();

    private readonly byte[] _letters;
    private readonly int[] _at;
    private readonly byte[] _flags;

    // Before the first: −1. Behind the last: places far away.
    private readonly int[] _ends;

    private Skeleton(int length)
    {
        _letters = ArrayPool<byte>.Shared.Rent(length + Padding);
        _at = ArrayPool<int>.Shared.Rent(length + Padding);
        _flags = ArrayPool<byte>.Shared.Rent(length + Padding);
        _ends = ArrayPool<int>.Shared.Rent(length + Padding);
    }

    public int Count { get; private set; }

    public uint Seen { get; private set; }

    public ReadOnlySpan<byte> Letters => _letters.AsSpan(0, Count);

    /// <summary>Where each letter stands in the text.</summary>
    public ReadOnlySpan<int> At => _at.AsSpan(0, Count);

    /// <summary>One more than there are letters: the last says that the text ends there.</summary>
    public ReadOnlySpan<byte> Flags => _flags.AsSpan(0, Count + 1);

    /// <summary>The letters, and behind them at least <see cref="Padding"/> zeros.</summary>
    public byte[] Buffer => _letters;

    public byte[] FlagBuffer => _flags;

    /// <summary>The letters that come after an end of a word, and the end of the text; behind them at least four places that are far away.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(1);

    /// <summary>How many of them there are, the end of the text not counted.</summary>
    public int EndCount { get; private set; }

    public static byte ClassOf(char letter) => letter is >= 'a' and <= 'z' ? Classes[letter - 'a' + 1] : (byte)Text.Letters.Other;

    public static bool IsKey(char letter) => letter is 's' or 'f' or 'r' or 'x' or 'j' or 'z';

    public static Skeleton Of(ReadOnlySpan<char> text)
    {
        var skeleton = new Skeleton(text.Length);
        skeleton.Run(text);
        return skeleton;
    }

    /// <summary>Gives the arrays back; nothing of it may be used after that.</summary>
    public void Return()
    {
        ArrayPool<byte>.Shared.Return(_letters);
        ArrayPool<int>.Shared.Return(_at);
        ArrayPool<byte>.Shared.Return(_flags);
        ArrayPool<int>.Shared.Return(_ends);
    }

    private void Run(ReadOnlySpan<char> text)
    {
        ref uint table = ref MemoryMarshal.GetArrayDataReference(Table);
        ref byte letters = ref MemoryMarshal.GetArrayDataReference(_letters);
        ref int at = ref MemoryMarshal.GetArrayDataReference(_at);
        ref byte flags = ref MemoryMarshal.GetArrayDataReference(_flags);
        ref char source = ref MemoryMarshal.GetReference(text);
        ref int ends = ref MemoryMarshal.GetArrayDataReference(_ends);
        ends = -1;
        int e = 0;              // the last of the ends
        int n = 0;
        int tokenStart = 0;     // letters of the current word begin here
        bool inToken = false;   // the character before belongs to a word
        bool pending = true;    // the next letter comes after an end
        uint lastKept = 0;      // of this word
        uint previous = 0;      // the letter before, in this word
        uint seen = 0;
        uint sticky = 0;        // digits and symbols among letters
        int lastAt = 0;         // the letter before, in whatever word
        for (int i = 0; i < text.Length; i++)
        {
            uint info = Unsafe.Add(ref table, Unsafe.Add(ref source, i));
            int start = i;
            seen |= info;
        again:
            uint cls = info & ClassMask;
            if (cls != 0)
            {
                sticky |= start - lastAt > PaddedText.Longest ? LongGap : 0;
                lastAt = i;
                if (!inToken)
                {
                    // The first letter of a word.
                    Unsafe.Add(ref letters, n) = (byte)cls;
                    Unsafe.Add(ref at, n) = start;
                    Unsafe.Add(ref flags, n) = Starts | AfterEnd;
                    // What a dropped letter began is there already.
                    Unsafe.Add(ref ends, e + 1) = n;
                    e += Unsafe.Add(ref ends, e) != n ? 1 : 0;
                    tokenStart = n++;
                    inToken = true;
                    pending = false;
                    lastKept = previous = info;
                    continue;
                }

                if (cls == (lastKept & ClassMask) || ((info & W) != 0 && n > tokenStart))
                {
                    previous = info;
                    continue;
                }

                Unsafe.Add(ref letters, n) = (byte)cls;
                Unsafe.Add(ref at, n) = start;
                byte flag = pending ? AfterEnd : (byte)0;
                if ((info & Upper) != 0 && previous != 0 && (previous & Upper) == 0)
                    flag = Starts | AfterEnd;
                Unsafe.Add(ref flags, n) = flag;
                if (flag != 0 && Unsafe.Add(ref ends, e) != n)
                    Unsafe.Add(ref ends, ++e) = n;
                n++;
                pending = false;
                lastKept = previous = info;
                continue;
            }

            if ((info & (Digit | Within | Surrogate)) == 0)
            {
                // Between words.
                if (inToken)
                {
                    if ((lastKept & Key) != 0 && IsAfterVowel(ref letters, tokenStart, n - 1))
                        n--;
                    inToken = false;
                    pending = true;
                    lastKept = previous = 0;
                }

                if ((info & Mask) != 0 && MaskedText.IsMask(text, i))
                    sticky |= Mask;
                if ((info & LeetSymbol) != 0 && LeetText.IsAmongLetters(text, i))
                    sticky |= LeetSymbol;
                continue;
            }

            if ((info & Surrogate) != 0)
            {
                uint whole = Text.Letters.At(text, i, out int length);
                seen |= Unplain;
                i += length - 1;
                info = Pack(whole);
                if ((info & (ClassMask | Digit | Within)) != 0)
                    goto again;

                if (inToken)
                {
                    if ((lastKept & Key) != 0 && IsAfterVowel(ref letters, tokenStart, n - 1))
                        n--;
                    inToken = false;
                    pending = true;
                    lastKept = previous = 0;
                }

                continue;
            }

            if ((info & Digit) != 0)
            {
                if (!inToken)
                {
                    // A word that begins with a digit: its letters start nothing.
                    inToken = true;
                    tokenStart = n;
                    lastKept = previous = 0;
                    int next = i + 1;
                    while (next < text.Length && (Unsafe.Add(ref table, text[next]) & (Digit | Within)) != 0)
                        next++;
                    if (next < text.Length && (Unsafe.Add(ref table, text[next]) & ClassMask) != 0)
                        sticky |= LeetSymbol;
                }
                else if (n > tokenStart)
                {
                    sticky |= LeetSymbol;
                }
            }
        }

        if (inToken && (lastKept & Key) != 0 && IsAfterVowel(ref letters, tokenStart, n - 1))
            n--;
        Unsafe.Add(ref flags, n) = Starts | AfterEnd;
        if (Unsafe.Add(ref ends, e) == n)
            e--;
        EndCount = e;
        Unsafe.Add(ref ends, e + 1) = n;
        _ends.AsSpan(e + 2, 8).Fill(int.MaxValue);
        _letters.AsSpan(n, Padding).Clear();
        _flags.AsSpan(n + 1, Padding - 1).Clear();
        Count = n;
        Seen = (seen & ~(LeetSymbol | Mask)) | sticky;
    }

    /// <summary>The classes of a, e, i, o and u: only behind one of them a letter can be a key.</summary>
    public static bool IsVowelClass(byte cls) => (((1 << 1) | (1 << 5) | (1 << 9) | (1 << 15) | (1 << 21)) >> cls & 1) != 0;

    private static bool IsAfterVowel(ref byte letters, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (IsVowelClass(Unsafe.Add(ref letters, i)))
                return true;
        }

        return false;
    }

    private static byte[] MakeClasses()
    {
        var classes = new byte[28];
        for (int i = 1; i <= 27; i++)
        {
            classes[i] = (char)('a' + i - 1) switch
            {
                'k' or 'q' => 'c' - 'a' + 1,
                'y' or 'j' => 'i' - 'a' + 1,
                'p' => 'b' - 'a' + 1,
                'z' => 'd' - 'a' + 1,
                _ => (byte)i,
            };
        }

        return classes;
    }

    private static uint Pack(uint info)
    {
        char letter = Text.Letters.Base(info);
        uint packed = letter == '\0' ? 0u : Classes[info & Text.Letters.BaseMask];
        if ((info & Text.Letters.Upper) != 0 && letter != '\0')
            packed |= Upper;
        if (IsKey(letter))
            packed |= Key;
        if (letter == 'w')
            packed |= W;
        if ((info & Text.Letters.Digit) != 0)
            packed |= Digit;
        if ((info & (Text.Letters.Invisible | Text.Letters.Mark)) != 0)
            packed |= Within | Unplain;
        return packed;
    }

    private static uint[] MakeTable()
    {
        byte[] classes = MakeClasses();
        var table = new uint[char.MaxValue + 1];
        for (int i = 0; i < table.Length; i++)
        {
            char c = (char)i;
            uint info = Text.Letters.Of(c);
            uint packed;
            if ((info & Text.Letters.BaseMask) != 0)
            {
                char letter = Text.Letters.Base(info);
                packed = classes[info & Text.Letters.BaseMask]
                    | ((info & Text.Letters.Upper) != 0 ? Upper : 0u) | (IsKey(letter) ? Key : 0u) | (letter == 'w' ? W : 0u);
            }
            else if ((info & Text.Letters.Surrogate) != 0)
            {
                packed = Surrogate | Unplain;
            }
            else
            {
                packed = ((info & Text.Letters.Digit) != 0 ? Digit : 0u) | ((info & (Text.Letters.Invisible | Text.Letters.Mark)) != 0 ? Within | Unplain : 0u);
            }

            if (LegacyText.IsSuspect(c))
                packed |= Legacy;
            if (LeetText.IsSymbol(c))
                packed |= LeetSymbol;
            if (c is '<' or '&' or '%' or '\\')
                packed |= Markup;
            if (c is '\u202E' or '\u202D' or '\u2067')
                packed |= Override;
            if (MaskedText.Marks.Contains(c, StringComparison.Ordinal))
                packed |= Mask;
            table[i] = packed;
        }

        return table;
    }
}
