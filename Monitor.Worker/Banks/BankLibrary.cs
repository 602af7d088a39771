using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Worker.Banks.Formats;

namespace Monitor.Worker.Banks;

/// <summary>
/// The bank files and joint indexes under "banks" in the data directory. A file is written beside its place, forced to disk, then given its
/// name, and never changed afterwards; its name has the digest of its content. The store's rows say which files count: whatever else lies
/// here is left over from an import that did not come to its end, and goes.
/// </summary>
internal sealed class BankLibrary(string dataDirectory)
{
    public const string FolderName = "banks";
    private const string Unfinished = ".new";

    public string Folder { get; } = Path.Combine(dataDirectory, FolderName);

    /// <summary>Lays the lines of a list over a bank's present file and writes the new one.</summary>
    /// <param name="before">Null: a whole list.</param>
    /// <returns>Path under the data directory, digest of the content, and what changed.</returns>
    public (string File, Digest Content, BankChange Change) Write(string name, HashKind kind, OpCursor ops, HashBankVersion? before, LabelTombstones tombstones, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        using var former = before is null ? null : Former(before);
        var temporary = Path.Combine(Folder, $"{name}.{HashKindNames.Word(kind)}{Unfinished}");
        byte[] digest;
        BankChange change;
        using (var labels = new FileStream(temporary + ".labels", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose))
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            using var writer = new BankFileWriter(stream, labels, kind);
            change = BankMerge.Write(ops, former?.File, tombstones, writer, cancellation);
            digest = writer.Complete();
            stream.Flush(flushToDisk: true);
        }

