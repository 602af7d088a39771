using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>
/// Files a list of hashes into memory that the caller provides (mapped from a file, say). Entries whose gate is closed keep their ordinal but are not filed,
/// and are counted. Each chunk is filed apart from the others: first by the upper half of its value into 256 streams, then each stream
/// by the lower half, so that writes stay in the cache.
/// </summary>
public sealed unsafe class PdqIndexBuilder
{
    private const int Slabs = 64;
    private const int Streams = 256;

    private readonly ReadOnlyMemory<PdqHash> _hashes;
    private readonly byte[] _gates;
    private readonly int[][] _slabCounts;

    /// <param name="qualities">0…100 for each hash, or empty if they are not known.</param>
    /// <exception cref="ArgumentException">Neither as many qualities as hashes nor none.</exception>
    public PdqIndexBuilder(ReadOnlyMemory<PdqHash> hashes, ReadOnlyMemory<byte> qualities = default, ForEach? forEach = null)
    {
        if (qualities.Length != 0 && qualities.Length != hashes.Length)
            throw new ArgumentException($"{hashes.Length} hashes and {qualities.Length} qualities.", nameof(qualities));

        _hashes = hashes;
        _gates = new byte[hashes.Length];
        _slabCounts = new int[Slabs][];
        int[] low = new int[Slabs];
        int[] degenerate = new int[Slabs];
        RunOf(forEach)(Slabs, slab =>
        {
            (int from, int to) = SlabOf(slab);
            ReadOnlySpan<PdqHash> all = _hashes.Span;
            ReadOnlySpan<byte> quality = qualities.Span;
            for (int k = from; k < to; k++)
            {
                PdqGate gate = PdqGates.Of(all[k], quality.Length == 0 ? null : quality[k]);
                _gates[k] = (byte)gate;
                if (gate == PdqGate.LowQuality)
                    low[slab]++;
                else if (gate == PdqGate.Degenerate)
                    degenerate[slab]++;
            }
        });
        LowQuality = low.Sum();
        Degenerate = degenerate.Sum();
        Layout = new PdqIndexLayout(hashes.Length, Filed);
    }

    public int Entries => _hashes.Length;

    /// <summary>Entries that can be found.</summary>
    public int Filed => Entries - LowQuality - Degenerate;

    /// <summary>Entries not filed because their picture had too little detail.</summary>
    public int LowQuality { get; }

    /// <summary>Entries not filed because nearly all their bits are equal.</summary>
    public int Degenerate { get; }

    /// <summary>Bytes the index takes.</summary>
    public long Length => Layout.Length;

    internal PdqIndexLayout Layout { get; }

    /// <summary>Writes the whole index.</summary>
    /// <param name="address"><see cref="Length"/> writable bytes, all zero.</param>
    /// <param name="forEach">Null: one thread. Each call of the body needs 8 bytes an entry for as long as it runs.</param>
    /// <exception cref="ArgumentException">The memory is not as long as the index.</exception>
    public void Write(nint address, long length, ForEach? forEach = null)
    {
        if (length != Length)
            throw new ArgumentException($"The index takes {Length} bytes, not {length}.", nameof(length));

        byte* start = (byte*)address;
        ForEach run = RunOf(forEach);
        run(Slabs, slab => WriteHashes(slab, start));
        run(PdqChunks.Count, chunk => WriteChunk(chunk, start));
        Seal(start, run);
    }

    private static ForEach RunOf(ForEach? forEach) => forEach ?? (static (count, body) =>
    {
        for (int k = 0; k < count; k++)
            body(k);
    });

    private (int From, int To) SlabOf(int slab) => ((int)((long)slab * Entries / Slabs), (int)((long)(slab + 1) * Entries / Slabs));

    private void WriteHashes(int slab, byte* start)
    {
        (int from, int to) = SlabOf(slab);
        int[] counts = new int[PdqChunks.Count * Streams];
        ReadOnlySpan<PdqHash> hashes = _hashes.Span;
        for (int k = from; k < to; k++)
        {
            Span<ushort> chunks = new(start + Layout.HashesAt + ((long)k * PdqHash.Bytes), PdqChunks.Count);
            PdqChunks.Of(hashes[k], chunks);
            if (_gates[k] != (byte)PdqGate.Open)
                continue;
            for (int c = 0; c < PdqChunks.Count; c++)
                counts[(c * Streams) + (chunks[c] >> 8)]++;
        }

        _slabCounts[slab] = counts;
    }

