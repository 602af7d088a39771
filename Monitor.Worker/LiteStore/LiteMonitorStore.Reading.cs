using LiteDB;
using Monitor.Rules;
using Monitor.Rules.Banks;
using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.Replies;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.Transfers;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;
using Monitor.Worker.Storage;

namespace Monitor.Worker.LiteStore;

public sealed partial class LiteMonitorStore
{
    private static readonly BsonExpression Due = BsonExpression.Create("$.d");
    private const string DueBy = "$.d <= @0";
    private const string ByUrl = "$.u = @0";
    private const string ByKeys = "$.k[*] ANY BETWEEN @0 AND @1";
    private const string ByIds = "$._id BETWEEN @0 AND @1";
    private const string AfterId = "$._id > @0";

    public ValueTask<NumberSeries> SeriesAsync(string id, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Series, id, AgencyScope.All) ?? new NumberSeries(id, 0, 0));

    public ValueTask<Target?> FindTargetAsync(string id, AgencyScope scope, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Targets, id, scope));

    public ValueTask<Target?> FindTargetByUrlAsync(string canonicalUrl, CancellationToken cancellation) =>
        ValueTask.FromResult(Collection(RowTables.Targets).FindOne(ByUrl, RowTable.UrlHash(canonicalUrl)) is { } document
            ? RowTable<Target>.Decode(document)
            : null);

    public ValueTask<IReadOnlyList<Target>> ListTargetsAsync(TargetQuery query, AgencyScope scope, Paging page, CancellationToken cancellation)
    {
        // The key that leaves fewest rows to look at; the rest of the query is asked of each row.
        (char Letter, string Value)? key =
            query.NeedsAttention == true ? (RowTables.ByAttention, "")
            : query.WatchListId is { } list ? (RowTables.ByList, list)
            : query.State is { } state && state != RemovalState.Live ? (RowTables.ByState, state.ToString())
            : null;
        return ListAsync(
            RowTables.Targets,
            key,
            scope,
            page,
            row => (query.WatchListId is null || row.WatchListId == query.WatchListId) &&
                (query.State is null || row.Progress.State == query.State) &&
                (query.NeedsAttention is null || row.Attention is not null == query.NeedsAttention),
            cancellation);
    }

    public ValueTask<long> CountTargetsAsync(CancellationToken cancellation)
    {
        _ = Database;
        return ValueTask.FromResult(_numbers.Committed.Targets);
    }

    public ValueTask<DateTimeOffset?> NextTargetDueAsync(CancellationToken cancellation) => ValueTask.FromResult(NextDue(RowTables.Targets));

    public ValueTask<IReadOnlyList<Observation>> ObservationsAsync(string targetId, int fromNumber, int count, CancellationToken cancellation)
    {
        if (count <= 0)
            return ValueTask.FromResult<IReadOnlyList<Observation>>([]);
        return ValueTask.FromResult<IReadOnlyList<Observation>>([.. Database.GetCollection(RowTables.Observations)
            .Query()
            .Where(ByIds, ObservationId(targetId, Math.Max(0, fromNumber)), ObservationId(targetId, int.MaxValue))
            .OrderBy("$._id")
            .Limit(count)
            .ToEnumerable()
            .Select(document => RowJson.Read<Observation>(document["b"].AsBinary))
            .Where(row => row.TargetId == targetId)]);
    }

    public ValueTask<Case?> FindCaseAsync(string id, AgencyScope scope, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Cases, id, scope));

    public ValueTask<IReadOnlyList<Case>> ListCasesAsync(CaseState? state, AgencyScope scope, Paging page, CancellationToken cancellation) =>
        ListAsync(RowTables.Cases, ByState(state), scope, page, null, cancellation);

    public ValueTask<TakedownRequest?> FindRequestAsync(string id, AgencyScope scope, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Requests, id, scope));

    public ValueTask<IReadOnlyList<TakedownRequest>> ListRequestsAsync(DemandState? state, AgencyScope scope, Paging page, CancellationToken cancellation) =>
        ListAsync(RowTables.Requests, ByState(state), scope, page, null, cancellation);

    public ValueTask<IReadOnlyList<TakedownRequest>> RequestsOfTargetAsync(string targetId, AgencyScope scope, CancellationToken cancellation) =>
        ListAsync(RowTables.Requests, (RowTables.ByTarget, targetId), scope, Everything, null, cancellation);

    public ValueTask<IReadOnlyList<TakedownRequest>> RequestsOfAccountAsync(string platformId, string account, CancellationToken cancellation) =>
        ListAsync(RowTables.Requests, (RowTables.ByAccount, RowTables.Account(platformId, account)), AgencyScope.All, Everything, row => row.PlatformId == platformId && row.Account == account, cancellation);

    public ValueTask<IReadOnlyList<TakedownRequest>> RequestsDueAsync(DateTimeOffset now, int count, CancellationToken cancellation) =>
        ValueTask.FromResult(DueRows(RowTables.Requests, now, count));

    public ValueTask<DateTimeOffset?> NextRequestDueAsync(CancellationToken cancellation) => ValueTask.FromResult(NextDue(RowTables.Requests));

    public ValueTask<Notice?> FindNoticeAsync(string reference, AgencyScope scope, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Notices, reference, scope));

    public ValueTask<IReadOnlyList<Notice>> NoticesOfRequestAsync(string requestId, AgencyScope scope, CancellationToken cancellation) =>
        ListAsync(RowTables.Notices, (RowTables.ByRequest, requestId), scope, Everything, null, cancellation);

    public ValueTask<IReadOnlyList<Notice>> NoticesInAsync(DispatchState state, AgencyScope scope, Paging page, CancellationToken cancellation) =>
        ListAsync(RowTables.Notices, ByState<DispatchState>(state), scope, page, null, cancellation);

    public ValueTask<IReadOnlyList<Notice>> OpenDraftsAsync(string agency, string platformId, CancellationToken cancellation) =>
        ListAsync(RowTables.Notices, (RowTables.ByOpenDraft, RowTables.Account(agency, platformId)), AgencyScope.All, Everything, row => row.OwnerAgency == agency && row.PlatformId == platformId, cancellation);

    public ValueTask<SendingLane> LaneAsync(string platformId, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Lanes, platformId, AgencyScope.All) ?? new SendingLane { Id = platformId });

    public ValueTask<EvidenceRequest?> FindEvidenceRequestAsync(string id, AgencyScope scope, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.EvidenceRequests, id, scope));

    public ValueTask<IReadOnlyList<EvidenceRequest>> ListEvidenceRequestsAsync(EvidenceRequestState? state, AgencyScope scope, Paging page, CancellationToken cancellation) =>
        ListAsync(RowTables.EvidenceRequests, ByState(state), scope, page, null, cancellation);

    public ValueTask<IReadOnlyList<EvidenceRequest>> EvidenceRequestsOfTargetAsync(string targetId, CancellationToken cancellation) =>
        ListAsync(RowTables.EvidenceRequests, (RowTables.ByTarget, targetId), AgencyScope.All, Everything, null, cancellation);

    public ValueTask<ShredOrder?> FindShredOrderAsync(string id, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.ShredOrders, id, AgencyScope.All));

    public ValueTask<IReadOnlyList<ShredOrder>> ShredOrdersOfTargetAsync(string targetId, CancellationToken cancellation) =>
        ListAsync(RowTables.ShredOrders, (RowTables.ByTarget, targetId), AgencyScope.All, Everything, null, cancellation);

    public ValueTask<IReadOnlyList<ShredOrder>> ShredOrdersDueAsync(DateTimeOffset now, int count, CancellationToken cancellation) =>
        ValueTask.FromResult(DueRows(RowTables.ShredOrders, now, count));

    public ValueTask<DateTimeOffset?> NextShredDueAsync(CancellationToken cancellation) => ValueTask.FromResult(NextDue(RowTables.ShredOrders));

    public ValueTask<PublishedCheckpoint?> LatestCheckpointAsync(CancellationToken cancellation) =>
        ValueTask.FromResult(Collection(RowTables.Checkpoints).Query().OrderByDescending("$._id").Limit(1).FirstOrDefault() is { } document ? RowTable<PublishedCheckpoint>.Decode(document) : null);

    public ValueTask<PublishedCheckpoint?> CheckpointAtAsync(long size, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Checkpoints, PublishedCheckpoint.IdOf(size), AgencyScope.All));

    public ValueTask<IReadOnlyList<PublishedCheckpoint>> CheckpointsAsync(long after, int count, CancellationToken cancellation) =>
        ListAsync(RowTables.Checkpoints, null, AgencyScope.All, new Paging(after < 0 ? null : PublishedCheckpoint.IdOf(after), count), null, cancellation);

    public ValueTask<IReadOnlyList<PublishedCheckpoint>> CheckpointsWithoutTokenAsync(int count, CancellationToken cancellation) =>
        ListAsync(RowTables.Checkpoints, (RowTables.ByState, ""), AgencyScope.All, new Paging(null, count), null, cancellation);

    public ValueTask<OutboxMessage?> FindMessageAsync(string id, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Outbox, id, AgencyScope.All));

    public ValueTask<IReadOnlyList<OutboxMessage>> OpenAlertsAsync(AgencyScope scope, Paging page, CancellationToken cancellation) =>
        ListAsync(RowTables.Outbox, (RowTables.ByOpenAlert, ""), scope, page, null, cancellation);

    public ValueTask<DateTimeOffset?> NextMessageDueAsync(CancellationToken cancellation) => ValueTask.FromResult(NextDue(RowTables.Outbox));

    public ValueTask<IReadOnlyList<IntakeReport>> ReportsOfTargetAsync(string targetId, CancellationToken cancellation)
    {
        var (first, last) = RowTable.KeyRange(RowTables.ByTarget, targetId, null);
        return ValueTask.FromResult<IReadOnlyList<IntakeReport>>([.. Database.GetCollection(RowTables.Reports)
            .Query()
            .Where(ByKeys, first, last)
            .ToEnumerable()
            .Select(document => RowJson.Read<IntakeReport>(document["b"].AsBinary))]);
    }

    public ValueTask<Candidate?> FindCandidateAsync(string id, AgencyScope scope, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Candidates, id, scope));

    public ValueTask<IReadOnlyList<Candidate>> ListCandidatesAsync(CandidateState? state, AgencyScope scope, Paging page, CancellationToken cancellation) =>
        ListAsync(RowTables.Candidates, ByState(state), scope, page, null, cancellation);

    public ValueTask<IReadOnlyList<CustodyEntry>> CustodyAsync(long fromSequence, int count, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<CustodyEntry>>([.. CustodyDocuments(fromSequence, count).Select(ReadEntry)]);

    public ValueTask<IReadOnlyList<FiledEntry>> CustodyBytesAsync(long fromSequence, int count, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<FiledEntry>>([.. CustodyDocuments(fromSequence, count).Select(document => new FiledEntry(document["_id"].AsInt64, document["b"].AsBinary))]);

    public ValueTask<IReadOnlyList<CustodyEntry>> CustodyOfAsync(string item, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<CustodyEntry>>([.. Database.GetCollection(RowTables.Custody)
            .Query()
            .Where("$.i = @0", RowTable.Short(item))
            .ToEnumerable()
            .Select(ReadEntry)
            .Where(entry => entry.Act.Item == item)
            .OrderBy(entry => entry.Sequence)]);

    public ValueTask<long> CustodyLengthAsync(CancellationToken cancellation)
    {
        _ = Database;
        return ValueTask.FromResult(_numbers.Committed.Custody.Sequence);
    }

    public ValueTask<IReadOnlyList<HashBankVersion>> BanksAsync(CancellationToken cancellation) =>
        ListAsync(RowTables.Banks, null, AgencyScope.All, Everything, null, cancellation);

    public ValueTask<IReadOnlyList<HashEntryState>> HashEntriesAsync(CancellationToken cancellation) =>
        ListAsync(RowTables.HashEntries, null, AgencyScope.All, Everything, null, cancellation);

    public ValueTask<IReadOnlyList<RuleSetVersion>> RuleSetVersionsAsync(string? set, CancellationToken cancellation) =>
        ListAsync(RowTables.RuleSets, set is null ? null : (RowTables.BySet, set), AgencyScope.All, Everything, null, cancellation);

    public ValueTask<Account?> FindAccountAsync(string personId, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Accounts, personId, AgencyScope.All));

    public async ValueTask<Account?> FindInvitedAccountAsync(string inviteDigest, CancellationToken cancellation) =>
        (await ListAsync(RowTables.Accounts, (RowTables.ByInvite, inviteDigest), AgencyScope.All, Everything, row => row.InviteDigest == inviteDigest, cancellation)).SingleOrDefault();

    public ValueTask<IReadOnlyList<Account>> ListAccountsAsync(CancellationToken cancellation) =>
        ListAsync(RowTables.Accounts, null, AgencyScope.All, Everything, null, cancellation);

    public ValueTask<Transfer?> FindTransferAsync(string id, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Transfers, id, AgencyScope.All));

    public async ValueTask<Transfer?> FindForeignTransferAsync(string installation, string id, CancellationToken cancellation) =>
        (await ListAsync(RowTables.Transfers, (RowTables.ByOrigin, RowTables.Account(installation, id)), AgencyScope.All, Everything, row => row.Origin is { } origin && origin.Installation == installation && origin.Id == id, cancellation)).SingleOrDefault();

    public async ValueTask<IReadOnlyList<Transfer>> ListTransfersAsync(string? agency, TransferBox box, Paging page, CancellationToken cancellation)
    {
        if (agency is null)
            return await ListAsync(RowTables.Transfers, null, AgencyScope.All, page, null, cancellation);
        var sent = box == TransferBox.In ? [] : await ListAsync(RowTables.Transfers, (RowTables.ByOwner, agency), AgencyScope.All, page, null, cancellation);
        var received = box == TransferBox.Out ? [] : await ListAsync(RowTables.Transfers, (RowTables.ByReceiver, agency), AgencyScope.All, page, null, cancellation);
        return [.. sent.Concat(received).DistinctBy(row => row.Id).OrderBy(row => row.Id, StringComparer.Ordinal).Take(page.Count)];
    }

    public ValueTask<IReadOnlyList<Transfer>> TransfersDueAsync(DateTimeOffset now, int count, CancellationToken cancellation) =>
        ValueTask.FromResult(DueRows(RowTables.Transfers, now, count));

    public ValueTask<DateTimeOffset?> NextTransferDueAsync(CancellationToken cancellation) => ValueTask.FromResult(NextDue(RowTables.Transfers));

    public ValueTask<InboundMail?> FindMailAsync(string id, AgencyScope scope, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Mails, id, scope));

    public async ValueTask<InboundMail?> FindMailByDigestAsync(Digest digest, CancellationToken cancellation) =>
        (await ListAsync(RowTables.Mails, (RowTables.ByDigest, digest.ToString()), AgencyScope.All, Everything, row => row.MessageDigest == digest, cancellation)) is [var first, ..] ? first : null;

    public ValueTask<IReadOnlyList<InboundMail>> ListMailAsync(InboundState? state, AgencyScope scope, Paging page, CancellationToken cancellation) =>
        ListAsync(RowTables.Mails, ByState(state), scope, page, null, cancellation);

    public ValueTask<IReadOnlyList<InboundMail>> MailOfNoticeAsync(string reference, AgencyScope scope, CancellationToken cancellation) =>
        ListAsync(RowTables.Mails, (RowTables.ByNotice, reference), scope, Everything, row => row.NoticeId == reference, cancellation);

    public async ValueTask<Notice?> FindNoticeByTokenAsync(string token, CancellationToken cancellation) =>
        (await ListAsync(RowTables.Notices, (RowTables.ByToken, token), AgencyScope.All, Everything, row => row.ReplyToken == token, cancellation)).SingleOrDefault();

    public ValueTask<IReadOnlyList<Notice>> NoticesByTicketAsync(string ticket, CancellationToken cancellation) =>
        ListAsync(RowTables.Notices, (RowTables.ByTicket, ticket), AgencyScope.All, Everything, row => row.ExternalTicket == ticket, cancellation);

    public ValueTask<MailboxCursor> CursorAsync(string mailbox, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(RowTables.Mailboxes, mailbox, AgencyScope.All) ?? new MailboxCursor { Id = mailbox });

    private IEnumerable<BsonDocument> CustodyDocuments(long fromSequence, int count)
    {
        var collection = Database.GetCollection(RowTables.Custody);
        var from = Math.Max(1, fromSequence);
        return count <= 0 ? [] : collection.Query().Where(ByIds, from, from > long.MaxValue - count ? long.MaxValue : from + count - 1).OrderBy("$._id").ToEnumerable();
    }

    internal static CustodyEntry ReadEntry(BsonDocument document) =>
        CustodyCanonical.TryRead(document["b"].AsBinary, out var entry)
            ? entry!
            : throw new InvalidDataException($"custody entry {document["_id"].AsInt64} is not in its canonical form");

    private static Paging Everything { get; } = new(null, int.MaxValue);

    private static (char Letter, string Value)? ByState<TState>(TState? state)
        where TState : struct, Enum => state is null ? null : (RowTables.ByState, state.Value.ToString());

    private ILiteCollection<BsonDocument> Collection(RowTable table) => Database.GetCollection(table.Name);

    private T? Find<T>(RowTable<T> table, string id, AgencyScope scope)
        where T : class, IVersioned =>
        id.Length > 0 && Collection(table).FindById(id) is { } document && scope.Sees(document["o"].AsString) ? RowTable<T>.Decode(document) : null;

    private IReadOnlyList<T> DueRows<T>(RowTable<T> table, DateTimeOffset now, int count)
        where T : class, IVersioned =>
        count <= 0 ? [] : [.. Collection(table).Query().Where(DueBy, now.ToUnixTimeMilliseconds()).OrderBy(Due).Limit(count).ToEnumerable().Select(RowTable<T>.Decode)];

    private DateTimeOffset? NextDue(RowTable table) =>
        Collection(table).Query().OrderBy(Due).Select("{ d: $.d }").Limit(1).FirstOrDefault() is { } first && first["d"].AsInt64 != RowTable.Never
            ? DateTimeOffset.FromUnixTimeMilliseconds(first["d"].AsInt64)
            : null;

    /// <summary>In id order. Without a key of the query's own, a limited scope reads by owner rather than over everybody's rows.</summary>
    private ValueTask<IReadOnlyList<T>> ListAsync<T>(RowTable<T> table, (char Letter, string Value)? key, AgencyScope scope, Paging page, Func<T, bool>? filter, CancellationToken cancellation)
        where T : class, IVersioned
    {
        if (page.Count <= 0)
            return Done<T>([]);
        if (key is { } one)
            return Done(Take<T>(Range(table, one, page.After), scope, page.Count, filter, cancellation));
        if (scope.Agencies is null)
            return Done(Take<T>(All(table, page.After), scope, page.Count, filter, cancellation));

        // Each agency's rows are in order: the first of all of them are among the first of each.
        var rows = scope.Agencies
            .Distinct(StringComparer.Ordinal)
            .SelectMany(agency => Take<T>(Range(table, (RowTables.ByOwner, agency), page.After), scope, page.Count, filter, cancellation))
            .OrderBy(row => row.Id, StringComparer.Ordinal);
        return Done([.. rows.Take(page.Count)]);
    }

    private static ValueTask<IReadOnlyList<T>> Done<T>(List<T> rows) => ValueTask.FromResult<IReadOnlyList<T>>(rows);

    private IEnumerable<BsonDocument> Range(RowTable table, (char Letter, string Value) key, string? after)
    {
        var (first, last) = RowTable.KeyRange(key.Letter, key.Value, after);
        return Collection(table).Query().Where(ByKeys, first, last).ToEnumerable();
    }

    private IEnumerable<BsonDocument> All(RowTable table, string? after) =>
        string.IsNullOrEmpty(after)
            ? Collection(table).Query().OrderBy("$._id").ToEnumerable()
            : Collection(table).Query().Where(AfterId, after).OrderBy("$._id").ToEnumerable();

    private static List<T> Take<T>(IEnumerable<BsonDocument> documents, AgencyScope scope, int count, Func<T, bool>? filter, CancellationToken cancellation)
        where T : class, IVersioned
    {
        var rows = new List<T>(Math.Min(count, 128));
        foreach (var document in documents)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!scope.Sees(document["o"].AsString))
                continue;
            var row = RowTable<T>.Decode(document);
            if (filter is not null && !filter(row))
                continue;
            rows.Add(row);
            if (rows.Count == count)
                break;
        }

        return rows;
    }
}
