using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Custody;
using Monitor.Rules.Hashing;
using Monitor.Rules.Sharing;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Publishes the custody log: a signed checkpoint now and then, stamped by an authority (later, if it is out of reach), written to a daily file that leaves the house,
/// countersigned by witnesses. There is one root for each size: a checkpoint that was signed is never signed otherwise.
/// </summary>
public sealed class CheckpointOperations(Desk desk, ICheckpointSigner signer, ITimestampAuthority authority, string dataDirectory) : IDisposable
{
    private const int Page = 5000;

    /// <summary>A token older than that against its checkpoint is late.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _publishing = new(1, 1);

    /// <summary>Name of the log.</summary>
    public string Origin => desk.Configuration.Installation.Custody.Origin is { Length: > 0 } named ? named
        : $"{desk.Configuration.Installation.Contact.Split('@')[^1]}/monitor";

    public ICheckpointSigner Signer => signer;

    public ITimestampAuthority Authority => authority;

    /// <summary>Directory of the daily files.</summary>
    public string Directory => desk.Configuration.Installation.Custody.CheckpointDirectory is { Length: > 0 } named ? Path.GetFullPath(named, dataDirectory) : Path.Combine(dataDirectory, "checkpoints");

    /// <summary>Publishes when it is time and there is anything new; fetches missing tokens; writes the day's file.</summary>
    /// <returns>How many tokens came late, and problems as codes, for an alert.</returns>
    public async Task<IReadOnlyList<string>> WorkAsync(CancellationToken cancellation)
    {
        var problems = new List<string>();
        var latest = await desk.Store.LatestCheckpointAsync(cancellation);
        if (await desk.Store.CustodyLengthAsync(cancellation) == 0)
        {
            return problems;
        }

        if (latest is null || desk.Now - latest.At >= desk.Configuration.Installation.Custody.CheckpointEvery)
        {
            switch (await PublishAsync(Actor.System, "", cancellation))
            {
                case OperationResult<PublishedCheckpoint>.Done done:
                    latest = done.Value;
                    break;
                case OperationResult<PublishedCheckpoint>.Refused refused:
                    problems.Add(refused.Refusal.Code);
                    break;
            }
        }

        if (authority.IsConfigured)
        {
            foreach (var without in await desk.Store.CheckpointsWithoutTokenAsync(20, cancellation))
            {
                if (await StampAsync(without, cancellation) is { } failed)
                {
                    problems.Add("tsa-" + failed);
                    break;
                }
            }
        }

        if (latest is not null && !await WriteFileAsync((await desk.Store.CheckpointAtAsync(latest.Size, cancellation))!, cancellation))
        {
            problems.Add("checkpoint-file");
        }

        return problems;
    }

    /// <summary>Signs what the log is now. Done already for that size: the one that stands.</summary>
    public async Task<OperationResult<PublishedCheckpoint>> PublishAsync(Actor actor, string reason, CancellationToken cancellation)
    {
        await _publishing.WaitAsync(cancellation);
        try
        {
            var (checkpoint, peaks) = await NowAsync(cancellation);
            if (await desk.Store.CheckpointAtAsync(checkpoint.Size, cancellation) is { } standing)
            {
                return new OperationResult<PublishedCheckpoint>.Done(standing);
            }

            if (signer.Sign(Origin, checkpoint.Body) is not { } signature || signer.Key(Origin) is not { } key)
            {
                return new Refusal(RefusalKind.Conflict, "log-key");
            }

            var row = Row(checkpoint, peaks, [signature], key, null);
            return await CommitAsync(actor, row, "checkpoint", reason, cancellation);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>A new key for the log; the checkpoint that tells it is signed by both.</summary>
    public async Task<OperationResult<PublishedCheckpoint>> RotateKeyAsync(Actor actor, string reason, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Administrator) ?? Reason.Check(reason)) is { } unfit)
        {
            return unfit;
        }

        await _publishing.WaitAsync(cancellation);
        try
        {
            // An entry of its own first, so that the size is one that no checkpoint has yet.
            await desk.Store.CommitAsync(new ChangeSet().Log(actor.Log(desk.Now, "rotate-log-key", "log", reason)), cancellation);
            var (checkpoint, peaks) = await NowAsync(cancellation);
            OperationResult<PublishedCheckpoint> result = new Refusal(RefusalKind.Conflict, "log-key");
            await signer.RotateAsync(Origin, checkpoint.Body, async change =>
            {
                result = await CommitAsync(actor, Row(checkpoint, peaks, [change.ByOld, change.ByNew], change.New, change.Old), "log-key-rotated", reason, cancellation);
                return result is OperationResult<PublishedCheckpoint>.Done;
            });
            return result;
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Takes in a note with a witness's signatures. Only witnesses that are configured count, and only for checkpoints that are ours.</summary>
    public Task<OperationResult<PublishedCheckpoint>> CountersignAsync(Actor actor, string note, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Inspector, Role.Approver, Role.Administrator) is { } refused)
        {
            return Task.FromResult<OperationResult<PublishedCheckpoint>>(refused);
        }

