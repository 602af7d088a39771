using System.IO.MemoryMappedFiles;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Matching;

/// <summary>An index file mapped into memory. Whoever opened it unmaps it by disposing; a <see cref="PdqIndexSlot{TNames}"/> does so when nobody looks anything up in it any more.</summary>
public sealed unsafe class PdqIndexFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private PdqIndex? _index;
    private bool _mapped;

    private PdqIndexFile(MemoryMappedFile file, MemoryMappedViewAccessor view)
    {
        _file = file;
        _view = view;
    }

    /// <summary>Valid until disposed of.</summary>
    public PdqIndex Index => _index ?? throw new ObjectDisposedException(nameof(PdqIndexFile));

    /// <summary>Maps and checks the file. What <see cref="PdqIndexFileOpening.Refused"/> carries is never <see cref="PdqIndexOpening.Opened"/>.</summary>
    public static PdqIndexFileOpening Open(string path, PdqIndexCheck check)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var length = stream.Length;
            if (length == 0)
            {
                stream.Dispose();
                return new PdqIndexFileOpening.Refused(new PdqIndexOpening.NotAnIndex());
            }

            var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            var view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            var mapped = new PdqIndexFile(file, view);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            mapped._mapped = true;
            var opening = PdqIndex.Open((nint)start, length, check, Parallelly);
            if (opening is PdqIndexOpening.Opened opened)
            {
                mapped._index = opened.Index;
                return new PdqIndexFileOpening.Opened(mapped);
            }

            mapped.Dispose();
            return new PdqIndexFileOpening.Refused(opening);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            return new PdqIndexFileOpening.Unreadable(problem.Message);
        }
    }

    /// <summary>Builds an index file beside <paramref name="path"/> and moves it there when it is whole and on the disk: a file of that name is always complete.</summary>
    /// <param name="qualities">0…100 for each hash, or empty if they are not known.</param>
    /// <exception cref="IOException">The disk is full or not writable.</exception>
    public static PdqIndexWritten Write(string path, ReadOnlyMemory<PdqHash> hashes, ReadOnlyMemory<byte> qualities = default)
    {
        var builder = new PdqIndexBuilder(hashes, qualities, Parallelly);
        var unfinished = path + ".unfinished";
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            stream.SetLength(builder.Length);
            using (var file = MemoryMappedFile.CreateFromFile(stream, null, builder.Length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true))
            using (var view = file.CreateViewAccessor(0, builder.Length, MemoryMappedFileAccess.ReadWrite))
            {
                byte* start = null;
                view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
                try
                {
                    builder.Write((nint)start, builder.Length, Parallelly);
                }
                finally
                {
                    view.SafeMemoryMappedViewHandle.ReleasePointer();
                }
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        return new PdqIndexWritten(builder.Entries, builder.Filed, builder.LowQuality, builder.Degenerate, builder.Length);
    }

    public void Dispose()
    {
        _index = null;
        if (_mapped)
        {
            _mapped = false;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }

    internal static void Parallelly(int count, Action<int> body) =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, body);
}
