namespace Monitor.Rules.Matching;

/// <summary>
/// Where things are in an index file, version 1; everything follows from the two counts. All numbers are little-endian.
/// <code>
/// 0      header, 4096 bytes: "MONITPDQ" · u32 version · u32 order of bits (1) · u64 entries · u64 filed · u64 gated for quality ·
///        u64 gated as degenerate · u32 bytes of an ordinal (3 or 4) · u32 zero · u64 file length · 32 bytes SHA-256 of (header with these
///        32 bytes zero, then the table of block digests) · zeros
/// hashes entries × 16 chunks of u16: every entry, gated ones too, at its ordinal
/// starts 16 × 65,537 u32: for each chunk and value, where its run of filed entries begins; the last is the number of filed entries
/// nexts  16 × filed u16: for each chunk, entry by entry along the runs, the chunk after it
/// ordinals 16 × filed × 3 (or 4) bytes: the same, which entry it is
/// digests SHA-256 of each 4 MiB block of everything before it but the header
/// </code>
/// Sections begin at multiples of 64, and each chunk's nexts and ordinals do too, with 64 bytes to spare behind them: vectors read over the end.
/// </summary>
internal readonly struct PdqIndexLayout
{
    public const uint Version = 1;
    public const uint BitOrder = 1;
    public const int HeaderBytes = 4096;
    public const int DigestBytes = 32;
    public const long BlockBytes = 4 << 20;
    public const int StartsOfChunk = PdqChunks.Values + 1;

    public const int VersionAt = 8;
    public const int BitOrderAt = 12;
    public const int EntriesAt = 16;
    public const int FiledAt = 24;
    public const int LowQualityAt = 32;
    public const int DegenerateAt = 40;
    public const int OrdinalBytesAt = 48;
    public const int LengthAt = 56;
    public const int DigestAt = 64;

    private const int NarrowOrdinals = 1 << 24;
    private const int Slack = 64;

    public PdqIndexLayout(long entries, long filed)
    {
        OrdinalBytes = entries <= NarrowOrdinals ? 3 : 4;
        HashesAt = HeaderBytes;
        StartsAt = Align(HashesAt + (entries * 32));
        NextsAt = Align(StartsAt + (PdqChunks.Count * (long)StartsOfChunk * sizeof(uint)));
        NextsOfChunk = Align((filed * sizeof(ushort)) + Slack);
        OrdinalsAt = NextsAt + (PdqChunks.Count * NextsOfChunk);
        OrdinalsOfChunk = Align((filed * OrdinalBytes) + Slack);
        DigestsAt = OrdinalsAt + (PdqChunks.Count * OrdinalsOfChunk);
        Blocks = (int)((DigestsAt - HeaderBytes + BlockBytes - 1) / BlockBytes);
        Length = DigestsAt + ((long)Blocks * DigestBytes);
    }

    public int OrdinalBytes { get; }

    public long HashesAt { get; }

    public long StartsAt { get; }

    public long NextsAt { get; }

    public long NextsOfChunk { get; }

    public long OrdinalsAt { get; }

    public long OrdinalsOfChunk { get; }

    public long DigestsAt { get; }

    public int Blocks { get; }

    /// <summary>Of the whole file, in bytes.</summary>
    public long Length { get; }

    public static ReadOnlySpan<byte> Magic => "MONITPDQ"u8;

    private static long Align(long offset) => (offset + 63) & ~63L;
}
