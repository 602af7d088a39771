namespace Monitor.Worker.Fetching;

/// <summary>
/// A bounded memory of authorities. Entries in use are never dropped, so the bound can be exceeded by as many as are in use at once;
/// idle ones go least recently used first when there are too many, or when their robots rules weigh too much.
/// </summary>
internal sealed class AuthorityTable(int capacity, long maxWeight)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AuthorityEntry> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<AuthorityEntry> _idle = new();
    private long _weight;

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    public AuthorityEntry Rent(string key)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out AuthorityEntry? entry))
            {
                entry = AuthorityEntry.Create(key);
                _entries.Add(key, entry);
            }
            else if (entry.Users == 0)
            {
                _idle.Remove(entry.Node);
            }

            entry.Users++;
            Trim();
            return entry;
        }
    }

    public void Return(AuthorityEntry entry)
    {
        lock (_gate)
        {
            long weight = entry.Robots?.Rules?.Weight ?? 0;
            _weight += weight - entry.Weight;
            entry.Weight = weight;
            if (--entry.Users == 0)
                _idle.AddLast(entry.Node);
            Trim();
        }
    }

    private void Trim()
    {
        while ((_entries.Count > capacity || _weight > maxWeight) && _idle.First is { } oldest)
        {
            _idle.Remove(oldest);
            _entries.Remove(oldest.Value.Key);
            _weight -= oldest.Value.Weight;
        }
    }
}
