using LiteDB;
using Monitor.Rules.Custody;

namespace Monitor.Worker.LiteStore;

/// <summary>
/// Numbers that every commit moves, kept in memory by the gate's thread and written once per group: the end of the custody log,
/// the last lease token, how many targets there are.
/// </summary>
internal sealed class StoreNumbers : IGateState
{
    private const string Id = "numbers";

    private Values _committed = new(CustodyHead.Empty, 0, 0);
    private Values _now = new(CustodyHead.Empty, 0, 0);

    /// <summary>As of the last commit; any thread may ask.</summary>
    public Values Committed => Volatile.Read(ref _committed);

    /// <summary>As of the running transaction; the gate's thread only.</summary>
    public Values Now
    {
        get => _now;
        set => _now = value;
    }

    public void Load(LiteDatabase database)
    {
        var stored = database.GetCollection(RowTables.Meta).FindById(Id);
        var head = CustodyHead.Empty;
        var last = database.GetCollection(RowTables.Custody).Query().OrderByDescending("$._id").Limit(1).FirstOrDefault();
        if (last is not null)
            head = new CustodyHead(last["_id"].AsInt64, CustodyCanonical.Hash(last["b"].AsBinary));
        _now = new Values(head, stored?["token"].AsInt64 ?? 0, stored?["targets"].AsInt64 ?? 0);
        Volatile.Write(ref _committed, _now);
    }

    public void BeforeCommit(GateTurn turn)
    {
        if (ReferenceEquals(_now, _committed))
            return;
        turn.Database.GetCollection(RowTables.Meta).Upsert(new BsonDocument { ["_id"] = Id, ["token"] = _now.Token, ["targets"] = _now.Targets });
    }

    void IGateState.Committed() => Volatile.Write(ref _committed, _now);

    public void RolledBack() => _now = _committed;

    public sealed record Values(CustodyHead Custody, long Token, long Targets);
}
