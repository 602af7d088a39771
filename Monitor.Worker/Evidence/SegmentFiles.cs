using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Monitor.Worker.Evidence;

/// <summary>
/// The ciphertext: files "000001.seg", "000002.seg" … that only grow. One thread appends what is queued and flushes once for all of it.
/// Where an item lies is told by the key store alone: what a crash left at the end of a file is referred to by nothing and stays unread.
/// </summary>
internal sealed class SegmentFiles : IAsyncDisposable
{
    /// <summary>Stands in front of every item, for people and recovery tools; nothing reads it back.</summary>
    private static readonly byte[] Magic = "MVLT1\n"u8.ToArray();

    private readonly string _directory;
    private readonly VaultOptions _options;
    private readonly BlockingCollection<Pending> _queue = new(new ConcurrentQueue<Pending>());
    private readonly SemaphoreSlim _slots;
    private readonly ConcurrentDictionary<int, SafeFileHandle> _open = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer;
    private int _buffered;
    private SafeFileHandle? _handle;
    private int _segment;
    private long _end;
    private int _disposed;

    private SegmentFiles(string directory, VaultOptions options)
    {
        _directory = directory;
        _options = options;
        _slots = new SemaphoreSlim(4 * options.GroupSize);
        _buffer = new byte[Math.Max(1 << 20, options.ChunkBytes + ItemCipher.TagLength)];
    }

    public static SegmentFiles Open(string directory, VaultOptions options)
    {
        Directory.CreateDirectory(directory);
        var files = new SegmentFiles(directory, options);
        files._segment = Directory.EnumerateFiles(directory, "*.seg")
            .Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .DefaultIfEmpty(0)
            .Max();
        if (files._segment > 0)
            files.Continue();
        new Thread(files.Loop) { Name = "vault segments", IsBackground = true }.Start();
        return files;
    }

    /// <summary>Seals and appends; the content is on the disk when the task ends.</summary>
    public async Task<Place> AppendAsync(SealedItem item, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            var pending = new Pending(item);
            try
            {
                _queue.Add(pending, CancellationToken.None);
            }
            catch (InvalidOperationException closed)
            {
                throw new ObjectDisposedException("The vault is closed.", closed);
            }

            return await pending.Done.Task;
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Fills <paramref name="to"/>; false when the file or the bytes are not there.</summary>
    public bool TryRead(int segment, long position, Span<byte> to)
    {
        SafeFileHandle handle;
        try
        {
            handle = _open.GetOrAdd(segment, OpenForReading);
        }
        catch (IOException)
        {
            return false;
        }

        while (to.Length > 0)
        {
            var read = RandomAccess.Read(handle, to, position);
            if (read == 0)
                return false;
            to = to[read..];
            position += read;
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _queue.CompleteAdding();
        await _ended.Task;
        foreach (var handle in _open.Values)
            handle.Dispose();
    }

    public static string FileName(int segment) => string.Create(CultureInfo.InvariantCulture, $"{segment:D6}.seg");

    private SafeFileHandle OpenForReading(int segment) =>
        File.OpenHandle(Path.Combine(_directory, FileName(segment)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    private void Loop()
    {
        var group = new List<Pending>(_options.GroupSize);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            while (group.Count < _options.GroupSize && _queue.TryTake(out var next))
                group.Add(next);
            try
            {
                foreach (var pending in group)
                    Write(pending);
                Drain();
                RandomAccess.FlushToDisk(_handle!);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
            {
                // What was written of it is referred to by nothing. The next group begins behind it, in a new file.
                _buffered = 0;
                _handle?.Dispose();
                _handle = null;
                foreach (var pending in group)
                    pending.Done.SetException(failure);
                continue;
            }

            foreach (var pending in group)
                pending.Done.SetResult(pending.Place!);
        }

        _handle?.Dispose();
        _queue.Dispose();
        _ended.SetResult();
    }

    private void Write(Pending pending)
    {
        var item = pending.Item;
        if (_handle is null || _end + _buffered >= _options.SegmentBytes)
            Roll();
        Put(Magic);
        var place = new Place(_segment, _end + _buffered);
        using var cipher = new AesGcm(item.DataKey, ItemCipher.TagLength);
        var content = item.Content.Span;
        var chunks = ItemCipher.Chunks(content.Length, item.ChunkBytes);
        for (var i = 0; i < chunks; i++)
        {
            var from = i * item.ChunkBytes;
            var chunk = content.Slice(from, Math.Min(item.ChunkBytes, content.Length - from));
            if (_buffered + chunk.Length + ItemCipher.TagLength > _buffer.Length)
                Drain();
            ItemCipher.SealChunk(cipher, item.NoncePrefix, item.Binding, i, i == chunks - 1, chunk, _buffer.AsSpan(_buffered));
            _buffered += chunk.Length + ItemCipher.TagLength;
        }

        pending.Place = place;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (_buffered + bytes.Length > _buffer.Length)
            Drain();
        bytes.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    private void Drain()
    {
        if (_buffered == 0)
            return;
        RandomAccess.Write(_handle!, _buffer.AsSpan(0, _buffered), _end);
        _end += _buffered;
        _buffered = 0;
    }

    private void Roll()
    {
        if (_handle is not null)
        {
            Drain();
            RandomAccess.FlushToDisk(_handle);
            _handle.Dispose();
        }

        _segment++;
        _handle = File.OpenHandle(Path.Combine(_directory, FileName(_segment)), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        _end = 0;
    }

    private void Continue()
    {
        _handle = File.OpenHandle(Path.Combine(_directory, FileName(_segment)), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        _end = RandomAccess.GetLength(_handle);
    }

    /// <param name="Position">Of the first sealed byte.</param>
    internal sealed record Place(int Segment, long Position);

    internal sealed record SealedItem(ReadOnlyMemory<byte> Content, byte[] DataKey, byte[] NoncePrefix, byte[] Binding, int ChunkBytes);

    private sealed class Pending(SealedItem item)
    {
        public SealedItem Item => item;

        public Place? Place { get; set; }

        public TaskCompletionSource<Place> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
