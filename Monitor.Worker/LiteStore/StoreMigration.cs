using LiteDB;
using Monitor.Rules.Takedowns;

namespace Monitor.Worker.LiteStore;

/// <summary>One step from a format to the next one. Forward only; a step and the new format number commit together.</summary>
internal sealed record StoreMigration(int From, Action<LiteDatabase> Apply)
{
    /// <summary>Steps in the order of <see cref="From"/>; format 1 is the first there was.</summary>
    public static IReadOnlyList<StoreMigration> All { get; } =
    [
        // Requests are found by the account they are about, and come due for rungs of the ladder as well as for reminders.
        new(1, database => Reindex(database, RowTables.Requests)),
    ];

    /// <summary>Writes the keys and the due instant of every row anew, from the row itself.</summary>
    private static void Reindex(LiteDatabase database, RowTable<TakedownRequest> table)
    {
        var collection = database.GetCollection(table.Name);
        foreach (var id in collection.Query().Select("$._id").ToEnumerable().Select(found => found["_id"].AsString).ToList())
        {
            var standing = collection.FindById(id);
            var row = RowTable<TakedownRequest>.Decode(standing);
            var gone = row.FirstGoneAt is not null && row.Demand is not DemandState.Withdrawn;
            var document = table.Encode(row with { Version = row.Version - 1, AppearsGone = gone, LadderSince = row.DeliveredAt });
            document["t"] = standing["t"];
            document["h"] = standing["h"];
            collection.Update(document);
        }
    }
}
