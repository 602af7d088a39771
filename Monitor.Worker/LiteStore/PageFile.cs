using Microsoft.Win32.SafeHandles;

namespace Monitor.Worker.LiteStore;

/// <summary>
/// One file of a LiteDB database as the stream its engine reads and writes. The engine calls every stream from under a lock of its own,
/// so position needs no guard here.
/// </summary>
internal abstract class PageFile(string path) : Stream
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => RandomAccess.GetLength(_handle);

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(_handle, buffer, _position);
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        RandomAccess.Write(_handle, buffer, _position);
        _position += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer, offset, count);
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        SeekOrigin.End => Length + offset,
    };

    public override void SetLength(long value)
    {
        RandomAccess.SetLength(_handle, value);
        _position = Math.Min(_position, value);
    }

    /// <summary>Everything written so far is on the disk when this returns (fsync).</summary>
    protected void FlushToDisk() => RandomAccess.FlushToDisk(_handle);

    /// <summary>Copies the whole file, independent of <see cref="Position"/>. Nobody may write meanwhile.</summary>
    public void CopyWhole(string destination)
    {
        using var to = File.OpenHandle(destination, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, Length);
        var buffer = new byte[1 << 20];
        long position = 0;
        for (int read; (read = RandomAccess.Read(_handle, buffer, position)) > 0; position += read)
            RandomAccess.Write(to, buffer.AsSpan(0, read), position);
        RandomAccess.FlushToDisk(to);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _handle.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>
/// The write-ahead log. The engine flushes after every page, possibly from a thread of its own and after Commit has returned: slow, and no promise.
/// Here its flushes do nothing; the gate waits for the page that confirms the transaction and flushes once for a whole group of commits.
/// </summary>
internal sealed class LogFile(string path) : PageFile(path)
{
    // Page header: id (4), type (1), previous (4), next (4), slot (1), transaction (4), confirmed (1).
    private const int PageSize = 8192;
    private const int ConfirmedOffset = 18;

    private readonly Lock _sync = new();
    private bool _dirty;
    private readonly ManualResetEventSlim _written = new(initialState: false, spinCount: 10);
    private long _confirmed;

    /// <summary>Confirming pages written since the file was opened.</summary>
    public long Confirmed => Interlocked.Read(ref _confirmed);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var confirms = buffer.Length == PageSize && buffer[ConfirmedOffset] == 1;

        // Pages carry no checksum: after a power cut a confirming page on disk must mean that the pages before it are there too.
        if (confirms)
            Sync();
        lock (_sync)
        {
            base.Write(buffer);
            _dirty = true;
        }

        if (confirms)
        {
            Interlocked.Increment(ref _confirmed);
            _written.Set();
        }
    }

    /// <summary>Waits without a spin until more than <paramref name="before"/> confirming pages are written; one waiter at a time. False: not in that time.</summary>
    public bool WaitConfirmed(long before, TimeSpan patience)
    {
        while (Confirmed <= before)
        {
            _written.Reset();
            if (Confirmed <= before && !_written.Wait(patience))
                return Confirmed > before;
        }

        return true;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _written.Dispose();
    }

    /// <summary>Nothing: see <see cref="Sync"/>.</summary>
    public override void Flush()
    {
    }

    /// <summary>All pages written are on the disk when this returns.</summary>
    public void Sync()
    {
        lock (_sync)
        {
            if (!_dirty)
                return;
            FlushToDisk();
            _dirty = false;
        }
    }
}

/// <summary>The data file. Before it changes, the log that can repeat the change must be on the disk.</summary>
internal sealed class DataFile(string path, LogFile log) : PageFile(path)
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        log.Sync();
        base.Write(buffer);
    }

    public override void Flush() => FlushToDisk();
}
