using System.Collections.Frozen;
using System.Globalization;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks;

/// <summary>What asking for a perceptual hash gave.</summary>
/// <param name="Gate">Closed: nothing was looked for, because the picture says too little.</param>
public sealed record PdqAnswer(PdqGate Gate, IReadOnlyList<Match> Matches);

/// <summary>All banks in force, asked by inspections and people; a newer set is swapped in while they ask.</summary>
public sealed class BankIndex : IDisposable
{
    private volatile BankSet _set = BankSet.Empty();
    private volatile FrozenDictionary<string, HashEntryState> _states = FrozenDictionary<string, HashEntryState>.Empty;

    /// <summary>Entries people or the flood watch decided about, by id.</summary>
    public IReadOnlyDictionary<string, HashEntryState> States => _states;

    /// <summary>Banks that are not in force, and why.</summary>
    public IReadOnlyList<BankFault> Faults => _set.Faults;

    /// <summary>The matches of one media item by any of its digests: SHA-256 first, then SHA-1, then MD5.</summary>
    /// <param name="banks">Bank names that count; empty: all.</param>
    public IReadOnlyList<Match> Match(DigestSet digests, string mediaUrl, IReadOnlyList<string> banks)
    {
        using var lease = Enter();
        List<Match>? matches = null;
        Collect(lease.Set, digests.Sha256, mediaUrl, banks, ref matches);
        Collect(lease.Set, digests.Sha1, mediaUrl, banks, ref matches);
        Collect(lease.Set, digests.Md5, mediaUrl, banks, ref matches);
        return matches ?? (IReadOnlyList<Match>)[];
    }

    /// <summary>The matches of one digest in all banks.</summary>
    public IReadOnlyList<Match> Match(Digest digest)
    {
        using var lease = Enter();
        List<Match>? matches = null;
        Collect(lease.Set, digest, "", [], ref matches);
        return matches ?? (IReadOnlyList<Match>)[];
    }

    /// <summary>Whether there is any perceptual hash to compare with: without one no picture need be decoded.</summary>
    public bool HasPdq
    {
        get
        {
            using var lease = Enter();
            return lease.Set.Pdq.Filed > 0;
        }
    }

    /// <summary>
    /// Entries that look like a picture, nearest first: those of each bank within that bank's radius. Several forms of one picture (turned,
    /// mirrored) are asked for together; an entry is told once, with its least distance.
    /// </summary>
    /// <param name="quality">Of the picture asked for, 0 … 100; null if it is not known.</param>
    /// <param name="banks">Bank names that count; empty: all.</param>
    public PdqAnswer MatchPdq(IReadOnlyList<PdqHash> forms, int? quality, string mediaUrl, IReadOnlyList<string> banks)
    {
        using var lease = Enter();
        var pdqBanks = lease.Set.ByKind[HashKind.Pdq].ToList();
        var gate = forms.Count == 0 ? PdqGate.Open : PdqGates.Of(forms[0], quality);
        if (pdqBanks.Count == 0 || gate != PdqGate.Open)
        {
            return new PdqAnswer(gate, []);
        }

        var radius = pdqBanks.Max(bank => bank.Version.Radius);
        var hits = new List<PdqHit>();
        foreach (var form in forms)
        {
            lease.Set.Pdq.Find(form, quality, radius, hits);
        }

        List<Match>? matches = null;
        var value = new byte[PdqHash.Bytes];
        foreach (var entry in hits.GroupBy(hit => hit.Ordinal).Select(group => group.MinBy(hit => hit.Distance)).OrderBy(hit => hit.Distance).ThenBy(hit => hit.Ordinal))
        {
            lease.Set.Pdq.HashAt(entry.Ordinal).CopyTo(value);
            foreach (var bank in pdqBanks)
            {
                if (entry.Distance <= bank.Version.Radius && bank.File.Find(value) is var row and >= 0)
                {
                    Add(bank, row, entry.Distance, mediaUrl, banks, ref matches);
                }
            }
        }

        return new PdqAnswer(gate, matches ?? []);
    }

    /// <summary>Which of many digests stand in any bank, whatever was decided about the entry: the quick question before the exact one.</summary>
    /// <param name="found">As long as <paramref name="digests"/>.</param>
    /// <returns>How many were found.</returns>
    public int Contains(ReadOnlySpan<Digest> digests, Span<bool> found)
    {
        using var lease = Enter();
        var hits = 0;
        // Runs of one kind at a time, as lists of questions usually are.
        for (int from = 0, to; from < digests.Length; from = to)
        {
            var kind = digests[from].Kind;
            for (to = from + 1; to < digests.Length && digests[to].Kind == kind;)
            {
                to++;
            }

            if (lease.Set.Digests[(int)kind] is { } index)
            {
                hits += index.Contains(digests[from..to], found[from..to]);
            }
            else
            {
                found[from..to].Clear();
            }
        }

        return hits;
    }

    /// <summary>Puts a set in the place of the present one.</summary>
    internal void Replace(BankSet set) => Interlocked.Exchange(ref _set, set).Dispose();

    internal void Replace(IEnumerable<HashEntryState> states) => _states = states.ToFrozenDictionary(state => state.Id, StringComparer.Ordinal);

    internal Lease Enter()
    {
        while (true)
        {
            var set = _set;
            if (set.TryEnter())
            {
                return new Lease(set);
            }
        }
    }

    public void Dispose() => Replace(BankSet.Empty());

    private void Collect(BankSet set, in Digest digest, string mediaUrl, IReadOnlyList<string> banks, ref List<Match>? matches)
    {
        if (set.Digests[(int)digest.Kind]?.Contains(digest) != true)
        {
            return;
        }

        Span<byte> value = stackalloc byte[32];
        digest.CopyTo(value);
        foreach (var bank in set.ByKind[digest.Kind.ToHashKind()])
        {
            if (bank.File.Find(value[..digest.Length]) is var row and >= 0)
            {
                Add(bank, row, 0, mediaUrl, banks, ref matches);
            }
        }
    }

    private void Add(BankInForce bank, long row, int distance, string mediaUrl, IReadOnlyList<string> banks, ref List<Match>? matches)
    {
        var version = bank.Version;
        if (banks.Count > 0 && !banks.Contains(version.Name, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var hash = Convert.ToHexStringLower(bank.File.Value(row));
        var standing = _states.GetValueOrDefault(HashEntryState.IdOf(version.Name, version.Kind, hash))?.Standing ?? EntryStanding.InForce;
        if (standing == EntryStanding.Disabled)
        {
            return;
        }

        (matches ??= []).Add(new Match
        {
            Bank = version.Name,
            BankVersion = version.Number.ToString(CultureInfo.InvariantCulture),
            Entry = bank.File.NameOf(row),
            Hash = hash,
            Kind = version.Kind,
            Distance = distance,
            Quality = bank.File.QualityOf(row),
            Opinion = bank.File.OpinionOf(row) ?? version.Opinion,
            Quarantined = standing == EntryStanding.Quarantined,
            MediaUrl = mediaUrl,
        });
    }

    /// <summary>Keeps a set mapped while it is asked.</summary>
    internal readonly struct Lease(BankSet set) : IDisposable
    {
        public BankSet Set => set;

        public void Dispose() => set.Leave();
    }
}
