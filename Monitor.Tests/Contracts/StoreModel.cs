using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Contracts;

/// <summary>The store as it would be without disk, indexes or neighbours: what the contract is compared with.</summary>
internal sealed class StoreModel
{
    private readonly SortedDictionary<string, Entry> _targets = new(StringComparer.Ordinal);

    public SortedDictionary<string, SortedSet<int>> Observations { get; } = new(StringComparer.Ordinal);

    public long Custody { get; private set; }

    public IEnumerable<Target> Targets => _targets.Values.Select(entry => entry.Row);

    public DateTimeOffset? NextDue => _targets.Values.Min(entry => entry.Due);

    public Target? Find(string id) => _targets.TryGetValue(id, out var entry) ? entry.Row : null;

    public bool Commit(ChangeSet changes)
    {
        if (changes.Leases.Any(lease => !_targets.TryGetValue(lease.Id, out var held) || held.Token != lease.Token))
            return false;

        var rows = changes.Upserts.Cast<Target>().ToList();
        if (rows.Exists(row => (Find(row.Id)?.Version ?? 0) != row.Version) ||
            rows.DistinctBy(row => row.Url).Count() != rows.Count ||
            rows.Exists(row => _targets.Values.Any(other => other.Row.Url == row.Url && other.Row.Id != row.Id)) ||
            changes.Observations.Any(row => Observations.TryGetValue(row.TargetId, out var numbers) && numbers.Contains(row.Number)))
        {
            return false;
        }

        foreach (var row in rows)
        {
            if (!_targets.TryGetValue(row.Id, out var entry))
                _targets[row.Id] = entry = new Entry();
            entry.Row = row with { Version = row.Version + 1 };
        }

        foreach (var lease in changes.Leases)
        {
            _targets[lease.Id].Token = 0;
            _targets[lease.Id].HiddenUntil = null;
        }

        foreach (var row in changes.Observations)
        {
            if (!Observations.TryGetValue(row.TargetId, out var numbers))
                Observations[row.TargetId] = numbers = [];
            numbers.Add(row.Number);
        }

        Custody += changes.Custody.Count;
        return true;
    }

    public void Claim(DateTimeOffset now, TimeSpan lease, int count, IReadOnlyList<Claimed<Target>> claimed)
    {
        var due = _targets.Values.Where(entry => entry.Due <= now).Select(entry => entry.Due!.Value).Order().Take(count).ToList();

        // Which of several equally due rows are taken is free.
        Assert.Equal(due, claimed.Select(one => _targets[one.Row.Id].Due!.Value));
        foreach (var one in claimed)
        {
            Assert.Equal(one.Row.Version, _targets[one.Row.Id].Row.Version);
            _targets[one.Row.Id].Token = one.Lease.Token;
            _targets[one.Row.Id].HiddenUntil = now + lease;
        }
    }

    private sealed class Entry
    {
        public Target Row { get; set; } = null!;

        public long Token { get; set; }

        public DateTimeOffset? HiddenUntil { get; set; }

        public DateTimeOffset? Due => Row.NextCheckAt is not { } asked ? null : HiddenUntil > asked ? HiddenUntil : asked;
    }
}
