using BenchmarkDotNet.Attributes;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Worker.Bench;

namespace Monitor.Tests.Benchmarks;

public class PdqIndexBenchmarks
{
    private readonly List<PdqHit> _hits = [];
    private PdqHash[] _hashes = [];
    private PdqHash[] _asked = [];
    private PdqIndex _index = PdqIndex.Empty;
    private int _next;

    [Params(100_000, 1_000_000)]
    public int Entries { get; set; }

    [Params(false, true)]
    public bool Skewed { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _hashes = Skewed ? PdqLists.Skewed(Entries, 1) : PdqLists.Random(Entries, 1);
        _asked = PdqLists.Asked(_hashes, 1 << 14, 2);
        _index = PdqIndex.Build(_hashes);
    }

    [Benchmark]
    public int Find()
    {
        _hits.Clear();
        _next = (_next + 1) & (_asked.Length - 1);
        _index.Find(_asked[_next], null, PdqIndex.MaximumRadius, _hits);
        return _hits.Count;
    }

    [Benchmark]
    public int LinearScan()
    {
        _next = (_next + 1) & (_asked.Length - 1);
        var found = 0;
        foreach (var hash in _hashes)
        {
            found += hash.Distance(_asked[_next]) <= PdqIndex.MaximumRadius ? 1 : 0;
        }

        return found;
    }
}
