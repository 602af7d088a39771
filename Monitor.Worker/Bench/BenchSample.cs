namespace Monitor.Worker.Bench;

/// <summary>Elapsed times of many like acts.</summary>
public sealed class BenchSample
{
    private readonly List<double> _values = [];
    private readonly Lock _gate = new();
    private bool _sorted;

    public int Count
    {
        get
        {
            lock (_gate)
                return _values.Count;
        }
    }

    public void Add(double value)
    {
        lock (_gate)
        {
            _values.Add(value);
            _sorted = false;
        }
    }

    /// <summary>Nearest rank; NaN when nothing was measured.</summary>
    /// <param name="percent">0…100.</param>
    public double Percentile(double percent)
    {
        lock (_gate)
        {
            if (_values.Count == 0)
                return double.NaN;
            if (!_sorted)
            {
                _values.Sort();
                _sorted = true;
            }

            var rank = (int)Math.Ceiling(percent / 100 * _values.Count);
            return _values[Math.Clamp(rank - 1, 0, _values.Count - 1)];
        }
    }

    public double Median => Percentile(50);
}
