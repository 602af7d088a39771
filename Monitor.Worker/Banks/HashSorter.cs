using System.Buffers.Binary;
using System.Globalization;
using Monitor.Rules.Banks;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks;

/// <summary>Sorts the lines of a list of any length in bounded memory: full buffers are sorted and laid down as runs, which are merged at the end.</summary>
internal sealed class HashSorter(int width, string folder, string name, int bufferSize = HashSorter.UsualBuffer) : IDisposable
{
    public const int UsualBuffer = 48 * 1024 * 1024;

    private readonly List<string> _runs = [];
    private byte[] _buffer = new byte[Math.Min(bufferSize, 64 * 1024)];
    private ulong[] _keys = new ulong[1024];
    private int[] _places = new int[1024];
    private int _filled;
    private int _count;

    public long Total { get; private set; }

    public void Add(ReadOnlySpan<byte> value, ulong turn, bool remove, Opinion? opinion, int? quality, ReadOnlySpan<byte> label)
    {
        label = BankFile.Cut(label);
        var length = OpRecord.LengthOf(width, label.Length);
        if (_filled + length > _buffer.Length && !Grow(length))
        {
            Spill();
        }

        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _places, _count * 2);
        }

        OpRecord.Write(_buffer.AsSpan(_filled), value, turn, remove, opinion, quality, label);
        _keys[_count] = BinaryPrimitives.ReadUInt64BigEndian(value);
        _places[_count++] = _filled;
        _filled += length;
        Total++;
    }

    /// <summary>Everything that was added, in order. Nothing may be added afterwards.</summary>
    public OpCursor Sorted()
    {
        if (_runs.Count == 0)
        {
            Sort();
            return new OpCursor.OfBuffer(_buffer, _places, _count, width);
        }

        if (_count > 0)
        {
            Spill();
        }

        (_buffer, _keys, _places) = ([], [], []);
        return new OpCursor.OfRuns([.. _runs.Select(run => new OpCursor.OfFile(run, width))], width);
    }

    public void Dispose()
    {
        foreach (var run in _runs)
        {
            File.Delete(run);
        }
    }

    private bool Grow(int length)
    {
        if (_buffer.Length >= bufferSize)
        {
            return false;
        }

        Array.Resize(ref _buffer, (int)Math.Min(Math.Max(_buffer.Length * 2L, _filled + length), Math.Max(bufferSize, OpRecord.Longest)));
        return _filled + length <= _buffer.Length;
    }

    private void Sort()
    {
        Array.Sort(_keys, _places, 0, _count);
        // Hashes that begin alike are told apart by the rest, and equal ones by their turn.
        var order = Comparer<int>.Create((a, b) => OpRecord.Compare(_buffer.AsSpan(a), _buffer.AsSpan(b), width));
        for (int from = 0, to; from < _count; from = to)
        {
            for (to = from + 1; to < _count && _keys[to] == _keys[from];)
            {
                to++;
            }

            if (to - from > 1)
            {
                Array.Sort(_places, from, to - from, order);
            }
        }
    }

    private void Spill()
    {
        Sort();
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{_runs.Count}.run"));
        _runs.Add(path);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 18);
        for (var i = 0; i < _count; i++)
        {
            var record = _buffer.AsSpan(_places[i]);
            file.Write(record[..OpRecord.LengthAt(record, width)]);
        }

        (_filled, _count) = (0, 0);
    }
}
