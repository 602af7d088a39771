namespace Monitor.Worker.Fetching.Recording;

/// <summary>
/// Collects the exchanges of one look: handed to the fetcher with each request, filled in the order in which they ended. Safe for concurrent use.
/// </summary>
public sealed class ExchangeLog
{
    private readonly Lock _gate = new();
    private readonly List<Exchange> _exchanges = [];

    /// <summary>Those so far.</summary>
    public IReadOnlyList<Exchange> Exchanges
    {
        get
        {
            lock (_gate)
                return [.. _exchanges];
        }
    }

    internal void Add(Exchange exchange)
    {
        lock (_gate)
            _exchanges.Add(exchange);
    }
}
