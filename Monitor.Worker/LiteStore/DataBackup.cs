using LiteDB;
using LiteDB.Engine;
using Monitor.Rules.Banks;
using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Evidence;
using Monitor.Worker.Scoring;
using Monitor.Worker.Storage;

namespace Monitor.Worker.LiteStore;

/// <summary>
/// A copy of the data directory, taken while work goes on, laid out as the directory itself: store, sealed items, hash banks, score models, and the
/// key file only when asked for. A copy counts once it has been read back: digests, row counts, the custody chain, where each sealed
/// item lies, and the first and last rows of each kind.
/// </summary>
/// <remarks>
/// Order is what makes it consistent: the store first, then the vault's keys, then its segments, which only grow. So whatever the copied
/// store refers to is in the copied vault, and whatever key is copied has its bytes.
/// </remarks>
public static class DataBackup
{
    /// <summary>Rows read back from either end of each collection.</summary>
    private const int Sample = 500;

    private const string KeyPath = "keys/vault.key";

    /// <summary>Key of the addresses that answers come to.</summary>
    private const string ReplyKeyPath = "keys/reply.key";

    /// <param name="vault">Null when nothing was ever sealed.</param>
    /// <param name="destination">Directory that does not exist or is empty.</param>
    /// <param name="includeKeyFile">True: who has the backup can read what was sealed.</param>
    public static async Task<BackupResult> CreateAsync(LiteMonitorStore store, SealedVault? vault, string destination, bool includeKeyFile, CancellationToken cancellation)
    {
        if (!IsFree(destination))
            return new BackupResult.NotEmpty(destination);
        Directory.CreateDirectory(destination);
        await store.CopyFileAsync(Path.Combine(destination, LiteMonitorStore.FileName), cancellation);
        if (vault is not null)
        {
            var folder = Path.Combine(destination, SealedVault.Folder);
            Directory.CreateDirectory(folder);
            await vault.CopyKeysAsync(Path.Combine(folder, SealedVault.KeyStoreName), cancellation);
            await CopyTreeAsync(Path.Combine(vault.Path, SealedVault.SegmentFolder), Path.Combine(folder, SealedVault.SegmentFolder), cancellation);
            if (includeKeyFile && vault.KeyFile.Length > 0)
                await CopyAsync(vault.KeyFile, Path.Combine(destination, KeyPath), cancellation, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        // Without it, answers to what went out before could no longer be told from forged ones. It opens nothing that is sealed.
        var reply = Path.Combine(store.Path, ReplyKeyPath);
        if (File.Exists(reply))
            await CopyAsync(reply, Path.Combine(destination, ReplyKeyPath), cancellation, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // The key that signs the log: whoever has it can pretend to be this house.
        var keys = Path.Combine(store.Path, "keys");
        if (includeKeyFile && Directory.Exists(keys))
        {
            foreach (var key in Directory.EnumerateFiles(keys, "*.key").Where(file => Path.GetFileName(file) != Path.GetFileName(KeyPath) && Path.GetFileName(file) != Path.GetFileName(ReplyKeyPath)))
                await CopyAsync(key, Path.Combine(destination, "keys", Path.GetFileName(key)), cancellation, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var models = Path.Combine(store.Path, ModelFiles.Folder);
        if (Directory.Exists(models))
            await CopyTreeAsync(models, Path.Combine(destination, ModelFiles.Folder), cancellation);

        var missing = new List<BackupProblem>();
        foreach (var file in BankFiles(destination))
        {
            var from = Path.Combine(store.Path, file);
            if (IsInside(store.Path, from) && File.Exists(from))
                await CopyAsync(from, Path.Combine(destination, file), cancellation);
            else
                missing.Add(new BackupProblem(file, "the store names this bank file, but it is not there"));
        }

        BackupManifest.Write(destination);
        return missing.Count > 0 ? new BackupResult.Unsound(missing) : await VerifyAsync(destination, cancellation);
    }

    /// <summary>Reads a backup back.</summary>
    public static Task<BackupResult> VerifyAsync(string backup, CancellationToken cancellation) => Task.Run(() => Verify(backup, cancellation), cancellation);

    /// <summary>Puts a backup where a store can be opened, after checking it and again after copying.</summary>
    /// <param name="directory">Directory that does not exist or is empty.</param>
    public static async Task<BackupResult> RestoreAsync(string backup, string directory, CancellationToken cancellation)
    {
        if (!IsFree(directory))
            return new BackupResult.NotEmpty(directory);
        if (await VerifyAsync(backup, cancellation) is BackupResult.Unsound unsound)
            return unsound;
        Directory.CreateDirectory(directory);
        await CopyTreeAsync(backup, directory, cancellation);
        var result = await VerifyAsync(directory, cancellation);
        if (result is BackupResult.Whole)
            File.Delete(Path.Combine(directory, BackupManifest.FileName));
        return result;
    }

    private static BackupResult Verify(string backup, CancellationToken cancellation)
    {
        var (names, problems) = BackupManifest.Check(backup);
        if (problems.Count > 0)
            return new BackupResult.Unsound(problems);
        var found = new List<BackupProblem>();
        if (!names.Contains(LiteMonitorStore.FileName))
            found.Add(new BackupProblem(LiteMonitorStore.FileName, "it is not there"));

        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var custody = new ChainVerdict.Intact(0, CustodyCanonical.Genesis);
        long items = 0;
        if (found.Count == 0)
        {
            Read(backup, LiteMonitorStore.FileName, found, database => custody = CheckStore(database, rows, found, cancellation));
            if (names.Contains($"{SealedVault.Folder}/{SealedVault.KeyStoreName}"))
                Read(backup, $"{SealedVault.Folder}/{SealedVault.KeyStoreName}", found, database => items = CheckVault(database, backup, found, cancellation));
        }

        if (found.Count > 0)
            return new BackupResult.Unsound(found);
        return new BackupResult.Whole(new BackupReport
        {
            Rows = rows,
            CustodyEntries = custody.Count,
            CustodyHead = custody.Head,
            VaultItems = items,
            Files = names.Count,
            Bytes = names.Sum(name => new FileInfo(Path.Combine(backup, name)).Length),
            HasKeyFile = names.Contains(KeyPath),
        });
    }

    private static ChainVerdict.Intact CheckStore(LiteDatabase database, SortedDictionary<string, long> rows, List<BackupProblem> found, CancellationToken cancellation)
    {
        foreach (var name in RowTables.Collections)
        {
            cancellation.ThrowIfCancellationRequested();
            var collection = database.GetCollection(name);
            rows[name] = collection.LongCount();
            foreach (var document in collection.Query().OrderBy("$._id").Limit(Sample).ToEnumerable().Concat(collection.Query().OrderByDescending("$._id").Limit(Sample).ToEnumerable()))
                Decode(name, document);
        }

        var numbers = new StoreNumbers();
        numbers.Load(database);
        if (numbers.Committed.Targets != rows[RowTables.Targets.Name])
            found.Add(new BackupProblem(LiteMonitorStore.FileName, $"{rows[RowTables.Targets.Name]} targets where {numbers.Committed.Targets} were counted"));

        var entries = database.GetCollection(RowTables.Custody).Query().OrderBy("$._id").ToEnumerable().Select(LiteMonitorStore.ReadEntry);
        switch (CustodyChain.Verify(entries))
        {
            case ChainVerdict.Intact intact:
                return intact;
            case ChainVerdict.Broken broken:
                found.Add(new BackupProblem(LiteMonitorStore.FileName, $"the custody chain breaks at {broken.Sequence}: {broken.Why}"));
                break;
        }

        return new ChainVerdict.Intact(0, CustodyCanonical.Genesis);
    }

    private static long CheckVault(LiteDatabase database, string backup, List<BackupProblem> found, CancellationToken cancellation)
    {
        var lengths = new Dictionary<int, long>();
        long count = 0;
        foreach (var item in database.GetCollection(SealedVault.Items).FindAll())
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            var segment = item["s"].AsInt32;
            var name = $"{SealedVault.Folder}/{SealedVault.SegmentFolder}/{SegmentFiles.FileName(segment)}";
            if (!lengths.TryGetValue(segment, out var length))
            {
                var file = new FileInfo(Path.Combine(backup, name));
                lengths[segment] = length = file.Exists ? file.Length : 0;
            }

            if (item["p"].AsInt64 + ItemCipher.SealedLength(item["l"].AsInt64, item["c"].AsInt32) > length)
                found.Add(new BackupProblem(name, $"it ends before {item["_id"].AsString}"));
        }

        return count;
    }

    private static void Decode(string collection, BsonDocument document)
    {
        var body = document["b"].AsBinary;
        _ = collection switch
        {
            "targets" => RowJson.Read<Target>(body),
            "candidates" => RowJson.Read<Candidate>(body),
            "cases" => RowJson.Read<Case>(body),
            "requests" => RowJson.Read<TakedownRequest>(body),
            "notices" => RowJson.Read<Notice>(body),
            "outbox" => RowJson.Read<OutboxMessage>(body),
            "series" => RowJson.Read<NumberSeries>(body),
            "banks" => RowJson.Read<HashBankVersion>(body),
            "hash_entries" => RowJson.Read<HashEntryState>(body),
            RowTables.Observations => RowJson.Read<Observation>(body),
            RowTables.Reports => RowJson.Read<IntakeReport>(body),
            RowTables.Custody => LiteMonitorStore.ReadEntry(document),
            _ => (object)document,
        };
    }

    private static List<string> BankFiles(string backup)
    {
        var files = new List<string>();
        Read(backup, LiteMonitorStore.FileName, [], database => files.AddRange(
            database.GetCollection(RowTables.Banks.Name).FindAll().Select(document => RowTable<HashBankVersion>.Decode(document).File)));
        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Opens a copied database without writing to it.</summary>
    private static void Read(string backup, string name, List<BackupProblem> found, Action<LiteDatabase> read)
    {
        using var data = File.OpenRead(Path.Combine(backup, name));
        using var log = new MemoryStream();
        try
        {
            using var database = new LiteDatabase(new LiteEngine(new EngineSettings { DataStream = data, LogStream = log, ReadOnly = true }), new BsonMapper());
            read(database);
        }
        catch (Exception failure) when (failure is LiteException or InvalidDataException or System.Text.Json.JsonException or InvalidCastException or NullReferenceException or IndexOutOfRangeException or ArgumentException)
        {
            found.Add(new BackupProblem(name, failure.Message));
        }
    }

    private static bool IsFree(string directory) => !File.Exists(directory) && (!Directory.Exists(directory) || !Directory.EnumerateFileSystemEntries(directory).Any());

    private static bool IsInside(string directory, string path) =>
        Path.GetFullPath(path).StartsWith(Path.GetFullPath(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static async Task CopyTreeAsync(string from, string to, CancellationToken cancellation)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var mode = OperatingSystem.IsWindows() ? (UnixFileMode?)null : File.GetUnixFileMode(file);
            await CopyAsync(file, Path.Combine(to, Path.GetRelativePath(from, file)), cancellation, mode);
        }
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellation, UnixFileMode? mode = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (mode is not null && !OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await using var target = new FileStream(to, options);
        await source.CopyToAsync(target, cancellation);
        await target.FlushAsync(cancellation);
        target.Flush(flushToDisk: true);
    }
}
