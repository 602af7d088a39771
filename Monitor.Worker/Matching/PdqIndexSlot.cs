using Monitor.Rules.Matching;

namespace Monitor.Worker.Matching;

/// <summary>
/// The index in force. Swapping it never makes a look-up fail: each works on the index that it leased, and the old file is unmapped
/// when the last lease on it is given back.
/// </summary>
/// <typeparam name="TNames">What belongs to the index and is swapped with it: whose entry each ordinal is.</typeparam>
public sealed class PdqIndexSlot<TNames> : IDisposable
{
    private Holder _current;

    /// <summary>Starts with an index of nothing.</summary>
    public PdqIndexSlot(TNames names) => _current = new Holder(PdqIndex.Empty, names, null);

    /// <summary>Never null, never fails: take it in a <c>using</c> and keep it for one look-up.</summary>
    public Lease Take()
    {
        while (true)
        {
            var current = Volatile.Read(ref _current);
            if (current.TryEnter())
            {
                return new Lease(current);
            }

            // Swapped away and left by all between the two lines above: the next one is there already.
        }
    }

    /// <summary>Puts another index into force. The file is the slot's from now on.</summary>
    public void Swap(PdqIndexFile file, TNames names) => Put(new Holder(file.Index, names, file));

    /// <summary>Puts an index that lives in ordinary memory into force.</summary>
    public void Swap(PdqIndex index, TNames names) => Put(new Holder(index, names, null));

    public void Dispose() => Volatile.Read(ref _current).Leave();

    private void Put(Holder next) => Interlocked.Exchange(ref _current, next).Leave();

    /// <summary>A right to use the index that was in force when it was taken.</summary>
    public readonly struct Lease : IDisposable
    {
        private readonly Holder _holder;

        internal Lease(Holder holder) => _holder = holder;

        public PdqIndex Index => _holder.Index;

        public TNames Names => _holder.Names;

        public void Dispose() => _holder.Leave();
    }

    internal sealed class Holder(PdqIndex index, TNames names, PdqIndexFile? file)
    {
        // One for being in force, one for each lease; at none the file goes, and nobody enters again.
        private int _users = 1;

        public PdqIndex Index => index;

        public TNames Names => names;

        public bool TryEnter()
        {
            var users = Volatile.Read(ref _users);
            while (users > 0)
            {
                var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
                if (seen == users)
                {
                    return true;
                }

                users = seen;
            }

            return false;
        }

        public void Leave()
        {
            if (Interlocked.Decrement(ref _users) == 0)
            {
                file?.Dispose();
            }
        }
    }
}
