using Monitor.Rules.Banks;

namespace Monitor.Worker.Banks;

/// <summary>The rows of several banks of one kind in ascending order of their hashes, equal ones after each other.</summary>
internal sealed class RowMerge(IReadOnlyList<BankFile> banks)
{
    private readonly long[] _next = new long[banks.Count];
    private int _steps;

    public BankFile Bank { get; private set; } = banks[0];

    public long Row { get; private set; }

    public bool MoveNext(CancellationToken cancellation)
    {
        if ((++_steps & 0xFFFF) == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        var least = -1;
        for (var i = 0; i < _next.Length; i++)
        {
            if (_next[i] < banks[i].Count && (least < 0 || banks[i].Value(_next[i]).SequenceCompareTo(banks[least].Value(_next[least])) < 0))
            {
                least = i;
            }
        }

        if (least < 0)
        {
            return false;
        }

        (Bank, Row) = (banks[least], _next[least]++);
        return true;
    }
}
