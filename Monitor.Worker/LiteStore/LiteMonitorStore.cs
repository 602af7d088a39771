using LiteDB;
using Monitor.Rules.Custody;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;
using Monitor.Worker.Storage;

namespace Monitor.Worker.LiteStore;

/// <summary>
/// The embedded store: one LiteDB file, "monitor.db" with its log "monitor-log.db", in a directory that one process owns.
/// Every write passes a <see cref="WriteGate"/>; reads see the last commit and wait for nobody. Reads happen on the calling thread
/// and are done when the call returns; between a commit and the end of its task a reader may see what a power cut could still undo.
/// </summary>
public sealed partial class LiteMonitorStore : IMonitorStore, IAsyncDisposable
{
    public const string FileName = "monitor.db";

    /// <summary>The format this program writes.</summary>
    public const int Format = 2;

    private const string FormatId = "format";

    /// <summary>What is due so long says that the house is behind.</summary>
    private static readonly TimeSpan BehindAfter = TimeSpan.FromMinutes(15);

    /// <summary>Claims looked through for the oldest deadlines when it is.</summary>
    private const int Lookahead = 5;

    private readonly DataDirectory _directory;
    private readonly LiteFile _file;
    private readonly WriteGate _gate;
    private readonly StoreNumbers _numbers;
    private int _disposed;

    private LiteMonitorStore(DataDirectory directory, LiteFile file, WriteGate gate, StoreNumbers numbers)
    {
        _directory = directory;
        _file = file;
        _gate = gate;
        _numbers = numbers;
    }

    /// <summary>Directory of the store.</summary>
    public string Path => _directory.Path;

    private LiteDatabase Database => Volatile.Read(ref _disposed) == 0 ? _file.Database : throw new ObjectDisposedException(nameof(LiteMonitorStore));

    /// <summary>Opens the store in <paramref name="directory"/>, creating both when they are not there. Recovers by itself from a process that was killed.</summary>
    public static Task<StoreOpening> OpenAsync(string directory, LiteStoreOptions? options = null) =>
        OpenAsync(directory, options ?? new LiteStoreOptions(), Format, StoreMigration.All);

