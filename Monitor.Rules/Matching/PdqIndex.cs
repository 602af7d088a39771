using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>
/// Every entry within a radius of at most 31 bits, exactly, out of millions. Reads memory that somebody else owns and keeps alive for as long as the index is used
/// (see <see cref="PdqIndexLayout"/> for what it holds); immutable, safe to share between threads, a look-up allocates nothing.
/// <para>
/// A hash is sixteen chunks of sixteen bits. If two hashes differ in r bits, then going around the circle of chunks there is one from which on the first k chunks
/// together never differ in more than k·r/16 bits (the cycle lemma). For r = 31: one chunk differs in at most 1 bit, and it and the next in at most 3. So the 17 runs
/// of entries whose chunk is equal or one bit away are read for each of the sixteen chunks, but of each entry only the next chunk, which is kept beside it;
/// of ten million entries some 41,500 are looked at so, and about 110 compared in full.
/// </para>
/// </summary>
public sealed unsafe class PdqIndex
{
    /// <summary>Largest radius that can be asked for, in bits.</summary>
    public const int MaximumRadius = 31;

    private const int RunsOfChunk = 17;
    private const int LineBytes = 64;
    private const int BatchSize = 512;

    /// <summary>Room behind a batch: one vector of survivors may come after the last test for space.</summary>
    private const int BatchSlack = 64;

    // Keeps memory of the index's own alive; null when the caller keeps it.
    private readonly object? _owner;
    private readonly PdqIndexLayout _layout;
    private readonly ulong* _hashes;
    private readonly uint* _starts;
    private readonly byte* _nexts;
    private readonly byte* _ordinals;

    private PdqIndex(byte* start, in PdqIndexLayout layout, object? owner)
    {
        ReadOnlySpan<byte> header = new(start, PdqIndexLayout.HeaderBytes);
        _owner = owner;
        _layout = layout;
        _hashes = (ulong*)(start + layout.HashesAt);
        _starts = (uint*)(start + layout.StartsAt);
        _nexts = start + layout.NextsAt;
        _ordinals = start + layout.OrdinalsAt;
        Entries = (int)BinaryPrimitives.ReadInt64LittleEndian(header[PdqIndexLayout.EntriesAt..]);
        Filed = (int)BinaryPrimitives.ReadInt64LittleEndian(header[PdqIndexLayout.FiledAt..]);
        LowQuality = (int)BinaryPrimitives.ReadInt64LittleEndian(header[PdqIndexLayout.LowQualityAt..]);
        Degenerate = (int)BinaryPrimitives.ReadInt64LittleEndian(header[PdqIndexLayout.DegenerateAt..]);
        Digest = Hashing.Digest.FromBytes(DigestKind.Sha256, header.Slice(PdqIndexLayout.DigestAt, PdqIndexLayout.DigestBytes));
    }

    /// <summary>An index of nothing.</summary>
    public static PdqIndex Empty { get; } = Build(ReadOnlyMemory<PdqHash>.Empty);

    /// <summary>Entries of the list it was built from, gated ones included: ordinals are below it.</summary>
    public int Entries { get; }

    /// <summary>Entries that can be found.</summary>
    public int Filed { get; }

    /// <summary>Entries that cannot be found because their picture had too little detail.</summary>
    public int LowQuality { get; }

    /// <summary>Entries that cannot be found because nearly all their bits are equal.</summary>
    public int Degenerate { get; }

    /// <summary>SHA-256 that stands for everything the index holds.</summary>
    public Digest Digest { get; }

    /// <summary>Bytes of memory.</summary>
    public long Length => _layout.Length;

    /// <summary>Builds an index in memory of its own, on this thread: up to some 19 million entries.</summary>
    /// <param name="qualities">0…100 for each hash, or empty if they are not known.</param>
    public static PdqIndex Build(ReadOnlyMemory<PdqHash> hashes, ReadOnlyMemory<byte> qualities = default)
    {
        PdqIndexBuilder builder = new(hashes, qualities);
        byte[] memory = GC.AllocateArray<byte>(checked((int)builder.Length) + LineBytes, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref memory[0]);
        address = (address + LineBytes - 1) & -LineBytes;
        builder.Write(address, builder.Length);
        return new PdqIndex((byte*)address, builder.Layout, memory);
    }