        return desk.ActAsync<PublishedCheckpoint>(async token =>
        {
            if (!SignedNote.TryParse(note, out var given) || !Checkpoint.TryParse(given.Body, out var checkpoint))
            {
                return new Refusal(RefusalKind.Invalid, "not-a-checkpoint");
            }

            if (await desk.Store.CheckpointAtAsync(checkpoint.Size, token) is not { } row || !SignedNote.TryParse(row.Published, out var ours) || ours.Body != given.Body)
            {
                return new Refusal(RefusalKind.Conflict, "not-our-checkpoint", checkpoint.Size.ToString(CultureInfo.InvariantCulture));
            }

            var added = new List<(string Name, string Line)>();
            foreach (var witness in desk.Configuration.Installation.Custody.Witnesses)
            {
                foreach (var signature in given.Signatures.Where(one => one.Name == witness.Name && one.KeyId == witness.Id && !row.Cosignatures.Contains(one.Line)))
                {
                    if (new SignedNote(given.Body, [signature]).Check(witness, signer.Verify) is not NoteCheck.Good)
                    {
                        return new Refusal(RefusalKind.Invalid, "cosignature-forged", witness.Name);
                    }

                    added.Add((witness.Name, signature.Line));
                }
            }

            if (added.Count == 0)
            {
                return new Refusal(RefusalKind.Conflict, "no-new-cosignature", string.Join(", ", desk.Configuration.Installation.Custody.Witnesses.Select(witness => witness.Name)));
            }

            var changed = row with { Cosignatures = [.. row.Cosignatures, .. added.Select(one => one.Line)] };
            var changes = new ChangeSet().Put(changed);
            foreach (var (name, _) in added)
            {
                changes.Log(actor.Log(desk.Now, "countersigned", "checkpoint/" + row.Size.ToString(CultureInfo.InvariantCulture), name, null, row.Root));
            }

            return Decided<PublishedCheckpoint>.To(changed, changes);
        }, cancellation);
    }

    /// <summary>Every key that signed, with the size from which it did.</summary>
    public async Task<IReadOnlyList<(long From, string Key)>> KeysAsync(CancellationToken cancellation)
    {
        var keys = new List<(long From, string Key)>();
        for (var after = -1L; ;)
        {
            var page = await desk.Store.CheckpointsAsync(after, Page, cancellation);
            if (page.Count == 0)
            {
                return keys;
            }

            foreach (var row in page)
            {
                if (keys.Count == 0 || keys[^1].Key != row.Key)
                {
                    keys.Add((row.Size, row.Key));
                }
            }

            after = page[^1].Size;
        }
    }

    public void Dispose() => _publishing.Dispose();

    /// <summary>The log as it is at this moment; hashes only what came since the last checkpoint.</summary>
    private async Task<(Checkpoint Checkpoint, MerkleFrontier Frontier)> NowAsync(CancellationToken cancellation)
    {
        var latest = await desk.Store.LatestCheckpointAsync(cancellation);
        var frontier = latest is null ? MerkleFrontier.Empty : new MerkleFrontier(latest.Size, latest.Peaks);
        var length = await desk.Store.CustodyLengthAsync(cancellation);
        while (frontier.Size < length)
        {
            var page = await desk.Store.CustodyAsync(frontier.Size + 1, (int)Math.Min(Page, length - frontier.Size), cancellation);
            frontier = frontier.Append(page.Select(entry => MerkleHash.Leaf(CustodyCanonical.Write(entry))));
        }

        return (new Checkpoint(Origin, frontier.Size, frontier.Root), frontier);
    }

    private PublishedCheckpoint Row(Checkpoint checkpoint, MerkleFrontier frontier, IReadOnlyList<NoteSignature> signatures, NoteKey key, NoteKey? previous) => new()
    {
        Id = PublishedCheckpoint.IdOf(checkpoint.Size),
        Size = checkpoint.Size,
        Root = checkpoint.Root,
        Peaks = frontier.Peaks,
        At = desk.Now,
        Note = new SignedNote(checkpoint.Body, signatures).ToString(),
        Key = key.ToString(),
        PreviousKey = previous?.ToString(),
    };

    private async Task<OperationResult<PublishedCheckpoint>> CommitAsync(Actor actor, PublishedCheckpoint row, string act, string reason, CancellationToken cancellation)
    {
        var changes = new ChangeSet().Put(row).Log(actor.Log(row.At, act, "checkpoint/" + row.Size.ToString(CultureInfo.InvariantCulture), reason, null, row.Root));
        return await desk.Store.CommitAsync(changes, cancellation) is SaveResult.Saved
            ? new OperationResult<PublishedCheckpoint>.Done(row with { Version = 1 })
            : new Refusal(RefusalKind.Conflict, "changed-meanwhile", row.Id);
    }

    /// <returns>Null when it worked, or somebody else did it meanwhile.</returns>
    private async Task<string?> StampAsync(PublishedCheckpoint row, CancellationToken cancellation)
    {
        switch (await authority.StampAsync(Encoding.UTF8.GetBytes(row.Note), cancellation))
        {
            case StampResult.Granted granted:
                var late = desk.Now - row.At > Prompt;
                var changed = row with { Token = granted.Response, TokenAt = granted.At, TokenLate = late };
                await desk.Store.CommitAsync(
                    new ChangeSet().Put(changed).Log(Actor.System.Log(desk.Now, "timestamp", "checkpoint/" + row.Size.ToString(CultureInfo.InvariantCulture), late ? "late" : "", null, Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(granted.Response)))),
                    cancellation);
                return null;
            case StampResult.Failed failed:
                return failed.Code;
            default:
                throw new InvalidOperationException("unknown stamp result");
        }
    }

    private async Task<bool> WriteFileAsync(PublishedCheckpoint row, CancellationToken cancellation)
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            var name = Path.Combine(Directory, Desk.DayOf(row.At).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".checkpoint");
            await ReplaceAsync(name, Encoding.UTF8.GetBytes(row.Published), cancellation);
            if (row.Token is { } token)
            {
                await ReplaceAsync(name + ".tsr", token, cancellation);
            }

            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task ReplaceAsync(string path, byte[] bytes, CancellationToken cancellation)
    {
        if (File.Exists(path) && (await File.ReadAllBytesAsync(path, cancellation)).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        await File.WriteAllBytesAsync(path + ".new", bytes, cancellation);
        File.Move(path + ".new", path, overwrite: true);
    }
}
