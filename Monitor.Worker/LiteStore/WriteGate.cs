using System.Collections.Concurrent;
using LiteDB;

namespace Monitor.Worker.LiteStore;

/// <summary>
/// The only way to write a LiteDB file: one thread (a LiteDB transaction belongs to its thread), which takes what is queued, runs it
/// in one transaction, makes that durable with one flush, and only then ends the callers' tasks. Work that throws takes its group back;
/// each of the group then runs alone, so that the bad one hurts nobody else. Reading does not pass here.
/// </summary>
internal sealed class WriteGate : IAsyncDisposable
{
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(60);

    private readonly LiteFile _file;
    private readonly IGateState _state;
    private readonly WriteGateOptions _options;
    private readonly BlockingCollection<Job> _queue = new(new ConcurrentQueue<Job>());
    private readonly SemaphoreSlim _slots;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _broken;
    private int _disposed;

    public WriteGate(LiteFile file, string name, WriteGateOptions options, IGateState state)
    {
        _file = file;
        _state = state;
        _options = options;
        _slots = new SemaphoreSlim(options.QueueLength);
        new Thread(Loop) { Name = name, IsBackground = true }.Start();
    }

    /// <summary>
    /// Runs <paramref name="work"/> inside a transaction shared with its neighbours; the task ends when what it wrote is on the disk.
    /// Waits while the queue is full. Cancelling counts until the work is queued, not after.
    /// </summary>
    public Task<T> RunAsync<T>(Func<GateTurn, T> work, CancellationToken cancellation) => EnqueueAsync(new Job<T>(work, Alone: false), cancellation);

    /// <summary>Runs <paramref name="work"/> by itself and outside any transaction: checkpoints, indexes, copies.</summary>
    public Task<T> RunAloneAsync<T>(Func<GateTurn, T> work, CancellationToken cancellation) => EnqueueAsync(new Job<T>(work, Alone: true), cancellation);

    /// <summary>Lets what is queued finish, then ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _queue.CompleteAdding();
        await _ended.Task;
    }

    private async Task<T> EnqueueAsync<T>(Job<T> job, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            try
            {
                _queue.Add(job, CancellationToken.None);
            }
            catch (InvalidOperationException closed)
            {
                throw new ObjectDisposedException("The store is closed.", closed);
            }

            return await job.Task;
        }
        finally
        {
            _slots.Release();
        }
    }

    private void Loop()
    {
        var group = new List<Job>(_options.GroupSize);
        Job? held = null;
        while (true)
        {
            var first = held;
            held = null;
            if (first is null && !_queue.TryTake(out first, _options.IdleCheckpoint))
            {
                if (_queue.IsCompleted)
                    break;
                if (_file.Log.Length > 0 && _broken is null)
                    Checkpoint();
                continue;
            }

            group.Clear();
            group.Add(first);
            while (!first.Alone && group.Count < _options.GroupSize && _queue.TryTake(out var next))
            {
                if (next.Alone)
                {
                    held = next;
                    break;
                }

                group.Add(next);
            }

            if (first.Alone)
                RunAlone(first);
            else
                RunGroup(group);
        }

        _queue.Dispose();
        _ended.SetResult();
    }

    private void RunAlone(Job job)
    {
        if (Refused([job]))
            return;
        try
        {
            job.Run(new GateTurn(_file));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            job.Fail(failure);
            return;
        }

        job.Complete();
    }

    private void RunGroup(List<Job> group)
    {
        if (Refused(group))
            return;

        var turn = new GateTurn(_file);
        try
        {
            _file.Database.BeginTrans();
            foreach (var job in group)
                job.Run(turn);
            if (turn.Wrote)
                _state.BeforeCommit(turn);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            TakeBack();
            if (group.Count == 1)
            {
                group[0].Fail(failure);
                return;
            }

            foreach (var job in group)
                RunGroup([job]);
            return;
        }

        try
        {
            Commit(turn.Wrote);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whether the group is on the disk is not known: nothing more is promised until the store is opened anew.
            _broken = failure;
            foreach (var job in group)
                job.Fail(failure);
            return;
        }

        _state.Committed();

        // A promise that includes the checkpoint (destroyed keys) waits for it; the others do not.
        if (turn.CheckpointWanted && !Checkpoint())
        {
            foreach (var job in group)
                job.Fail(new IOException("the log could not be folded into the data file"));
            return;
        }

        foreach (var job in group)
            job.Complete();
        if (_file.Log.Length > _options.CheckpointBytes)
            Checkpoint();
    }

    private void Commit(bool wrote)
    {
        if (!wrote)
        {
            _file.Database.Rollback();
            return;
        }

        var before = _file.Log.Confirmed;
        if (!_file.Database.Commit())
            throw new IOException("the database had no transaction to commit");

        // The engine may write the last pages from a thread of its own.
        if (!_file.Log.WaitConfirmed(before, LogPatience))
            throw new IOException("the database did not write its log");
        _file.Log.Sync();
    }

    private void TakeBack()
    {
        try
        {
            _file.Database.Rollback();
        }
        catch (LiteException failure)
        {
            _broken = failure;
        }

        _state.RolledBack();
    }

    private bool Refused(List<Job> jobs)
    {
        if (_broken is null)
            return false;
        foreach (var job in jobs)
            job.Fail(new IOException("the store stopped after a failed write; open it anew", _broken));
        return true;
    }

    private bool Checkpoint()
    {
        try
        {
            _file.Database.Checkpoint();
            return true;
        }
        catch (LiteException failure) when (failure.ErrorCode == LiteException.LOCK_TIMEOUT)
        {
            // Somebody reads without pause: the log grows until the next try.
            return false;
        }
        catch (Exception failure) when (failure is LiteException or IOException)
        {
            _broken = failure;
            return false;
        }
    }

    private abstract record Job(bool Alone)
    {
        public abstract void Run(GateTurn turn);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed record Job<T>(Func<GateTurn, T> Work, bool Alone) : Job(Alone)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public override void Run(GateTurn turn) => _result = Work(turn);

        public override void Complete() => _done.SetResult(_result);

        public override void Fail(Exception failure) => _done.SetException(failure);
    }
}

/// <summary>What work inside the gate has in hand.</summary>
internal sealed class GateTurn(LiteFile file)
{
    public LiteDatabase Database => file.Database;

    public LiteFile File => file;

    /// <summary>Set before the first write: a group that wrote nothing is not flushed.</summary>
    public bool Wrote { get; set; }

    /// <summary>The work counts as done only once the log is folded into the data file and cut.</summary>
    public bool CheckpointWanted { get; set; }
}

/// <summary>Numbers kept in memory that must follow what is committed.</summary>
internal interface IGateState
{
    /// <summary>Last word inside the transaction.</summary>
    void BeforeCommit(GateTurn turn);

    void Committed();

    void RolledBack();
}

internal sealed record WriteGateOptions
{
    /// <summary>Most commits that share a transaction and a flush.</summary>
    public int GroupSize { get; init; } = 64;

    /// <summary>Commits that may wait; further callers wait outside.</summary>
    public int QueueLength { get; init; } = 1024;

    /// <summary>Log length in bytes beyond which it is folded into the data file.</summary>
    public long CheckpointBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Quiet time after which the log is folded in whatever its length.</summary>
    public TimeSpan IdleCheckpoint { get; init; } = TimeSpan.FromSeconds(20);
}
