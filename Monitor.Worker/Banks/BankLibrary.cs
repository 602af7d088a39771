using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Worker.Banks.Formats;
using Monitor.Worker.Matching;

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

    public DamageMarks Marks { get; } = new(dataDirectory);

    /// <summary>Lays the lines of a list over a bank's present file, or compares them with it, and writes the new one.</summary>
    /// <param name="before">Null: a new bank.</param>
    /// <param name="whole">The list replaces what was there; a former file that is damaged is no hindrance then.</param>
    /// <returns>Path under the data directory, digest of the content, and what changed.</returns>
    public (string File, Digest Content, BankChange Change) Write(string name, HashKind kind, OpCursor ops, HashBankVersion? before, bool whole, LabelTombstones tombstones, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        var fault = HashFileFault.Missing;
        using var former = before is null ? null : Former(before, out fault, cancellation);
        if (former is null && before is not null && !whole)
        {
            throw Damaged(before.Id, fault);
        }

        var temporary = Path.Combine(Folder, $"{name}.{HashKindNames.Word(kind)}{Unfinished}");
        byte[] digest;
        BankChange change;
        using (var labels = new FileStream(temporary + ".labels", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose))
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            using var writer = new BankFileWriter(stream, labels, kind);
            change = BankMerge.Write(ops, former?.File, whole, tombstones, writer, cancellation) with { Compared = before is null || former is not null };
            digest = writer.Complete();
            stream.Flush(flushToDisk: true);
        }

        var file = $"{name}.{HashKindNames.Word(kind)}.{Convert.ToHexStringLower(digest.AsSpan(0, 8))}.bank";
        File.Move(temporary, Path.Combine(Folder, file), overwrite: true);
        return ($"{FolderName}/{file}", Digest.FromBytes(DigestKind.Sha256, digest), change);
    }

    /// <summary>
    /// Maps the banks that the rows name and their joint indexes; an index that is missing, foreign, damaged or made from other versions is
    /// built anew, after each bank that goes into it was read whole. Banks whose own file cannot be used are left out and named.
    /// </summary>
    /// <param name="rebuilt">Kinds whose index had to be built.</param>
    public BankSet Open(IReadOnlyList<HashBankVersion> rows, out IReadOnlyList<HashKind> rebuilt, CancellationToken cancellation)
    {
        var files = new List<IDisposable>();
        var names = new List<string>();
        var faults = new List<BankFault>();
        var banks = new List<BankInForce>();
        var indexes = new List<DigestIndex>();
        var built = new List<HashKind>();
        var pdq = PdqIndex.Empty;
        try
        {
            foreach (var row in rows.OrderBy(row => row.Id, StringComparer.Ordinal))
            {
                if (OpenBank(row, files, out var fault) is not { } file)
                {
                    faults.Add(new BankFault(row.Id, row.File, fault));
                }
                else if (Marks.Has(row.File) && !IsSound(row, file, cancellation))
                {
                    faults.Add(new BankFault(row.Id, row.File, HashFileFault.BodyDamaged));
                }
                else
                {
                    banks.Add(new BankInForce(row, file));
                }
            }

            foreach (var kind in Enum.GetValues<HashKind>())
            {
                var ofKind = banks.Where(bank => bank.Version.Kind == kind && bank.File.Count > 0).ToList();
                if (ofKind.Count > 0 && !TryOpenIndex(kind, ofKind, indexes, ref pdq, names, files))
                {
                    // What the index says is believed from then on: only what is as it was written goes in.
                    foreach (var damaged in ofKind.Where(bank => !IsSound(bank.Version, bank.File, cancellation)).ToList())
                    {
                        faults.Add(new BankFault(damaged.Version.Id, damaged.Version.File, HashFileFault.BodyDamaged));
                        banks.Remove(damaged);
                        ofKind.Remove(damaged);
                    }

                    if (ofKind.Count > 0 && !TryOpenIndex(kind, ofKind, indexes, ref pdq, names, files))
                    {
                        BuildIndex(kind, ofKind, cancellation);
                        built.Add(kind);
                        if (!TryOpenIndex(kind, ofKind, indexes, ref pdq, names, files))
                        {
                            throw new IOException($"{PathOf(kind, SourcesOf(ofKind))} cannot be read back");
                        }
                    }
                }
            }

            rebuilt = built;
            return new BankSet(banks, indexes, pdq, names, faults, files);
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

        var kept = rows.Select(row => row.File).Concat(spared).SelectMany(file => new[] { file, file + DamageMarks.Extension })
            .Concat(set.IndexNames.Select(name => $"{FolderName}/{name}"))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder))
        {
            // Lists of former versions of this program end in ".txt": they may be all there is of a bank.
            if (!kept.Contains($"{FolderName}/{Path.GetFileName(file)}") && Path.GetExtension(file) is ".bank" or ".idx" or Unfinished or ".labels" or ".unfinished" or DamageMarks.Extension)
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

    /// <summary>Reads the joint indexes whole and removes the files of those that are not what was written. Returns their kinds.</summary>
    public IReadOnlyList<HashKind> DropDamagedIndexes(BankSet set, CancellationToken cancellation)
    {
        var damaged = set.Indexes.Where(index => !index.IsWhole(cancellation))
            .Select(index => (Kind: index.Kind.ToHashKind(), Name: IndexName(index.Kind.ToHashKind(), index.Sources.ToArray()))).ToList();
        foreach (var name in set.IndexNames.Where(name => name.StartsWith(IndexPrefix(HashKind.Pdq), StringComparison.Ordinal)))
        {
            if (PdqIndexFile.Open(Path.Combine(Folder, name), PdqIndexCheck.Everything) is PdqIndexFileOpening.Opened opened)
            {
                opened.File.Dispose();
            }
            else
            {
                damaged.Add((HashKind.Pdq, name));
            }
        }

        foreach (var (_, name) in damaged)
        {
            File.Delete(Path.Combine(Folder, name));
        }

        return [.. damaged.Select(index => index.Kind)];
    }

    /// <summary>Reads a bank whole. One that is not what was written is marked; one that is loses its mark.</summary>
    public bool IsSound(HashBankVersion row, BankFile file, CancellationToken cancellation)
    {
        var whole = file.IsWhole(cancellation);
        if (whole)
        {
            Marks.Remove(row.File);
        }
        else
        {
            Marks.Set(row.File);
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

    private static string IndexPrefix(HashKind kind) => $"index.{HashKindNames.Word(kind)}.";

    private static string IndexName(HashKind kind, byte[] sources) => $"{IndexPrefix(kind)}{Convert.ToHexStringLower(sources.AsSpan(0, 8))}.idx";

    private string PathOf(HashKind kind, byte[] sources) => Path.Combine(Folder, IndexName(kind, sources));

    private bool TryOpenIndex(HashKind kind, IReadOnlyList<BankInForce> banks, List<DigestIndex> indexes, ref PdqIndex pdq, List<string> names, List<IDisposable> files)
    {
        var sources = SourcesOf(banks);
        var path = PathOf(kind, sources);
        if (kind == HashKind.Pdq)
        {
            if (PdqIndexFile.Open(path, PdqIndexCheck.Structure) is not PdqIndexFileOpening.Opened opened)
            {
                return false;
            }

            files.Add(opened.File);
            pdq = opened.File.Index;
        }
        else if (OpenIndex(path, DigestKindOf(kind), sources, files) is { } index)
        {
            indexes.Add(index);
        }
        else
        {
            return false;
        }

        names.Add(Path.GetFileName(path));
        return true;
    }

    private void BuildIndex(HashKind kind, IReadOnlyList<BankInForce> banks, CancellationToken cancellation)
    {
        var sources = SourcesOf(banks);
        IReadOnlyList<BankFile> files = [.. banks.Select(bank => bank.File)];
        if (kind == HashKind.Pdq)
        {
            WritePdq(PathOf(kind, sources), files, cancellation);
        }
        else
        {
            WriteDigests(PathOf(kind, sources), DigestKindOf(kind), sources, files, cancellation);
        }
    }

    private static DigestKind DigestKindOf(HashKind kind) => Enum.GetValues<DigestKind>().Single(digest => digest.ToHashKind() == kind);

    /// <summary>The perceptual hashes of all banks, each once, with the best quality any list gives it; one without any is taken as it is.</summary>
    private static void WritePdq(string path, IReadOnlyList<BankFile> banks, CancellationToken cancellation)
    {
        var most = checked((int)banks.Sum(bank => bank.Count));
        var hashes = new PdqHash[most];
        var qualities = new byte[most];
        var count = 0;
        var merge = new RowMerge(banks);
        while (merge.MoveNext(cancellation))
        {
            var hash = PdqHash.FromBytes(merge.Bank.Value(merge.Row));
            var quality = (byte)(merge.Bank.QualityOf(merge.Row) ?? 100);
            if (count > 0 && hashes[count - 1] == hash)
            {
                qualities[count - 1] = Math.Max(qualities[count - 1], quality);
            }
            else
            {
                (hashes[count], qualities[count]) = (hash, quality);
                count++;
            }
        }

        PdqIndexFile.Write(path, hashes.AsMemory(0, count), qualities.AsMemory(0, count));
    }

    private static unsafe DigestIndex? OpenIndex(string path, DigestKind kind, byte[] sources, List<IDisposable> files)
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
    private static void WriteDigests(string path, DigestKind kind, byte[] sources, IReadOnlyList<BankFile> banks, CancellationToken cancellation)
    {
        using (var stream = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            using var writer = new DigestIndexWriter(stream, kind, banks.Sum(bank => bank.Count), sources);
            var merge = new RowMerge(banks);
            while (merge.MoveNext(cancellation))
            {
                writer.Add(merge.Bank.Value(merge.Row));
            }

            writer.Complete();
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path, overwrite: true);
    }

    private unsafe BankFile? OpenBank(HashBankVersion row, List<IDisposable> files, out HashFileFault fault)
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

    private FormerBank? Former(HashBankVersion row, out HashFileFault fault, CancellationToken cancellation)
    {
        var files = new List<IDisposable>();
        if (OpenBank(row, files, out fault) is { } file)
        {
            // A delta laid over damage would give it a digest that is right.
            if (IsSound(row, file, cancellation))
            {
                return new FormerBank(file, files[0]);
            }

            files[0].Dispose();
            fault = HashFileFault.BodyDamaged;
        }

        return null;
    }

    public static HashFormatException Damaged(string bankId, HashFileFault fault) =>
        new($"ngân hàng {bankId} đang hỏng ({fault}): hãy nhập lại danh sách đầy đủ", $"bank {bankId} is damaged ({fault}): import the whole list again");

    private static byte[] BytesOf(Digest digest)
    {
        var bytes = new byte[digest.Length];
        digest.CopyTo(bytes);
        return bytes;
    }

    private sealed class FormerBank(BankFile file, IDisposable mapped) : IDisposable
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
