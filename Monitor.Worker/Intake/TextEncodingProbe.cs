using System.Buffers;
using System.Text;

namespace Monitor.Worker.Intake;

/// <summary>Finds out how the bytes of a stream are to be read as text.</summary>
internal static class TextEncodingProbe
{
    private const int Window = 256 * 1024;

    static TextEncodingProbe() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Judges the whole of a seekable stream (and goes back to where it stood); of another one its first 256 KB.</summary>
    /// <returns>The encoding and a stream that still holds everything; null when the bytes are no text.</returns>
    public static async Task<(IntakeEncoding Encoding, Stream Stream)?> ProbeAsync(Stream stream, CancellationToken cancellation)
    {
        byte[] first = new byte[Window];
        long origin = stream.CanSeek ? stream.Position : 0;
        int read = await stream.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellation);
        ReadOnlyMemory<byte> head = first.AsMemory(0, read);
        IntakeEncoding? marked = Mark(head.Span);
        var tally = new Utf8Tally();
        if (marked is null)
        {
            if (head.Span[..Math.Min(read, 4096)].Contains((byte)0))
                return null;
            tally.Add(head.Span);
            if (stream.CanSeek)
            {
                byte[] buffer = ArrayPool<byte>.Shared.Rent(Window);
                int more;
                while ((more = await stream.ReadAsync(buffer, cancellation)) > 0)
                    tally.Add(buffer.AsSpan(0, more));
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        // A few broken bytes in a file that is UTF-8 otherwise do not make it Windows-1258: those rows will be bad, the others stay right.
        IntakeEncoding encoding = marked ?? (tally.Invalid == 0 || tally.Multibyte > tally.Invalid ? IntakeEncoding.Utf8 : IntakeEncoding.Windows1258);
        if (!stream.CanSeek)
            return (encoding, new ReplayedStream(head, stream));
        stream.Position = origin;
        return (encoding, stream);
    }

    public static Encoding EncodingOf(IntakeEncoding encoding) => encoding switch
    {
        IntakeEncoding.Utf8 or IntakeEncoding.Utf8WithMark => Encoding.UTF8,
        IntakeEncoding.Utf16LittleEndian => Encoding.Unicode,
        IntakeEncoding.Utf16BigEndian => Encoding.BigEndianUnicode,
        IntakeEncoding.Windows1258 => Encoding.GetEncoding(1258),
    };

    private static IntakeEncoding? Mark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => IntakeEncoding.Utf8WithMark,
        [0xFF, 0xFE, ..] => IntakeEncoding.Utf16LittleEndian,
        [0xFE, 0xFF, ..] => IntakeEncoding.Utf16BigEndian,
        _ => null,
    };

    /// <summary>Counts well-formed multi-byte sequences and broken ones over chunks cut anywhere.</summary>
    private sealed class Utf8Tally
    {
        private readonly byte[] _rest = new byte[8];
        private int _restLength;

        public long Multibyte { get; private set; }

        public long Invalid { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            // The sequence that the last chunk ended in, completed with the beginning of this one.
            while (_restLength > 0 && !bytes.IsEmpty)
            {
                _rest[_restLength++] = bytes[0];
                bytes = bytes[1..];
                OperationStatus joined = Rune.DecodeFromUtf8(_rest.AsSpan(0, _restLength), out _, out int used);
                if (joined == OperationStatus.NeedMoreData)
                    continue;
                if (joined == OperationStatus.Done)
                    Multibyte++;
                else
                    Invalid++;
                Span<byte> unused = _rest.AsSpan(used, _restLength - used);
                _restLength = 0;
                if (!unused.IsEmpty)
                    Scan(unused.ToArray());
            }

            Scan(bytes);
        }

        private void Scan(ReadOnlySpan<byte> bytes)
        {
            while (true)
            {
                int at = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (at < 0)
                    return;
                bytes = bytes[at..];
                switch (Rune.DecodeFromUtf8(bytes, out _, out int used))
                {
                    case OperationStatus.Done:
                        Multibyte++;
                        break;
                    case OperationStatus.NeedMoreData:
                        bytes.CopyTo(_rest);
                        _restLength = bytes.Length;
                        return;
                    default:
                        Invalid++;
                        break;
                }

                bytes = bytes[used..];
            }
        }
    }

    /// <summary>What was read ahead, then the rest.</summary>
    private sealed class ReplayedStream(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _head = head;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_head.IsEmpty)
                return rest.Read(buffer, offset, count);
            return Replay(buffer.AsSpan(offset, count));
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _head.IsEmpty ? await rest.ReadAsync(buffer, cancellationToken) : Replay(buffer.Span);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Replay(Span<byte> buffer)
        {
            int length = Math.Min(buffer.Length, _head.Length);
            _head.Span[..length].CopyTo(buffer);
            _head = _head[length..];
            return length;
        }
    }
}