    /// <summary>Opens an index where it lies, without copying it.</summary>
    /// <param name="address">Start of the file's bytes; a multiple of 64 (mapped files are).</param>
    /// <param name="length">Of the file.</param>
    /// <param name="forEach">Used to check blocks; null: one thread.</param>
    public static PdqIndexOpening Open(nint address, long length, PdqIndexCheck check, ForEach? forEach = null)
    {
        if (length < PdqIndexLayout.HeaderBytes)
            return new PdqIndexOpening.NotAnIndex();

        byte* start = (byte*)address;
        ReadOnlySpan<byte> header = new(start, PdqIndexLayout.HeaderBytes);
        if (!header.StartsWith(PdqIndexLayout.Magic))
            return new PdqIndexOpening.NotAnIndex();
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(header[PdqIndexLayout.VersionAt..]);
        if (version != PdqIndexLayout.Version)
            return new PdqIndexOpening.OtherVersion(version);

        long entries = BinaryPrimitives.ReadInt64LittleEndian(header[PdqIndexLayout.EntriesAt..]);
        long filed = BinaryPrimitives.ReadInt64LittleEndian(header[PdqIndexLayout.FiledAt..]);
        long low = BinaryPrimitives.ReadInt64LittleEndian(header[PdqIndexLayout.LowQualityAt..]);
        long degenerate = BinaryPrimitives.ReadInt64LittleEndian(header[PdqIndexLayout.DegenerateAt..]);
        if (entries is < 0 or > int.MaxValue || filed < 0 || low is < 0 or > int.MaxValue || degenerate is < 0 or > int.MaxValue || filed + low + degenerate != entries)
            return new PdqIndexOpening.Damaged("header");

        PdqIndexLayout layout = new(entries, filed);
        if (length != layout.Length)
            return new PdqIndexOpening.WrongLength(layout.Length, length);

        Span<byte> digest = stackalloc byte[PdqIndexLayout.DigestBytes];
        PdqIndexSeal.OfAll(start, layout, digest);
        if (!digest.SequenceEqual(header.Slice(PdqIndexLayout.DigestAt, PdqIndexLayout.DigestBytes))
            || BinaryPrimitives.ReadUInt32LittleEndian(header[PdqIndexLayout.BitOrderAt..]) != PdqIndexLayout.BitOrder
            || BinaryPrimitives.ReadInt32LittleEndian(header[PdqIndexLayout.OrdinalBytesAt..]) != layout.OrdinalBytes)
            return new PdqIndexOpening.Damaged("header");

        if (!StartsFit((uint*)(start + layout.StartsAt), (uint)filed))
            return new PdqIndexOpening.Damaged("starts");
        if (check == PdqIndexCheck.Everything && FirstDamaged(start, layout, forEach) is int block)
            return new PdqIndexOpening.Damaged($"block {block}");
        return new PdqIndexOpening.Opened(new PdqIndex(start, layout, owner: null));
    }

