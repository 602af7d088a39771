using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Monitor.Worker.Banks;

/// <summary>Names of entries that a list takes out, with the turn of the last time. A name is held as half of its SHA-256.</summary>
internal sealed class LabelTombstones
{
    /// <summary>About 200 MB.</summary>
    public const int Most = 4_000_000;

    private readonly Dictionary<UInt128, ulong> _turns = [];

    public int Count => _turns.Count;

    /// <summary>False when there are too many to hold.</summary>
    public bool TryAdd(ReadOnlySpan<byte> label, ulong turn)
    {
        if (_turns.Count >= Most)
        {
            return false;
        }

        _turns[Key(label)] = turn;
        return true;
    }

    /// <summary>Whether the entry was taken out after the turn in which it was put in.</summary>
    /// <param name="turn">0 for what stood in the bank before.</param>
    public bool Covers(ReadOnlySpan<byte> label, ulong turn) => _turns.Count > 0 && !label.IsEmpty && _turns.TryGetValue(Key(label), out var last) && last > turn;

    private static UInt128 Key(ReadOnlySpan<byte> label)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(label, digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }
}
