using Monitor.Rules.Custody;
using Monitor.Rules.Sharing;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>The custody log as inspectors read it: newest first, over every agency. Nobody else reads it here, as its reasons are told across agencies.</summary>
public sealed class CustodyReading(IMonitorStore store, CustodyProofs proofs)
{
    /// <summary>Entries looked through for one answer, so that a filter that finds little still answers at once.</summary>
    public const int MostScanned = 2000;

    private const int Step = 200;

    /// <param name="before">Continue below this number; null: from the newest.</param>
    /// <param name="item">Only entries about this item (T000001, E000001 …); empty: all.</param>
    /// <param name="person">Only acts of this person; empty: all.</param>
    public async Task<OperationResult<CustodyPage>> ListAsync(Actor actor, long? before, string? item, string? person, int count, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Inspector) is { } refused)
        {
            return refused;
        }

        bool IsMeant(CustodyEntry entry) => string.IsNullOrEmpty(person) || string.Equals(entry.Act.Actor, person, StringComparison.OrdinalIgnoreCase);
        if (!string.IsNullOrEmpty(item))
        {
            var about = (await store.CustodyOfAsync(item, cancellation)).Where(entry => IsMeant(entry) && !(entry.Sequence >= before)).OrderByDescending(entry => entry.Sequence).Take(count + 1).ToList();
            return new OperationResult<CustodyPage>.Done(new CustodyPage([.. about.Take(count)], about.Count > count ? about[count - 1].Sequence : null));
        }

        var next = before ?? (await store.CustodyLengthAsync(cancellation)) + 1;
        var lowest = Math.Max(1, next - MostScanned);
        var found = new List<CustodyEntry>();
        while (next > lowest && found.Count < count)
        {
            var from = Math.Max(lowest, next - Step);
            foreach (var entry in (await store.CustodyAsync(from, (int)(next - from), cancellation)).Reverse())
            {
                next = entry.Sequence;
                if (IsMeant(entry))
                {
                    found.Add(entry);
                    if (found.Count == count)
                    {
                        break;
                    }
                }
            }

            next = found.Count == count ? next : from;
        }

        return new OperationResult<CustodyPage>.Done(new CustodyPage(found, next > 1 ? next : null));
    }

    /// <summary>An entry with its canonical bytes, and its proof where a checkpoint covers it.</summary>
    public async Task<OperationResult<ReadEntry>> FindAsync(Actor actor, long sequence, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Inspector) is { } refused)
        {
            return refused;
        }

        var entry = sequence < 1 ? null : (await store.CustodyAsync(sequence, 1, cancellation)).FirstOrDefault(one => one.Sequence == sequence);
        if (entry is null)
        {
            return Refusal.NotFound("custody entry", sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var (_, canonical, proof) = (await proofs.OfAsync(sequence, null, cancellation))[0];
        return new OperationResult<ReadEntry>.Done(new ReadEntry(entry, canonical, proof));
    }
}

/// <param name="Next">Number to continue below; null: the first entry was reached.</param>
public sealed record CustodyPage(IReadOnlyList<CustodyEntry> Entries, long? Next);

/// <param name="Proof">Null: no checkpoint covers it yet.</param>
public sealed record ReadEntry(CustodyEntry Entry, byte[] Canonical, LogProof? Proof);
