using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Monitor.Rules.Text.Judging;

namespace Monitor.Rules.Text;

/// <summary>
/// The bones of all spellings of all keywords, found by where they begin: a keyword begins and ends with a word, so only the beginnings of words are looked
/// up, by the first eight bones, or by all of them up to an end of a word. A bitmap answers nearly every question with no.
/// </summary>
internal sealed class KeywordTable
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15UL;
    private const int Long = 8;
    private const int Batch = 256;

    // Of each key two bits of one word of the bitmap are set; the second is chosen by the bits from here on.
    private const int Second = 24;

    // The first so many bones of eight.
    private static readonly ulong[] MaskTable = [0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF, 0xFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFF_FFFF_FFFF_FFFF, ulong.MaxValue];

    private readonly Literal[] _literals;
    private readonly byte[] _bones;
    private readonly ushort[] _letters;

    // Of each literal the bones behind the first eight, up to eight of them, and which of them count.
    private readonly ulong[] _tails;
    private readonly ulong[] _tailMasks;
    private readonly ulong[] _bitmap;
    private readonly int _bitmapShift;
    private readonly Slot[] _slots;
    private readonly int _slotShift;
    private readonly uint _lengths;

    private KeywordTable(Literal[] literals, byte[] bones, ushort[] letters)
    {
        (_bones, _letters) = (bones, letters);

        // Literals of one key stand together.
        var keys = new ulong[literals.Length];
        for (int i = 0; i < literals.Length; i++)
        {
            keys[i] = KeyOf(bones.AsSpan(literals[i].Offset, literals[i].Length));
            if (literals[i].Length < Long)
                _lengths |= 1u << literals[i].Length;
        }

        // The plain spelling of a keyword comes before its others.
        int[] order = new int[literals.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(keys, order);
        literals = Array.ConvertAll(order, i => literals[i]);
        for (int i = 0; i < keys.Length;)
        {
            int from = i;
            while (i < keys.Length && keys[i] == keys[from])
                i++;
            literals.AsSpan(from, i - from).Sort(static (x, y) => x.Keyword != y.Keyword ? x.Keyword.CompareTo(y.Keyword) : x.Spelling.CompareTo(y.Spelling));
        }

        _literals = literals;
        _tails = new ulong[literals.Length];
        _tailMasks = new ulong[literals.Length];
        for (int i = 0; i < literals.Length; i++)
        {
            int tail = Math.Clamp(literals[i].Length - Long, 0, Long);
            _tails[i] = tail == 0 ? 0 : KeyOf(bones.AsSpan(literals[i].Offset + Long, tail));
            _tailMasks[i] = tail == Long ? ulong.MaxValue : (1UL << (8 * tail)) - 1;
        }

        int distinct = 0;
        for (int i = 0; i < keys.Length; i++)
            distinct += i == 0 || keys[i] != keys[i - 1] ? 1 : 0;

        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, distinct * 2));
        _slotShift = 64 - BitOperations.Log2((uint)slots);
        _slots = new Slot[slots];
        int bits = (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, distinct)) * 16L, 1 << 15, 1 << 24);
        _bitmapShift = 64 - BitOperations.Log2((uint)bits);
        _bitmap = new ulong[bits / 64];
        for (int i = 0; i < keys.Length;)
        {
            int from = i;
            while (i < keys.Length && keys[i] == keys[from])
                i++;
            ulong hash = keys[from] * Multiplier;
            _bitmap[hash >> _bitmapShift >> 6] |= 1UL << (int)(hash >> _bitmapShift & 63) | 1UL << (int)(hash >> Second & 63);
            int slot = (int)(hash >> _slotShift);
            while (_slots[slot].Count != 0)
                slot = (slot + 1) & (slots - 1);
            ulong nexts = 0;
            for (int l = from; l < i; l++)
                nexts |= literals[l].Length >= Long + 2 ? 1UL << Next(bones[literals[l].Offset + Long], bones[literals[l].Offset + Long + 1]) : ulong.MaxValue;
            _slots[slot] = new Slot(keys[from], nexts, from, i - from);
        }
    }

    /// <summary>The literals of one key.</summary>
    /// <param name="Nexts">Which ninth and tenth bones they go on with.</param>
    private readonly record struct Slot(ulong Key, ulong Nexts, int First, int Count);

    /// <summary>How many spellings are told apart.</summary>
    public int Literals => _literals.Length;

    public bool IsEmpty => _literals.Length == 0;

    /// <summary>The letters that a literal's spelling has.</summary>
    public ReadOnlySpan<ushort> LettersOf(in Literal literal) => _letters.AsSpan(literal.Letters, literal.Spelled);

    /// <param name="keywords">Null for those that are looked for elsewhere.</param>
    /// <param name="masked">The spellings with letters left out, or all others.</param>
    public static KeywordTable Build(Keyword?[] keywords, bool masked)
    {
        var literals = new List<Literal>(keywords.Length * 16);
        var bones = new List<byte>(keywords.Length * 128);
        var letters = new List<ushort>(keywords.Length * 128);
        var seen = new HashSet<UInt128>();
        for (int k = 0; k < keywords.Length; k++)
        {
            if (keywords[k] is not { } keyword)
                continue;

            List<Spelling> spellings = keyword.Spellings(masked);
            for (int s = 0; s < spellings.Count; s++)
            {
                if (spellings[s].Kind == SpellingKind.Masked != masked)
                    continue;
                seen.Clear();
                foreach ((BonesMode mode, byte[] one) in BonesOf(spellings[s]))
                {
                    if (one.Length > ushort.MaxValue || !seen.Add(Fingerprint(one)))
                        continue;
                    int from = letters.Count;
                    SpelledLetters.Pack(spellings[s], mode, letters);
                    literals.Add(new Literal(k, (ushort)s, spellings[s].Kind, mode, bones.Count, (ushort)one.Length, (ushort)Math.Min(ushort.MaxValue, letters.Count - from), from));
                    bones.AddRange(one);
                }
            }
        }

        return new KeywordTable([.. literals], [.. bones], [.. letters]);
    }

    /// <summary>The bones of a spelling in each way its words may stand; too short ones are left out.</summary>
    public static IEnumerable<(BonesMode Mode, byte[] Bones)> BonesOf(Spelling spelling)
    {
        int least = spelling.Kind switch { SpellingKind.Plain => 1, SpellingKind.Masked => 3, _ => 4 };
        string spaced = spelling.Spaced();
        byte[] words = Make(spaced);
        if (words.Length >= least)
            yield return (BonesMode.Spaced, words);
        if (spaced.Contains(' ', StringComparison.Ordinal))
        {
            byte[] joined = Make(spaced.Replace(" ", "", StringComparison.Ordinal));
            if (joined.Length >= least && !joined.AsSpan().SequenceEqual(words))
                yield return (BonesMode.Joined, joined);
        }

        if (spelling.Kind == SpellingKind.Plain && spaced.Length > 1)
        {
            byte[] letters = Make(string.Join(' ', spaced.Replace(" ", "", StringComparison.Ordinal).ToCharArray()));
            if (!letters.AsSpan().SequenceEqual(words))
                yield return (BonesMode.Letters, letters);
        }
    }

    /// <summary>Calls <paramref name="found"/> for every place whose bones are those of a spelling and that begins and ends with a word, until it says no.</summary>
    /// <returns>False when it was stopped.</returns>
    public bool Find(Skeleton skeleton, ICandidates found)
    {
        if (IsEmpty)
            return true;

        // First all questions to the bitmap, without a branch on the answers, then what is left of them.
        Span<int> places = stackalloc int[Batch + 8];
        Span<byte> lengths = stackalloc byte[Batch + 8];
        ref int place = ref MemoryMarshal.GetReference(places);
        ref byte length = ref MemoryMarshal.GetReference(lengths);
        ref byte letters = ref MemoryMarshal.GetArrayDataReference(skeleton.Buffer);
        ref byte flags = ref MemoryMarshal.GetArrayDataReference(skeleton.FlagBuffer);
        ref int ends = ref MemoryMarshal.GetReference(skeleton.Ends);
        ref ulong bitmap = ref MemoryMarshal.GetArrayDataReference(_bitmap);
        ref ulong masks = ref MemoryMarshal.GetArrayDataReference(MaskTable);
        int shift = _bitmapShift;
        uint known = _lengths;
        int count = skeleton.EndCount;
        int queued = 0;
        for (int k = 0; k < count; k++)
        {
            int t = Unsafe.Add(ref ends, k);
            if ((Unsafe.Add(ref flags, t) & Skeleton.Starts) == 0)
                continue;

            ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref letters, t));
            ulong hash = word * Multiplier;
            ulong at = hash >> shift;
            ulong bits = Unsafe.Add(ref bitmap, (nint)(at >> 6));
            (Unsafe.Add(ref place, queued), Unsafe.Add(ref length, queued)) = (t, Long);
            queued += (int)(bits >> (int)at & bits >> (int)(hash >> Second) & 1);

            // Short ones must end where a word does.
            int next = k + 1;
            do
            {
                for (int j = 0; j < 3; j++)
                {
                    int part = Math.Min(Unsafe.Add(ref ends, next + j) - t, Long);
                    hash = (word & Unsafe.Add(ref masks, part)) * Multiplier;
                    at = hash >> shift;
                    bits = Unsafe.Add(ref bitmap, (nint)(at >> 6));
                    (Unsafe.Add(ref place, queued), Unsafe.Add(ref length, queued)) = (t, (byte)part);
                    queued += (int)(bits >> (int)at & bits >> (int)(hash >> Second) & known >> part & 1);
                }

                next += 3;
            }
            while (Unsafe.Add(ref ends, next) - t < Long && next <= count);

            if (queued > Batch - 8 && !Flush(skeleton, places[..queued], lengths, ref queued, found))
                return false;
        }

        return Flush(skeleton, places[..queued], lengths, ref queued, found);
    }

    private bool Flush(Skeleton skeleton, ReadOnlySpan<int> places, ReadOnlySpan<byte> lengths, ref int queued, ICandidates found)
    {
        for (int i = 0; i < places.Length; i++)
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(ref skeleton.Buffer[places[i]]);
            if (!Try(skeleton, places[i], word & MaskTable[lengths[i]], found))
                return false;
        }

        queued = 0;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(byte ninth, byte tenth) => ((ninth * 5) + tenth) & 63;

    private bool Try(Skeleton skeleton, int t, ulong key, ICandidates found)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)(key * Multiplier >> _slotShift); _slots[slot].Count != 0; slot = (slot + 1) & mask)
        {
            ref readonly Slot one = ref _slots[slot];
            if (one.Key != key)
                continue;

            // What lies behind the last letter is zero, and may be read.
            if ((one.Nexts >> Next(skeleton.Buffer[t + Long], skeleton.Buffer[t + Long + 1]) & 1) == 0)
                return true;

            ReadOnlySpan<byte> letters = skeleton.Letters;
            ReadOnlySpan<byte> flags = skeleton.Flags;
            ulong tail = Unsafe.ReadUnaligned<ulong>(ref skeleton.Buffer[t + Long]);
            for (int i = one.First; i < one.First + one.Count; i++)
            {
                if (((_tails[i] ^ tail) & _tailMasks[i]) != 0)
                    continue;

                ref readonly Literal literal = ref _literals[i];
                int end = t + literal.Length;
                if (end > letters.Length || (flags[end] & Skeleton.AfterEnd) == 0)
                    continue;
                if (literal.Length > 2 * Long && !letters[(t + (2 * Long))..end].SequenceEqual(_bones.AsSpan(literal.Offset + (2 * Long), literal.Length - (2 * Long))))
                    continue;
                if (!found.Add(in literal, skeleton.At[t]))
                    return false;
            }

            return true;
        }

        return true;
    }

    private static ulong KeyOf(ReadOnlySpan<byte> bones)
    {
        ulong key = 0;
        for (int i = Math.Min(Long, bones.Length) - 1; i >= 0; i--)
            key = key << 8 | bones[i];
        return key;
    }

    private static byte[] Make(string text)
    {
        Skeleton skeleton = Skeleton.Of(text);
        byte[] bones = skeleton.Letters.ToArray();
        skeleton.Return();
        return bones;
    }

    private static UInt128 Fingerprint(byte[] bones)
    {
        UInt128 sum = (UInt128)bones.Length;
        foreach (byte bone in bones)
            sum = (sum * 0x9E3779B97F4A7C15UL) + bone + 1;
        return sum;
    }
}