    private void WriteChunk(int chunk, byte* start)
    {
        Span<int> ends = stackalloc int[Streams];
        ends.Clear();
        foreach (int[] counts in _slabCounts)
        {
            for (int s = 0; s < Streams; s++)
                ends[s] += counts[(chunk * Streams) + s];
        }

        int before = 0;
        for (int s = 0; s < Streams; s++)
            (ends[s], before) = (before, before + ends[s]);

        Posting* streamed = (Posting*)NativeMemory.Alloc((nuint)Math.Max(1, Filed), (nuint)sizeof(Posting));
        try
        {
            ushort* hashes = (ushort*)(start + Layout.HashesAt);
            int after = (chunk + 1) % PdqChunks.Count;
            for (int k = 0; k < _gates.Length; k++)
            {
                if (_gates[k] != (byte)PdqGate.Open)
                    continue;
                ushort* chunks = hashes + ((long)k * PdqChunks.Count);
                ushort value = chunks[chunk];
                streamed[ends[value >> 8]++] = new Posting(k, chunks[after], (byte)value);
            }

            uint* starts = (uint*)(start + Layout.StartsAt) + (chunk * (long)PdqIndexLayout.StartsOfChunk);
            int from = 0;
            for (int s = 0; s < Streams; s++)
            {
                FileStream(streamed, from, ends[s], starts + (s * 256), start + Layout.NextsAt + (chunk * Layout.NextsOfChunk), start + Layout.OrdinalsAt + (chunk * Layout.OrdinalsOfChunk));
                from = ends[s];
            }

            starts[PdqChunks.Values] = (uint)Filed;
        }
        finally
        {
            NativeMemory.Free(streamed);
        }
    }

    private void FileStream(Posting* streamed, int from, int to, uint* starts, byte* nexts, byte* ordinals)
    {
        uint* places = stackalloc uint[256];
        new Span<uint>(places, 256).Clear();
        for (int k = from; k < to; k++)
            places[streamed[k].Value]++;
        uint before = (uint)from;
        for (int v = 0; v < 256; v++)
        {
            starts[v] = before;
            (places[v], before) = (before, before + places[v]);
        }

        bool narrow = Layout.OrdinalBytes == 3;
        for (int k = from; k < to; k++)
        {
            Posting posting = streamed[k];
            uint place = places[posting.Value]++;
            ((ushort*)nexts)[place] = posting.Next;
            if (narrow)
            {
                byte* ordinal = ordinals + (3L * place);
                *(ushort*)ordinal = (ushort)posting.Ordinal;
                ordinal[2] = (byte)(posting.Ordinal >> 16);
            }
            else
            {
                ((int*)ordinals)[place] = posting.Ordinal;
            }
        }
    }

    private void Seal(byte* start, ForEach run)
    {
        PdqIndexLayout layout = Layout;
        run(layout.Blocks, block => PdqIndexSeal.OfBlock(start, layout, block, new Span<byte>(start + layout.DigestsAt + ((long)block * PdqIndexLayout.DigestBytes), PdqIndexLayout.DigestBytes)));

        Span<byte> header = new(start, PdqIndexLayout.HeaderBytes);
        header.Clear();
        PdqIndexLayout.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[PdqIndexLayout.VersionAt..], PdqIndexLayout.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[PdqIndexLayout.BitOrderAt..], PdqIndexLayout.BitOrder);
        BinaryPrimitives.WriteInt64LittleEndian(header[PdqIndexLayout.EntriesAt..], Entries);
        BinaryPrimitives.WriteInt64LittleEndian(header[PdqIndexLayout.FiledAt..], Filed);
        BinaryPrimitives.WriteInt64LittleEndian(header[PdqIndexLayout.LowQualityAt..], LowQuality);
        BinaryPrimitives.WriteInt64LittleEndian(header[PdqIndexLayout.DegenerateAt..], Degenerate);
        BinaryPrimitives.WriteInt32LittleEndian(header[PdqIndexLayout.OrdinalBytesAt..], layout.OrdinalBytes);
        BinaryPrimitives.WriteInt64LittleEndian(header[PdqIndexLayout.LengthAt..], layout.Length);
        PdqIndexSeal.OfAll(start, layout, header.Slice(PdqIndexLayout.DigestAt, PdqIndexLayout.DigestBytes));
    }

    private readonly record struct Posting(int Ordinal, ushort Next, byte Value);
}
