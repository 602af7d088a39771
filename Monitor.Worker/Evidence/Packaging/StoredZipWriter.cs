using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Monitor.Worker.Evidence.Packaging;

/// <summary>
/// A ZIP archive (APPNOTE 6.3.10) that is the same bytes for the same content on any machine: fixed times, names in UTF-8, content in deflate's stored blocks, which need
/// neither its length beforehand nor a compressor's choices; always with the 64-bit fields. Written to a stream that is never looked back at.
/// </summary>
/// <param name="plain">True: content stands in the archive as it is (method 0), so that a reader can begin in the middle of a file, as WACZ wants it.</param>
public sealed class StoredZipWriter(Stream to, bool leaveOpen = false, bool plain = false) : IDisposable
{
    /// <summary>1 January 1980, the first instant that a ZIP can tell.</summary>
    private const uint FixedTime = 0x0021_0000;

    private const int LargestBlock = 65_535;
    private const ushort Flags = 0x0808;

    private readonly ushort _method = plain ? (ushort)0 : (ushort)8;
    private readonly List<(string Name, uint Crc, long Packed, long Length, long Offset)> _entries = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private long _position;
    private bool _finished;

    /// <summary>Writes one file.</summary>
    /// <exception cref="ArgumentException">The name was written before.</exception>
    public async Task AddAsync(string name, Func<Stream, CancellationToken, Task> content, CancellationToken cancellation)
    {
        if (!_names.Add(name))
            throw new ArgumentException($"{name} is in the archive already", nameof(name));
        var encoded = Encoding.UTF8.GetBytes(name);
        var offset = _position;
        var head = new byte[30 + encoded.Length + 20];
        BinaryPrimitives.WriteUInt32LittleEndian(head, 0x04034b50);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), 45);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), _method);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(10), FixedTime);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(18), uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(22), uint.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(26), (ushort)encoded.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(28), 20);
        encoded.CopyTo(head, 30);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(30 + encoded.Length), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(32 + encoded.Length), 16);
        await WriteAsync(head, cancellation);

        var before = _position;
        await using var blocks = new BlockStream(this);
        await content(blocks, cancellation);
        await blocks.FinishAsync(cancellation);
        var (crc, length, packed) = (blocks.Crc, blocks.Written, _position - before);

        var tail = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, 0x08074b50);
        BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(4), crc);
        BinaryPrimitives.WriteInt64LittleEndian(tail.AsSpan(8), packed);
        BinaryPrimitives.WriteInt64LittleEndian(tail.AsSpan(16), length);
        await WriteAsync(tail, cancellation);
        _entries.Add((name, crc, packed, length, offset));
    }

    public Task AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        AddAsync(name, async (stream, token) => await stream.WriteAsync(content, token), cancellation);

    /// <summary>Writes the directory; nothing can be added afterwards.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        if (_finished)
            return;
        _finished = true;
        var start = _position;
        foreach (var (name, crc, packed, length, offset) in _entries)
        {
            var encoded = Encoding.UTF8.GetBytes(name);
            var entry = new byte[46 + encoded.Length + 28];
            BinaryPrimitives.WriteUInt32LittleEndian(entry, 0x02014b50);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(4), 45);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(6), 45);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(8), Flags);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(10), _method);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(12), FixedTime);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(16), crc);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(20), uint.MaxValue);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(24), uint.MaxValue);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(28), (ushort)encoded.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(30), 28);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(42), uint.MaxValue);
            encoded.CopyTo(entry, 46);
            var extra = entry.AsSpan(46 + encoded.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
            BinaryPrimitives.WriteUInt16LittleEndian(extra[2..], 24);
            BinaryPrimitives.WriteInt64LittleEndian(extra[4..], length);
            BinaryPrimitives.WriteInt64LittleEndian(extra[12..], packed);
            BinaryPrimitives.WriteInt64LittleEndian(extra[20..], offset);
            await WriteAsync(entry, cancellation);
        }

        var size = _position - start;
        var end = new byte[56 + 20 + 22];
        var end64 = _position;
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06064b50);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(4), 44);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(12), 45);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(14), 45);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(24), _entries.Count);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(32), _entries.Count);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(40), size);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(48), start);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(56), 0x07064b50);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(64), end64);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(72), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(76), 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(84), ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(86), ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(88), uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(92), uint.MaxValue);
        await WriteAsync(end, cancellation);
        await to.FlushAsync(cancellation);
    }

    public void Dispose()
    {
        if (!leaveOpen)
            to.Dispose();
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await to.WriteAsync(bytes, cancellation);
        _position += bytes.Length;
    }

    /// <summary>Cuts what is written into stored blocks (RFC 1951 section 3.2.4) of the same sizes whatever the sizes of the writes.</summary>
    private sealed class BlockStream(StoredZipWriter zip) : WriteOnlyStream
    {
        private readonly byte[] _block = new byte[5 + LargestBlock];
        private readonly Crc32 _crc = new();
        private int _filled;

        public uint Crc => _crc.GetCurrentHashAsUInt32();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _crc.Append(buffer.Span);
            Written += buffer.Length;
            if (zip._method == 0)
            {
                await zip.WriteAsync(buffer, cancellationToken);
                return;
            }

            while (!buffer.IsEmpty)
            {
                if (_filled == LargestBlock)
                    await BlockAsync(last: false, cancellationToken);
                var part = Math.Min(buffer.Length, LargestBlock - _filled);
                buffer.Span[..part].CopyTo(_block.AsSpan(5 + _filled));
                _filled += part;
                buffer = buffer[part..];
            }
        }

        public Task FinishAsync(CancellationToken cancellation) => zip._method == 0 ? Task.CompletedTask : BlockAsync(last: true, cancellation).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("asynchronous only");

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private async ValueTask BlockAsync(bool last, CancellationToken cancellation)
        {
            _block[0] = last ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt16LittleEndian(_block.AsSpan(1), (ushort)_filled);
            BinaryPrimitives.WriteUInt16LittleEndian(_block.AsSpan(3), (ushort)~_filled);
            await zip.WriteAsync(_block.AsMemory(0, 5 + _filled), cancellation);
            _filled = 0;
        }
    }
}
