namespace Monitor.Worker.Extracting;

/// <summary>The attributes of one element, reused from element to element. Names lower case; the first of equal names wins, as in a browser.</summary>
internal sealed class AttributeBag
{
    private (string Name, string Value)[] _items = new (string, string)[16];

    public int Count { get; private set; }

    /// <summary>True when a name starts with "data-": most elements need not be asked for a dozen of them.</summary>
    public bool HasData { get; private set; }

    public string? this[string name]
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                if (_items[i].Name == name)
                    return _items[i].Value;
            }

            return null;
        }
    }

    public void Clear()
    {
        Count = 0;
        HasData = false;
    }

    public void Add(string name, string value)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Count * 2);
        HasData |= name.StartsWith("data-", StringComparison.Ordinal);
        _items[Count++] = (name, value);
    }
}
