using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks;

/// <summary>
/// The banks of one moment with their joint indexes, all mapped. It is used under leases and unmapped when the last one is given back, so that
/// a newer set can take its place while look-ups run.
/// </summary>
internal sealed class BankSet : IDisposable
{
    private readonly IReadOnlyList<IDisposable> _files;
    private int _leases = 1;

    /// <param name="files">Mappings that the set owns from now on.</param>
    /// <param name="names">Names of the index files in use.</param>
    public BankSet(IReadOnlyList<BankInForce> banks, IReadOnlyList<DigestIndex> indexes, PdqIndex pdq, IReadOnlyList<string> names, IReadOnlyList<BankFault> faults, IReadOnlyList<IDisposable> files)
    {
        (Banks, Faults, _files, Indexes, Pdq, IndexNames) = (banks, faults, files, indexes, pdq, names);
        Digests = [.. Enum.GetValues<DigestKind>().Select(kind => indexes.FirstOrDefault(index => index.Kind == kind))];
        ByKind = banks.ToLookup(bank => bank.Version.Kind);
    }

    public static BankSet Empty() => new([], [], PdqIndex.Empty, [], [], []);

    public IReadOnlyList<BankInForce> Banks { get; }

    public ILookup<HashKind, BankInForce> ByKind { get; }

    /// <summary>By kind of digest; null where no bank has any.</summary>
    public DigestIndex?[] Digests { get; }

    public IReadOnlyList<DigestIndex> Indexes { get; }

    /// <summary>Every perceptual hash of every bank, each once.</summary>
    public PdqIndex Pdq { get; }

    public IReadOnlyList<string> IndexNames { get; }

    public IReadOnlyList<BankFault> Faults { get; }

    /// <summary>False: the set was given up meanwhile.</summary>
    public bool TryEnter()
    {
        for (var leases = Volatile.Read(ref _leases); leases > 0; leases = Volatile.Read(ref _leases))
        {
            if (Interlocked.CompareExchange(ref _leases, leases + 1, leases) == leases)
            {
                return true;
            }
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            foreach (var file in _files)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Gives the set up: no new leases. Its memory goes with the last one.</summary>
    public void Dispose() => Leave();
}

/// <summary>One bank with the file its entries are in.</summary>
internal sealed record BankInForce(HashBankVersion Version, BankFile File);