    /// <summary>Adds every entry within the radius to <paramref name="hits"/>, each once, in no particular order. A closed gate means nothing was looked for.</summary>
    /// <param name="quality">Of the picture asked for, 0…100; null if it is not known.</param>
    /// <param name="radius">0…31 bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is larger.</exception>
    public PdqGate Find(in PdqHash hash, int? quality, int radius, ICollection<PdqHit> hits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radius, MaximumRadius);
        PdqGate gate = PdqGates.Of(hash, quality);
        if (gate == PdqGate.Open && Filed > 0)
            Search(hash, radius, hits);
        return gate;
    }

    /// <summary>The hash of an entry.</summary>
    public PdqHash HashAt(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, Entries);
        PdqHash hash = PdqChunks.ToHash(new ReadOnlySpan<ushort>((ushort*)_hashes + ((long)ordinal * PdqChunks.Count), PdqChunks.Count));
        GC.KeepAlive(_owner);
        return hash;
    }

    private static bool StartsFit(uint* starts, uint filed)
    {
        for (int chunk = 0; chunk < PdqChunks.Count; chunk++, starts += PdqIndexLayout.StartsOfChunk)
        {
            if (starts[0] != 0 || starts[PdqChunks.Values] != filed)
                return false;
            for (int v = 0; v < PdqChunks.Values; v++)
            {
                if (starts[v] > starts[v + 1])
                    return false;
            }
        }

        return true;
    }

    private static int? FirstDamaged(byte* start, PdqIndexLayout layout, ForEach? forEach)
    {
        bool[] bad = new bool[layout.Blocks];
        void Check(int block)
        {
            Span<byte> digest = stackalloc byte[PdqIndexLayout.DigestBytes];
            PdqIndexSeal.OfBlock(start, layout, block, digest);
            bad[block] = !digest.SequenceEqual(new ReadOnlySpan<byte>(start + layout.DigestsAt + ((long)block * PdqIndexLayout.DigestBytes), PdqIndexLayout.DigestBytes));
        }

        if (forEach is not null)
        {
            forEach(layout.Blocks, Check);
        }
        else
        {
            for (int block = 0; block < layout.Blocks; block++)
                Check(block);
        }

        int first = Array.IndexOf(bad, true);
        return first < 0 ? null : first;
    }

    private void Search(in PdqHash hash, int radius, ICollection<PdqHit> hits)
    {
        ushort* chunks = stackalloc ushort[PdqChunks.Count];
        PdqChunks.Of(hash, new Span<ushort>(chunks, PdqChunks.Count));
        ulong* survivors = stackalloc ulong[BatchSize + BatchSlack];
        int survived = 0;
        int first = radius / PdqChunks.Count;
        int both = 2 * radius / PdqChunks.Count;
        int runs = first == 0 ? 1 : RunsOfChunk;

        for (int chunk = 0; chunk < PdqChunks.Count; chunk++)
        {
            for (int run = 0; run < runs; run++)
                Prefetch(StartOf(chunk, chunks[chunk], run));
        }

        PrefetchRuns(0, chunks[0], runs);
        for (int chunk = 0; chunk < PdqChunks.Count; chunk++)
        {
            if (chunk + 1 < PdqChunks.Count)
                PrefetchRuns(chunk + 1, chunks[chunk + 1], runs);
            ushort* nexts = (ushort*)(_nexts + (chunk * _layout.NextsOfChunk));
            ushort next = chunks[(chunk + 1) % PdqChunks.Count];
            for (int run = 0; run < runs; run++)
            {
                uint* bounds = StartOf(chunk, chunks[chunk], run);
                uint end = bounds[1];
                for (uint place = bounds[0]; place < end;)
                {
                    survived = Vector512.IsHardwareAccelerated
                        ? Sift512(nexts, ref place, end, next, both - (run == 0 ? 0 : 1), (ulong)chunk << 32, survivors, survived)
                        : Sift256(nexts, ref place, end, next, both - (run == 0 ? 0 : 1), (ulong)chunk << 32, survivors, survived);
                    if (survived > BatchSize - BatchSlack)
                    {
                        Verify(chunks, radius, first, both, survivors, survived, hits);
                        survived = 0;
                    }
                }
            }
        }

        Verify(chunks, radius, first, both, survivors, survived, hits);
        GC.KeepAlive(_owner);
    }

    /// <summary>Where the bounds of a run are: run 0 has the chunk's own value, run k the value with bit k − 1 turned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint* StartOf(int chunk, ushort value, int run) =>
        _starts + (chunk * (long)PdqIndexLayout.StartsOfChunk) + (run == 0 ? value : value ^ (1 << (run - 1)));

    private void PrefetchRuns(int chunk, ushort value, int runs)
    {
        if (!Sse.IsSupported)
            return;
        byte* nexts = _nexts + (chunk * _layout.NextsOfChunk);
        for (int run = 0; run < runs; run++)
        {
            uint* bounds = StartOf(chunk, value, run);

            // Crowded runs are read in order for so long that the processor fetches ahead by itself.
            byte* from = nexts + (bounds[0] * (long)sizeof(ushort));
            byte* to = nexts + (Math.Min(bounds[1], bounds[0] + 512) * (long)sizeof(ushort));
            for (byte* line = (byte*)((nint)from & -LineBytes); line < to; line += LineBytes)
                Sse.Prefetch1(line);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Passes the places whose next chunk differs in at most <paramref name="allowed"/> bits, until the run or the room ends. A bit is cleared for each that may differ; then nothing must be left.</summary>
    private int Sift512(ushort* nexts, ref uint from, uint end, ushort next, int allowed, ulong tag, ulong* survivors, int survived)
    {
        Vector512<ushort> wanted = Vector512.Create(next);
        uint place = from;
        for (; place < end && survived <= BatchSize - BatchSlack; place += (uint)Vector512<ushort>.Count)
        {
            Vector512<ushort> differing = Vector512.Load(nexts + place) ^ wanted;
            for (int k = 0; k < allowed; k++)
                differing &= differing + Vector512<ushort>.AllBitsSet;
            ulong passed = Vector512.Equals(differing, Vector512<ushort>.Zero).ExtractMostSignificantBits();
            if (passed != 0)
                survived = Keep(passed, place, end, tag, survivors, survived);
        }

        from = place;
        return survived;
    }

    /// <inheritdoc cref="Sift512"/>
    private int Sift256(ushort* nexts, ref uint from, uint end, ushort next, int allowed, ulong tag, ulong* survivors, int survived)
    {
        Vector256<ushort> wanted = Vector256.Create(next);
        uint place = from;
        for (; place < end && survived <= BatchSize - BatchSlack; place += (uint)Vector256<ushort>.Count)
        {
            Vector256<ushort> differing = Vector256.Load(nexts + place) ^ wanted;
            for (int k = 0; k < allowed; k++)
                differing &= differing + Vector256<ushort>.AllBitsSet;
            uint passed = Vector256.Equals(differing, Vector256<ushort>.Zero).ExtractMostSignificantBits();
            if (passed != 0)
                survived = Keep(passed, place, end, tag, survivors, survived);
        }

        from = place;
        return survived;
    }

    private int Keep(ulong passed, uint place, uint end, ulong tag, ulong* survivors, int survived)
    {
        byte* ordinals = _ordinals + ((long)(tag >> 32) * _layout.OrdinalsOfChunk);
        for (; passed != 0; passed &= passed - 1)
        {
            uint at = place + (uint)System.Numerics.BitOperations.TrailingZeroCount(passed);
            if (at >= end)
                break;
            Prefetch(ordinals + ((long)at * _layout.OrdinalBytes));
            survivors[survived++] = tag | at;
        }

        return survived;
    }

    /// <summary>Compares the survivors in full.</summary>
    private void Verify(ushort* chunks, int radius, int first, int both, ulong* survivors, int survived, ICollection<PdqHit> hits)
    {
        bool narrow = _layout.OrdinalBytes == 3;
        for (int k = 0; k < survived; k++)
        {
            ulong survivor = survivors[k];
            uint chunk = (uint)(survivor >> 32);
            uint* ordinals = (uint*)(_ordinals + (chunk * _layout.OrdinalsOfChunk) + ((long)(uint)survivor * _layout.OrdinalBytes));
            uint ordinal = narrow ? *ordinals & 0xFFFFFF : *ordinals;

            // An ordinal out of range is damage that only the full check finds; reading stays inside the memory all the same.
            ordinal = Math.Min(ordinal, (uint)(Entries - 1));
            survivors[k] = ((ulong)chunk << 32) | ordinal;
            Prefetch(_hashes + (ordinal * 4L));
        }

        ulong* query = (ulong*)chunks;
        for (int k = 0; k < survived; k++)
        {
            uint ordinal = (uint)survivors[k];
            ulong* hash = _hashes + (ordinal * 4L);
            int distance = System.Numerics.BitOperations.PopCount(hash[0] ^ query[0]) + System.Numerics.BitOperations.PopCount(hash[1] ^ query[1])
                + System.Numerics.BitOperations.PopCount(hash[2] ^ query[2]) + System.Numerics.BitOperations.PopCount(hash[3] ^ query[3]);

            // Found from several chunks, it is told from the first of them.
            if (distance <= radius && FirstChunk((ushort*)hash, chunks, first, both) == (int)(survivors[k] >> 32))
                hits.Add(new PdqHit((int)ordinal, distance));
        }
    }

    private static int FirstChunk(ushort* hash, ushort* query, int first, int both)
    {
        for (int chunk = 0; chunk < PdqChunks.Count; chunk++)
        {
            int own = System.Numerics.BitOperations.PopCount((uint)(hash[chunk] ^ query[chunk]));
            int after = (chunk + 1) % PdqChunks.Count;
            if (own <= first && own + System.Numerics.BitOperations.PopCount((uint)(hash[after] ^ query[after])) <= both)
                return chunk;
        }

        return -1;
    }
}
