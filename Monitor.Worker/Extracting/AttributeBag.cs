namespace Monitor.Worker.Extracting;

/// <summary>The attributes of one element, reused from element to element. Names lower case; the first of equal names wins, as in a browser.</summary>
internal sealed class AttributeBag
{
    private (string Name, string Value)[] _items = new (string, string)[16];

    public int Count { get; private set; }

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

    public (string Name, string Value) At(int index) => _items[index];

    public void Clear() => Count = 0;

    public void Add(string name, string value)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Count * 2);
        _items[Count++] = (name, value);
    }
}
