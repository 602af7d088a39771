using System.Globalization;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Sharing;
using Monitor.Worker.Banks;
using Monitor.Worker.Banks.Formats;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Hash lists in. The order of an import is what makes it safe to be cut short anywhere: new files under new names, then the rows that name
/// them in one save with the custody entry, then the swap, then the old files go. Before the save the old bank is in force, after it the new one.
/// </summary>
public sealed class HashBankOperations : IDisposable
{
    private readonly Desk _desk;
    private readonly BankIndex _index;
    private readonly BankLibrary _library;
    private readonly SemaphoreSlim _turn = new(1, 1);

    // A backup that began before an import still copies what the rows named then.
    private HashSet<string> _retired = new(StringComparer.Ordinal);
    private DateTimeOffset? _verifiedAt;

    public HashBankOperations(Desk desk, BankIndex index, string dataDirectory) =>
        (_desk, _index, _library) = (desk, index, new BankLibrary(dataDirectory));

    /// <summary>Called as an import passes each step.</summary>
    internal Action<BankStep> Passed { get; init; } = _ => { };

    /// <summary>Takes a list in from a file.</summary>
    /// <param name="report">Told of every line that cannot be used, as it is read.</param>
    public async Task<OperationResult<BankImport>> ImportAsync(Actor actor, BankImportOrder order, string file, Action<BadHashLine> report, CancellationToken cancellation)
    {
        if (Check(actor, order) is { } refusal)
        {
            return refusal;
        }

        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 18, FileOptions.SequentialScan);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Invalid, "file-unreadable", file, problem.Message);
        }

        await using (stream)
        {
            return await ImportAsync(actor, order, stream, Path.GetFileName(file), report, cancellation);
        }
    }

    /// <inheritdoc cref="ImportAsync(Actor, BankImportOrder, string, Action{BadHashLine}, CancellationToken)"/>
    /// <param name="fileName">Without its folder; "-" for a stream.</param>
    public async Task<OperationResult<BankImport>> ImportAsync(Actor actor, BankImportOrder order, Stream list, string fileName, Action<BadHashLine> report, CancellationToken cancellation)
    {
        if (Check(actor, order) is { } refused)
        {
            return refused;
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => ImportAloneAsync(actor, order, list, fileName, report, cancellation), cancellation);
        }
        catch (HashFormatException problem)
        {
            return new Refusal(RefusalKind.Invalid, "list-unreadable", fileName, problem.Vietnamese, problem.Message);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Invalid, "file-unreadable", fileName, problem.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Opens the versions in force; builds joint indexes that are missing or cannot be used. Returns the banks that are not in force.</summary>
    public async Task<IReadOnlyList<BankFault>> LoadAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            _index.Replace(await _desk.Store.HashEntriesAsync(cancellation));
            var rows = await _desk.Store.BanksAsync(cancellation);
            var set = await Task.Run(() => _library.Open(rows, out _, cancellation), cancellation);
            _index.Replace(set);
            _library.Clean(set, rows, _retired);
            _library.CleanImports();
            return set.Faults;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Reads every bank and index file whole and compares it with its digest. A damaged index is built anew; a damaged bank is taken out of
    /// force, in later processes too, and people are told once.
    /// </summary>
    public async Task<BankVerification> VerifyAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var rows = await _desk.Store.BanksAsync(cancellation);
            List<BankInForce> damaged;
            IReadOnlyList<HashKind> dropped;
            using (var lease = _index.Enter())
            {
                var set = lease.Set;
                (damaged, dropped) = await Task.Run(() => (
                    set.Banks.Where(bank => !_library.IsSound(bank.Version, bank.File, cancellation)).ToList(),
                    _library.DropDamagedIndexes(set, cancellation)), cancellation);
            }

            IReadOnlyList<HashKind> rebuilt = [];
            if (damaged.Count > 0 || dropped.Count > 0)
            {
                _index.Replace(await Task.Run(() => _library.Open(rows, out rebuilt, cancellation), cancellation));
            }

            // Those that were found as an index was built among them.
            foreach (var (id, file, _) in _index.Faults.Where(fault => fault.Fault == HashFileFault.BodyDamaged && !_library.Marks.IsTold(fault.File)))
            {
                await _desk.ActAsync<bool>(async token =>
                {
                    var changes = new ChangeSet().Log(Actor.System.Log(_desk.Now, "bank-damaged", id, "the file does not have the digest it was written with"));
                    await StaffAlerts.AddAsync(_desk, changes, Actor.System.AgencyId,
                        $"Ngân hàng băm hỏng / hash bank damaged: {id}",
                        $"Ngân hàng / bank: {id}\nNgân hàng này không còn được dùng để đối sánh; hãy nhập lại danh sách đầy đủ hoặc khôi phục bản sao lưu.\nIt is out of force; import the whole list again or restore a backup.",
                        token);
                    return Decided<bool>.To(true, changes);
                }, cancellation);
                _library.Marks.SetTold(file);
            }

            return new BankVerification(_index.Faults, rebuilt);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary><see cref="VerifyAsync"/> once a day, beginning with the first call.</summary>
    public async Task MaintainAsync(CancellationToken cancellation)
    {
        if (_verifiedAt is { } last && _desk.Now - last < TimeSpan.FromDays(1))
        {
            return;
        }

        _verifiedAt = _desk.Now;
        await VerifyAsync(cancellation);
    }

    public void Dispose() => _turn.Dispose();

    private static Refusal? Check(Actor actor, BankImportOrder order)
    {
        if (actor.Needs(Role.Analyst, Role.Administrator) is { } refused)
        {
            return refused;
        }

        if (order.Bank.Length is 0 or > 60 || !order.Bank.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return new Refusal(RefusalKind.Invalid, "bank-name", order.Bank);
        }

        return order.Radius is < 0 or > HashBankVersion.DefaultRadius
            ? new Refusal(RefusalKind.Invalid, "bank-radius", order.Radius.Value.ToString(CultureInfo.InvariantCulture))
            : null;
    }

    private async Task<OperationResult<BankImport>> ImportAloneAsync(Actor actor, BankImportOrder order, Stream list, string fileName, Action<BadHashLine> report, CancellationToken cancellation)
    {
        var rows = await _desk.Store.BanksAsync(cancellation);
        var before = rows.Where(row => row.Name == order.Bank).ToDictionary(row => row.Kind);
        if (order.Delta && CheckBase(order, before, order.Base) is { } early && (order.Base is not null || before.Count == 0))
        {
            return early;
        }

        if (ChangesOpinion(order, before) is { } opinions)
        {
            return opinions;
        }

        using var peeked = new PeekedStream(list, HashFormats.HeadLength);
        var options = new HashReadOptions { Kind = order.Kind, Delta = order.Delta, Columns = order.Columns, FileName = fileName, Categories = order.Categories ?? new HashReadOptions().Categories };
        var format = order.Format ?? HashFormats.Detect(peeked.Head, options);
        using var folder = _library.NewImportFolder();
        using var tally = new ImportTally(options, folder.Path, report);
        var empty = HashFormats.Read(format, peeked, peeked.Head, options, tally, cancellation);
        Passed(BankStep.Read);
        if (order.Delta && CheckBase(order, before, order.Base ?? tally.BaseSaid) is { } refusal)
        {
            return refusal;
        }

        if (tally.Additions == 0 && (!order.Delta || (tally.Removals == 0 && tally.BadLines > 0)))
        {
            return new Refusal(RefusalKind.Invalid, "bank-empty", fileName);
        }

        var digest = peeked.Digest();
        var checkpoint = order.Checkpoint ?? tally.CheckpointSaid ?? digest[..16];
        var kinds = new List<BankImportKind>();
        foreach (var kind in Enum.GetValues<HashKind>())
        {
            var former = before.GetValueOrDefault(kind);
            if (tally.Of(kind) is null && (former is null || (order.Kind is not null && order.Kind != kind)))
            {
                continue;
            }

            // Lines first, as they are known already; what counts is entries, each once.
            if (Shrinks(order, former, tally.Of(kind)?.Total ?? 0) is { } few)
            {
                return few;
            }

            var (file, content, change) = WriteKind(order, tally, kind, folder.Path, former, cancellation);
            if (Shrinks(order, former, change.After) is { } shrinks)
            {
                using var lease = _index.Enter();
                _library.Clean(lease.Set, rows, _retired);
                return shrinks;
            }

            kinds.Add(new BankImportKind(
                new HashBankVersion
                {
                    Id = HashBankVersion.IdOf(order.Bank, kind),
                    Version = former?.Version ?? 0,
                    Name = order.Bank,
                    Kind = kind,
                    OwnerAgency = former?.OwnerAgency ?? actor.AgencyId,
                    Number = (former?.Number ?? 0) + 1,
                    Entries = change.After,
                    Opinion = order.Opinion ?? former?.Opinion ?? before.Values.MaxBy(row => row.ImportedAt)?.Opinion ?? Opinion.Positive,
                    Radius = order.Radius ?? former?.Radius ?? HashBankVersion.DefaultRadius,
                    File = file,
                    FileDigest = content,
                    Source = order.Source ?? fileName,
                    Format = format.Word(),
                    Checkpoint = checkpoint,
                    Base = order.Delta ? former?.Checkpoint ?? order.Base ?? tally.BaseSaid : null,
                    ImportedAt = _desk.Now,
                    ImportedBy = actor.Id,
                },
                change));
        }

        Passed(BankStep.BankWritten);
        await PutInForceAsync(actor, rows, kinds, order.Delta, cancellation);
        return new OperationResult<BankImport>.Done(new BankImport
        {
            Kinds = kinds,
            Format = format,
            Recognised = order.Format is null,
            Delta = order.Delta,
            Additions = tally.Additions,
            Removals = tally.Removals,
            Bad = tally.BadLines,
            TooLittleDetail = tally.TooLittleDetail,
            Skipped = tally.Skipped,
            EmptyLines = empty,
        });
    }

    private (string File, Digest Content, BankChange Change) WriteKind(BankImportOrder order, ImportTally tally, HashKind kind, string folder, HashBankVersion? former, CancellationToken cancellation)
    {
        if (order.Delta && former is not null && tally.Of(kind) is null && tally.Tombstones.Count == 0)
        {
            // Nothing of this kind in the delta: only the checkpoint moves on.
            return (former.File, former.FileDigest, new BankChange(former.Entries, 0, 0, 0, 0));
        }

        using var nothing = new HashSorter(HashText.WidthOf(kind), folder, "none");
        using var ops = (tally.Of(kind) ?? nothing).Sorted();
        return _library.Write(order.Bank, kind, ops, former, !order.Delta, tally.Tombstones, cancellation);
    }

    /// <summary>A list that was cut off on its way looks like a whole one that has become short.</summary>
    private static Refusal? Shrinks(BankImportOrder order, HashBankVersion? former, long now) =>
        order is { Delta: false, AllowShrinking: false } && former is not null && now < former.Entries / 2
            ? new Refusal(RefusalKind.Conflict, "bank-shrinks", former.Id, former.Entries.ToString(CultureInfo.InvariantCulture), now.ToString(CultureInfo.InvariantCulture))
            : null;

    /// <summary>One wrong word would turn known and harmless files into accusations, or the other way round.</summary>
    private static Refusal? ChangesOpinion(BankImportOrder order, Dictionary<HashKind, HashBankVersion> before)
    {
        // A kind that is new to the bank is held to what the bank says of the others.
        IEnumerable<HashBankVersion> rows = order.Kind is { } kind && before.TryGetValue(kind, out var one) ? [one] : before.Values;
        return order is { Opinion: { } opinion, ChangeOpinion: false } && rows.FirstOrDefault(row => row.Opinion != opinion) is { } other
            ? new Refusal(RefusalKind.Conflict, "bank-opinion-differs", other.Id, Word(other.Opinion), Word(opinion))
            : null;
    }

    private static string Word(Opinion opinion) => opinion switch
    {
        Opinion.Positive => "positive",
        Opinion.Negative => "negative",
        Opinion.Disputed => "disputed",
    };

    private static Refusal? CheckBase(BankImportOrder order, Dictionary<HashKind, HashBankVersion> before, string? from)
    {
        var rows = before.Values.Where(row => order.Kind is null || row.Kind == order.Kind).ToList();
        if (rows.Count == 0)
        {
            return new Refusal(RefusalKind.Conflict, "delta-without-bank", order.Bank);
        }

        if (from is null)
        {
            return new Refusal(RefusalKind.Invalid, "delta-without-base", order.Bank, rows[0].Checkpoint);
        }

        return rows.FirstOrDefault(row => row.Checkpoint != from) is { } other
            ? new Refusal(RefusalKind.Conflict, "delta-other-base", other.Id, from, other.Checkpoint)
            : null;
    }

    private async Task PutInForceAsync(Actor actor, IReadOnlyList<HashBankVersion> rows, IReadOnlyList<BankImportKind> kinds, bool delta, CancellationToken cancellation)
    {
        var changed = kinds.Select(kind => kind.Version.Id).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<HashBankVersion> next = [.. rows.Where(row => !changed.Contains(row.Id)), .. kinds.Select(kind => kind.Version)];
        var set = _library.Open(next, out _, cancellation);
        try
        {
            if (set.Faults.FirstOrDefault(fault => changed.Contains(fault.BankId)) is { } fault)
            {
                throw BankLibrary.Damaged(fault.BankId, fault.Fault);
            }

            Passed(BankStep.IndexWritten);
            var result = await _desk.ActAsync<bool>(_ =>
            {
                var changes = new ChangeSet();
                foreach (var (version, change) in kinds)
                {
                    changes.Put(version).Log(actor.Log(_desk.Now, "import-bank", version.Id,
                        string.Create(CultureInfo.InvariantCulture, $"version {version.Number}, {(delta ? "delta" : "whole list")}, {version.Entries} entries (+{change.Added} ~{change.Changed} -{change.Removed}{(change.Compared ? "" : ", former version damaged: not compared")}), {version.Opinion}, {version.Format}"),
                        null, version.FileDigest));
                }

                return Task.FromResult(Decided<bool>.To(true, changes));
            }, cancellation);
            if (result is OperationResult<bool>.Refused)
            {
                throw new IOException("the bank's row was changed by somebody else");
            }
        }
        catch
        {
            set.Dispose();
            throw;
        }

        // From here on the new version is in force whatever happens: a restart opens what the rows name.
        Passed(BankStep.Committed);
        _index.Replace(set);
        Passed(BankStep.Swapped);
        _library.Clean(set, next, _retired);
        _retired = [.. rows.Select(row => row.File)];
    }
}