    internal static Task<StoreOpening> OpenAsync(string directory, LiteStoreOptions options, int known, IReadOnlyList<StoreMigration> migrations) =>
        Task.Run(() => Open(directory, options, known, migrations));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _gate.DisposeAsync();
        _file.Dispose();
        _directory.Dispose();
    }

    public async Task<SaveResult> CommitAsync(ChangeSet changes, CancellationToken cancellation)
    {
        var commit = Prepare(changes);
        return await _gate.RunAsync(commit.Apply, cancellation);
    }

    public Task<IReadOnlyList<Claimed<Target>>> ClaimDueTargetsAsync(DateTimeOffset now, TimeSpan lease, int count, CancellationToken cancellation) =>
        ClaimAsync(RowTables.Targets, LeaseKind.Target, now, lease, count, cancellation);

    public Task<IReadOnlyList<Claimed<OutboxMessage>>> ClaimDueMessagesAsync(DateTimeOffset now, TimeSpan lease, int count, CancellationToken cancellation) =>
        ClaimAsync(RowTables.Outbox, LeaseKind.Outbox, now, lease, count, cancellation);

    public async Task MaintainAsync(CancellationToken cancellation) =>
        await _gate.RunAloneAsync(turn => { turn.Database.Checkpoint(); return true; }, cancellation);

    /// <summary>Copies the data file as one consistent state while writers wait; readers go on.</summary>
    internal async Task CopyFileAsync(string destination, CancellationToken cancellation) =>
        await _gate.RunAloneAsync(
            turn =>
            {
                turn.Database.Checkpoint();
                turn.File.CopyTo(destination);
                return true;
            },
            cancellation);

    private static StoreOpening Open(string directory, LiteStoreOptions options, int known, IReadOnlyList<StoreMigration> migrations)
    {
        if (DataDirectory.TryLock(directory) is not { } owned)
            return new StoreOpening.AlreadyOwned(directory);

        var file = LiteFile.TryOpen(System.IO.Path.Combine(directory, FileName), out var problem);
        if (file is null)
        {
            owned.Dispose();
            return new StoreOpening.Damaged(problem);
        }

        // Nobody else knows the file yet, so this thread may write it: the gate starts afterwards.
        StoreOpening? refused;
        var numbers = new StoreNumbers();
        try
        {
            refused = Prepare(file.Database, known, migrations);
            if (refused is null)
                numbers.Load(file.Database);
        }
        catch (Exception failure) when (failure is LiteException or InvalidCastException or NullReferenceException or IndexOutOfRangeException or ArgumentException or IOException)
        {
            refused = new StoreOpening.Damaged(failure.Message);
        }

        if (refused is not null)
        {
            file.Dispose();
            owned.Dispose();
            return refused;
        }

        return new StoreOpening.Opened(new LiteMonitorStore(owned, file, new WriteGate(file, "monitor store", options.Gate, numbers), numbers));
    }

    private static StoreOpening? Prepare(LiteDatabase database, int known, IReadOnlyList<StoreMigration> migrations)
    {
        var meta = database.GetCollection(RowTables.Meta);
        var format = meta.FindById(FormatId)?["n"].AsInt32;
        if (format is null)
        {
            if (database.GetCollectionNames().Except([RowTables.Meta]).Any(name => database.GetCollection(name).Count() > 0))
                return new StoreOpening.Damaged("rows without a format number");
        }
        else if (format > known)
        {
            return new StoreOpening.TooNew(format.Value, known);
        }

        // The engine folds its log when it likes unless told not to; the gate does it.
        if (database.CheckpointSize != 0)
            database.CheckpointSize = 0;
        EnsureIndexes(database);
        for (var at = format ?? known; at < known; at++)
        {
            var step = migrations.FirstOrDefault(migration => migration.From == at);
            if (step is null)
                return new StoreOpening.Damaged($"no way leads from format {at} to {at + 1}");
            database.BeginTrans();
            step.Apply(database);
            meta.Upsert(new BsonDocument { ["_id"] = FormatId, ["n"] = at + 1 });
            database.Commit();
        }

        if (format is null)
            meta.Upsert(new BsonDocument { ["_id"] = FormatId, ["n"] = known });
        database.Checkpoint();
        return null;
    }

    private static void EnsureIndexes(LiteDatabase database)
    {
        foreach (var table in RowTables.All)
        {
            var collection = database.GetCollection(table.Name);
            collection.EnsureIndex("k", "$.k[*]");
            if (table == RowTables.Targets || table == RowTables.Outbox || table == RowTables.Requests || table == RowTables.ShredOrders || table == RowTables.Transfers)
                collection.EnsureIndex("d", "$.d");
            if (table == RowTables.Targets)
                collection.EnsureIndex("u", "$.u", unique: true);
        }

        database.GetCollection(RowTables.Reports).EnsureIndex("k", "$.k[*]");
        database.GetCollection(RowTables.Custody).EnsureIndex("i", "$.i");
    }

    private async Task<IReadOnlyList<Claimed<T>>> ClaimAsync<T>(RowTable<T> table, LeaseKind kind, DateTimeOffset now, TimeSpan lease, int count, CancellationToken cancellation)
        where T : class, Rules.IVersioned
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        // Most ticks find nothing due: a look at the index spares them the gate.
        if (count <= 0 || NextDue(table) is not { } earliest || earliest > now)
            return [];

        // After a downtime more is due than can be done at once: then the oldest legal deadline goes first, as far as one look reaches.
        var behind = table.Deadline is not null && now - earliest > BehindAfter;
        var taken = await _gate.RunAsync(
            turn =>
            {
                var collection = turn.Database.GetCollection(table.Name);
                var due = collection.Query().Where(DueBy, now.ToUnixTimeMilliseconds()).OrderBy(Due).Limit(behind ? count * Lookahead : count).ToList();
                if (behind)
                    due = [.. due.OrderBy(document => document.TryGetValue("l", out var deadline) ? deadline.AsInt64 : RowTable.Never).ThenBy(document => document["d"].AsInt64).Take(count)];
                var until = (now + lease).ToUnixTimeMilliseconds();
                foreach (var document in due)
                {
                    turn.Wrote = true;
                    _numbers.Now = _numbers.Now with { Token = _numbers.Now.Token + 1 };
                    document["t"] = _numbers.Now.Token;
                    document["h"] = until;
                    document["d"] = until;
                    collection.Update(document);
                }

                return due;
            },
            cancellation);
        return [.. taken.Select(document => new Claimed<T>(
            RowTable<T>.Decode(document),
            new Lease(kind, document["_id"].AsString, document["t"].AsInt64, DateTimeOffset.FromUnixTimeMilliseconds(document["h"].AsInt64))))];
    }

    private Commit Prepare(ChangeSet changes)
    {
        if (changes.Custody.Count == 0)
            throw new ArgumentException("An act without a custody entry does not happen.", nameof(changes));

        var puts = new List<Put>(changes.Upserts.Count);
        foreach (var row in changes.Upserts)
        {
            var table = RowTables.Of(row);
            puts.Add(new Put(table.Name, row.Id, row.Version, table.Encode(row)));
        }

        var appends = new List<Append>(changes.Observations.Count + changes.Reports.Count);
        foreach (var observation in changes.Observations)
        {
            // Lists are read by range of id.
            if (observation.Id != ObservationId(observation.TargetId, observation.Number))
                throw new ArgumentException($"{observation.Id} is not the id of observation {observation.Number} of {observation.TargetId}.", nameof(changes));
            appends.Add(new Append(RowTables.Observations, observation.Id, RowTable.Append(observation.Id, null, RowJson.Write(observation))));
        }

        foreach (var report in changes.Reports)
            appends.Add(new Append(RowTables.Reports, report.Id, RowTable.Append(report.Id, RowTable.Key(RowTables.ByTarget, report.TargetId, report.Id), RowJson.Write(report))));
        return new Commit(_numbers, puts, appends, changes.Leases, changes.Custody);
    }

    private static string ObservationId(string targetId, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{targetId}/{number:D8}");

    private sealed record Put(string Table, string Id, long Expected, BsonDocument Document);

    private sealed record Append(string Table, string Id, BsonDocument Document);

    /// <summary>One change set, encoded; <see cref="Apply"/> runs on the gate's thread, more than once when a neighbour failed.</summary>
    private sealed class Commit(StoreNumbers numbers, List<Put> puts, List<Append> appends, IReadOnlyList<Lease> leases, IReadOnlyList<CustodyDraft> custody)
    {
        public SaveResult Apply(GateTurn turn)
        {
            var database = turn.Database;
            var standing = new BsonDocument?[puts.Count];
            var leased = new Dictionary<(string Table, string Id), BsonDocument>();
            if (FindConflict(database, standing, leased) is { } item)
                return new SaveResult.Conflict(item);

            turn.Wrote = true;
            for (var i = 0; i < puts.Count; i++)
                Write(database, puts[i], standing[i], leased.Remove((puts[i].Table, puts[i].Id)));

            // Leases given back without a change of the row: it is due when it says.
            foreach (var ((table, _), document) in leased)
            {
                GiveBack(document);
                database.GetCollection(table).Update(document);
            }

            foreach (var append in appends)
                database.GetCollection(append.Table).Insert(append.Document);
            return new SaveResult.Saved(Log(database));
        }

        private string? FindConflict(LiteDatabase database, BsonDocument?[] standing, Dictionary<(string Table, string Id), BsonDocument> leased)
        {
            foreach (var lease in leases)
            {
                var table = lease.Kind == LeaseKind.Target ? RowTables.Targets.Name : RowTables.Outbox.Name;
                var document = database.GetCollection(table).FindById(lease.Id);
                if (document is null || lease.Token == 0 || document["t"].AsInt64 != lease.Token)
                    return lease.Id;
                leased[(table, lease.Id)] = document;
            }

            HashSet<string>? urls = null;
            for (var i = 0; i < puts.Count; i++)
            {
                var put = puts[i];
                var collection = database.GetCollection(put.Table);
                var found = leased.TryGetValue((put.Table, put.Id), out var held) ? held : collection.FindById(put.Id);
                if ((found?["v"].AsInt64 ?? 0) != put.Expected)
                    return put.Id;
                standing[i] = found;
                if (put.Table != RowTables.Targets.Name)
                    continue;

                var url = put.Document["u"];
                if (!(urls ??= []).Add(Convert.ToBase64String(url.AsBinary)))
                    return put.Id;
                if (found is null || found["u"] != url)
                {
                    var other = collection.FindOne(ByUrl, url);
                    if (other is not null && other["_id"].AsString != put.Id)
                        return other["_id"].AsString;
                }
            }

            HashSet<(string, string)>? appended = null;
            foreach (var append in appends)
            {
                if (!(appended ??= []).Add((append.Table, append.Id)) || database.GetCollection(append.Table).FindById(append.Id) is not null)
                    return append.Id;
            }

            return null;
        }

        private void Write(LiteDatabase database, Put put, BsonDocument? standing, bool leaseHeld)
        {
            var document = put.Document;
            if (document.ContainsKey("n"))
            {
                if (leaseHeld || standing is null)
                {
                    GiveBack(document);
                }
                else
                {
                    // Somebody else may hold it: their token stays good, and the row stays hidden until their lease ends.
                    document["t"] = standing["t"];
                    document["h"] = standing["h"];
                    var asked = document["n"].AsInt64;
                    document["d"] = asked == RowTable.Never ? RowTable.Never : Math.Max(asked, standing["h"].AsInt64);
                }
            }

            var collection = database.GetCollection(put.Table);
            if (standing is not null)
            {
                collection.Update(document);
                return;
            }

            collection.Insert(document);
            if (put.Table == RowTables.Targets.Name)
                numbers.Now = numbers.Now with { Targets = numbers.Now.Targets + 1 };
        }

        private static void GiveBack(BsonDocument document)
        {
            document["t"] = 0L;
            document["h"] = 0L;
            document["d"] = document["n"];
        }

        private long Log(LiteDatabase database)
        {
            var collection = database.GetCollection(RowTables.Custody);
            var head = numbers.Now.Custody;
            foreach (var draft in custody)
            {
                var canonical = CustodyCanonical.Write(new CustodyEntry(head.Sequence + 1, draft, head.Hash));
                head = new CustodyHead(head.Sequence + 1, CustodyCanonical.Hash(canonical));
                collection.Insert(new BsonDocument { ["_id"] = head.Sequence, ["i"] = RowTable.Short(draft.Item), ["b"] = canonical });
            }

            numbers.Now = numbers.Now with { Custody = head };
            return head.Sequence;
        }
    }
}