        var file = $"{name}.{HashKindNames.Word(kind)}.{Convert.ToHexStringLower(digest.AsSpan(0, 8))}.bank";
        File.Move(temporary, Path.Combine(Folder, file), overwrite: true);
        return ($"{FolderName}/{file}", Digest.FromBytes(DigestKind.Sha256, digest), change);
    }

    /// <summary>
    /// Maps the banks that the rows name and their joint indexes; an index that is missing, foreign, damaged or made from other versions is
    /// built anew. Banks whose own file cannot be used are left out and named.
    /// </summary>
    /// <param name="without">Ids of banks known to be damaged inside.</param>
    /// <param name="rebuilt">Kinds whose index had to be built.</param>
    public BankSet Open(IReadOnlyList<HashBankVersion> rows, IReadOnlySet<string> without, out IReadOnlyList<DigestKind> rebuilt, CancellationToken cancellation)
    {
        var files = new List<MappedFile>();
        var faults = new List<BankFault>();
        var banks = new List<BankInForce>();
        var indexes = new List<DigestIndex>();
        var built = new List<DigestKind>();
        try
        {
            foreach (var row in rows)
            {
                if (without.Contains(row.Id))
                {
                    faults.Add(new BankFault(row.Id, row.File, HashFileFault.BodyDamaged));
                }
                else if (OpenBank(row, files, out var fault) is { } file)
                {
                    banks.Add(new BankInForce(row, file));
                }
                else
                {
                    faults.Add(new BankFault(row.Id, row.File, fault));
                }
            }

            foreach (var kind in Enum.GetValues<DigestKind>())
            {
                var ofKind = banks.Where(bank => bank.Version.Kind == kind.ToHashKind() && bank.File.Count > 0).ToList();
                if (ofKind.Count == 0)
                {
                    continue;
                }

                var sources = SourcesOf(ofKind);
                var path = Path.Combine(Folder, IndexName(kind, sources));
                var index = OpenIndex(path, kind, sources, files);
                if (index is null)
                {
                    BuildIndex(path, kind, sources, [.. ofKind.Select(bank => bank.File)], cancellation);
                    built.Add(kind);
                    index = OpenIndex(path, kind, sources, files) ?? throw new IOException($"{path} cannot be read back");
                }

                indexes.Add(index);
            }

            rebuilt = built;
            return new BankSet(banks, indexes, faults, files);
        }
        catch
        {
            foreach (var file in files)
            {
                file.Dispose();
            }

            throw;
        }
    }

    /// <summary>Removes what no row and no index in force names.</summary>
    /// <param name="spared">Further files under the data directory that somebody may still be copying.</param>
    public void Clean(BankSet set, IReadOnlyList<HashBankVersion> rows, IReadOnlySet<string> spared)
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        var kept = rows.Select(row => row.File).Concat(spared)
            .Concat(set.Indexes.Select(index => $"{FolderName}/{IndexName(index.Kind, index.Sources.ToArray())}"))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder))
        {
            // Lists of former versions of this program end in ".txt": they may be all there is of a bank.
            if (!kept.Contains($"{FolderName}/{Path.GetFileName(file)}") && Path.GetExtension(file) is ".bank" or ".idx" or Unfinished or ".labels")
            {
                File.Delete(file);
            }
        }

    }

    /// <summary>Removes what imports left that were cut short. None may be under way.</summary>
    public void CleanImports()
    {
        if (Directory.Exists(Folder))
        {
            foreach (var folder in Directory.EnumerateDirectories(Folder, "import-*"))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Reads the joint indexes whole and removes the files of those that are not what was written. True: all are.</summary>
    public bool DropDamagedIndexes(BankSet set, CancellationToken cancellation)
    {
        var whole = true;
        foreach (var index in set.Indexes.Where(index => !index.IsWhole(cancellation)))
        {
            whole = false;
            File.Delete(Path.Combine(Folder, IndexName(index.Kind, index.Sources.ToArray())));
        }

        return whole;
    }

    /// <summary>A folder for the runs of one import, gone when it is disposed of.</summary>
    public ImportFolder NewImportFolder() => new(Path.Combine(Folder, "import-" + Path.GetRandomFileName()));

    private static byte[] SourcesOf(IReadOnlyList<BankInForce> banks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var content in banks.Select(bank => Convert.ToHexStringLower(bank.File.ContentDigest)).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.ASCII.GetBytes(content));
        }

        return hash.GetHashAndReset();
    }

    private static string IndexName(DigestKind kind, byte[] sources) =>
        string.Create(CultureInfo.InvariantCulture, $"index.{HashKindNames.Word(kind.ToHashKind())}.{Convert.ToHexStringLower(sources.AsSpan(0, 8))}.idx");

    private static unsafe DigestIndex? OpenIndex(string path, DigestKind kind, byte[] sources, List<MappedFile> files)
    {
        if (MappedFile.TryOpen(path, out _) is not { } mapped)
        {
            return null;
        }

        if (DigestIndex.Open(mapped.Start, mapped.Length, kind) is HashFileOpening<DigestIndex>.Opened opened && opened.File.Sources.SequenceEqual(sources))
        {
            files.Add(mapped);
            return opened.File;
        }

        mapped.Dispose();
        return null;
    }

    /// <summary>Merges the banks' hashes, which are in order already.</summary>
    private static void BuildIndex(string path, DigestKind kind, byte[] sources, IReadOnlyList<BankFile> banks, CancellationToken cancellation)
    {
        using (var stream = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            using var writer = new DigestIndexWriter(stream, kind, banks.Sum(bank => bank.Count), sources);
            var rows = new long[banks.Count];
            for (long steps = 1; ; steps++)
            {
                if ((steps & 0xFFFF) == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                var least = -1;
                for (var i = 0; i < rows.Length; i++)
                {
                    if (rows[i] < banks[i].Count && (least < 0 || banks[i].Value(rows[i]).SequenceCompareTo(banks[least].Value(rows[least])) < 0))
                    {
                        least = i;
                    }
                }

                if (least < 0)
                {
                    break;
                }

                writer.Add(banks[least].Value(rows[least]++));
            }

            writer.Complete();
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path, overwrite: true);
    }

    private unsafe BankFile? OpenBank(HashBankVersion row, List<MappedFile> files, out HashFileFault fault)
    {
        var path = Path.GetFullPath(Path.Combine(dataDirectory, row.File));
        if (!path.StartsWith(Path.GetFullPath(Folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            fault = HashFileFault.Missing;
            return null;
        }

        if (MappedFile.TryOpen(path, out fault) is not { } mapped)
        {
            return null;
        }

        switch (BankFile.Open(mapped.Start, mapped.Length, row.Kind))
        {
            case HashFileOpening<BankFile>.Opened opened when opened.File.ContentDigest.SequenceEqual(BytesOf(row.FileDigest)):
                files.Add(mapped);
                return opened.File;
            case HashFileOpening<BankFile>.Refused refused:
                fault = refused.Fault;
                break;
            default:
                fault = HashFileFault.OtherSources;
                break;
        }

        mapped.Dispose();
        return null;
    }

    private FormerBank Former(HashBankVersion row)
    {
        var files = new List<MappedFile>();
        return OpenBank(row, files, out var fault) is { } file
            ? new FormerBank(file, files[0])
            : throw new HashFormatException($"ngân hàng {row.Id} đang hỏng ({fault}): hãy nhập lại danh sách đầy đủ", $"bank {row.Id} is damaged ({fault}): import the whole list again");
    }

    private static byte[] BytesOf(Digest digest)
    {
        var bytes = new byte[digest.Length];
        digest.CopyTo(bytes);
        return bytes;
    }

    private sealed class FormerBank(BankFile file, MappedFile mapped) : IDisposable
    {
        public BankFile File => file;

        public void Dispose() => mapped.Dispose();
    }
}

/// <summary>Where one import keeps its runs.</summary>
internal sealed class ImportFolder : IDisposable
{
    public ImportFolder(string path)
    {
        Path = path;
        Directory.CreateDirectory(path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
