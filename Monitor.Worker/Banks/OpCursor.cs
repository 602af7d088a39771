namespace Monitor.Worker.Banks;

/// <summary>Records in ascending order, one at a time.</summary>
internal abstract class OpCursor : IDisposable
{
    /// <summary>Good until the next move.</summary>
    public abstract ReadOnlySpan<byte> Record { get; }

    public abstract bool MoveNext();

    public virtual void Dispose()
    {
    }

    /// <summary>Records of one buffer in the order of their places.</summary>
    internal sealed class OfBuffer(byte[] buffer, int[] places, int count, int width) : OpCursor
    {
        private int _at = -1;

        public override ReadOnlySpan<byte> Record
        {
            get
            {
                var from = buffer.AsSpan(places[_at]);
                return from[..OpRecord.LengthAt(from, width)];
            }
        }

        public override bool MoveNext() => ++_at < count;
    }

    /// <summary>Records of one sorted run on disk; the file is gone when it is disposed of.</summary>
    internal sealed class OfFile : OpCursor
    {
        private readonly FileStream _file;
        private readonly int _width;
        private readonly byte[] _buffer = new byte[256 * 1024];
        private int _start;
        private int _end;
        private int _length;

        public OfFile(string path, int width)
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0, FileOptions.SequentialScan | FileOptions.DeleteOnClose);
            _width = width;
        }

        public override ReadOnlySpan<byte> Record => _buffer.AsSpan(_start, _length);

        public override bool MoveNext()
        {
            _start += _length;
            _length = OpRecord.LengthAt(_buffer.AsSpan(_start, _end - _start), _width);
            if (_length == 0 || _length > _end - _start)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
                int read;
                while (_end < _buffer.Length && (read = _file.Read(_buffer, _end, _buffer.Length - _end)) > 0)
                {
                    _end += read;
                }

                _length = OpRecord.LengthAt(_buffer.AsSpan(0, _end), _width);
                if (_end > 0 && (_length == 0 || _length > _end))
                {
                    throw new InvalidDataException("a sorted run ends in the middle of a record");
                }
            }

            return _length > 0;
        }

        public override void Dispose()
        {
            _file.Dispose();
            base.Dispose();
        }
    }

    /// <summary>Several sorted runs as one.</summary>
    internal sealed class OfRuns : OpCursor
    {
        private readonly IReadOnlyList<OpCursor> _runs;
        private readonly PriorityQueue<OpCursor, OpCursor> _heads;
        private OpCursor? _current;

        public OfRuns(IReadOnlyList<OpCursor> runs, int width)
        {
            _runs = runs;
            _heads = new PriorityQueue<OpCursor, OpCursor>(Comparer<OpCursor>.Create((a, b) => OpRecord.Compare(a.Record, b.Record, width)));
            foreach (var run in runs)
            {
                Push(run);
            }
        }

        public override ReadOnlySpan<byte> Record => _current!.Record;

        public override bool MoveNext()
        {
            if (_current is not null)
            {
                Push(_current);
            }

            return _heads.TryDequeue(out _current, out _);
        }

        public override void Dispose()
        {
            foreach (var run in _runs)
            {
                run.Dispose();
            }

            base.Dispose();
        }

        private void Push(OpCursor run)
        {
            if (run.MoveNext())
            {
                _heads.Enqueue(run, run);
            }
        }
    }
}
