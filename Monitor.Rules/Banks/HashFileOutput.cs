using System.Security.Cryptography;

namespace Monitor.Rules.Banks;

/// <summary>Writes the body of a bank or index file in order, hashing as it goes; the header is written last, over the room left for it.</summary>
internal sealed class HashFileOutput : IDisposable
{
    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _filled;

    /// <param name="stream">Empty, can seek; stays open.</param>
    public HashFileOutput(Stream stream)
    {
        _stream = stream;
        Span<byte> room = stackalloc byte[HashFileHeader.Length];
        room.Clear();
        stream.Write(room);
        Position = HashFileHeader.Length;
    }

    /// <summary>Bytes of the file so far, header included.</summary>
    public long Position { get; private set; }

    /// <param name="bytes">At most 64 KiB.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_filled + bytes.Length > _buffer.Length)
            Flush();
        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
        Position += bytes.Length;
    }

    public void AlignTo(int size)
    {
        Span<byte> zero = [0];
        while (Position % size != 0)
            Append(zero);
    }

    /// <summary>Ends the body and returns its digest.</summary>
    public byte[] EndBody()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public void WriteHeader(HashFileHeader header)
    {
        Span<byte> bytes = stackalloc byte[HashFileHeader.Length];
        header.Write(bytes);
        _stream.Position = 0;
        _stream.Write(bytes);
        _stream.Flush();
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer.AsSpan(0, _filled));
        _stream.Write(_buffer, 0, _filled);
        _filled = 0;
    }
}
