using System.Globalization;
using System.Text;
using Monitor.Rules.Custody;
using Monitor.Rules.Hashing;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Reads the whole log once and holds it against everything that says what it should be: its own links, every checkpoint in the store, and checkpoints that were kept elsewhere.
/// One entry at a time is in memory.
/// </summary>
public sealed class CustodyVerification(Desk desk, ICheckpointSigner signer, ITimestampAuthority authority)
{
    private const int Page = 5000;

    /// <summary>A beat every hour: a longer silence means that the program did not run, or that entries are missing.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(65);

    private const int MostGaps = 1000;

    /// <param name="given">Checkpoints kept elsewhere, by the name they are told under.</param>
    /// <param name="trusted">Keys known from elsewhere; empty: those that the store itself names.</param>
    /// <param name="progress">Entries read and their number.</param>
    public async Task<CustodyReport> RunAsync(IReadOnlyList<(string Name, string Note)> given, IReadOnlyList<NoteKey> trusted, Action<long, long>? progress, CancellationToken cancellation)
    {
        var findings = new List<CustodyFinding>();
        var published = await PublishedAsync(cancellation);
        var expected = new SortedDictionary<long, List<(string Name, Digest Root)>>();
        void Expect(string name, long size, Digest root)
        {
            if (!expected.TryGetValue(size, out var roots))
            {
                expected[size] = roots = [];
            }

            roots.Add((name, root));
        }

        var keys = trusted.Count > 0 ? trusted : [.. published.SelectMany(row => new[] { row.Key, row.PreviousKey }).Distinct().Select(text => NoteKey.TryParse(text, out var key) ? key : null).OfType<NoteKey>()];
        foreach (var row in published)
        {
            var name = "checkpoint/" + row.Size.ToString(CultureInfo.InvariantCulture);
            Signed(name, row.Note, keys, findings, out var checkpoint);
            if (checkpoint is null || checkpoint.Size != row.Size || checkpoint.Root != row.Root || !SignedBy(row, row.Key) || (row.PreviousKey is { } previous && !SignedBy(row, previous)))
            {
                findings.Add(new CustodyFinding("checkpoint-altered", name, ""));
            }

            Expect(name, row.Size, row.Root);
            Stamped(row, name, findings);
            foreach (var line in row.Cosignatures)
            {
                Cosigned(row, line, name, findings);
            }
        }

        foreach (var (name, note) in given)
        {
            Signed(name, note, keys, findings, out var checkpoint);
            if (checkpoint is not null)
            {
                Expect(name, checkpoint.Size, checkpoint.Root);
            }
        }

        var (head, frontier, gaps) = await ReadAsync(expected, findings, progress, cancellation);
        foreach (var (size, roots) in expected.Where(one => one.Key > head.Sequence))
        {
            findings.AddRange(roots.Select(one => new CustodyFinding("tail-cut", one.Name, $"{head.Sequence} < {size}")));
        }

        var newest = published.Count == 0 ? 0 : published[^1].Size;
        return new CustodyReport(head.Sequence, head.Hash, frontier.Root, published.Count, given.Count, newest, findings, gaps);
    }

    private async Task<List<PublishedCheckpoint>> PublishedAsync(CancellationToken cancellation)
    {
        var all = new List<PublishedCheckpoint>();
        for (var after = -1L; ;)
        {
            var page = await desk.Store.CheckpointsAsync(after, Page, cancellation);
            if (page.Count == 0)
            {
                return all;
            }

            all.AddRange(page);
            after = page[^1].Size;
        }
    }

    private async Task<(CustodyHead Head, MerkleFrontier Frontier, List<CustodyGap> Gaps)> ReadAsync(
        SortedDictionary<long, List<(string Name, Digest Root)>> expected, List<CustodyFinding> findings, Action<long, long>? progress, CancellationToken cancellation)
    {
        var length = await desk.Store.CustodyLengthAsync(cancellation);
        var (head, frontier, gaps) = (CustodyHead.Empty, MerkleFrontier.Empty, new List<CustodyGap>());
        CustodyEntry? before = null;
        while (head.Sequence < length)
        {
            var page = await desk.Store.CustodyBytesAsync(head.Sequence + 1, Page, cancellation);
            if (page.Count == 0)
            {
                findings.Add(new CustodyFinding("entry-missing", Number(head.Sequence + 1), ""));
                break;
            }

            var stop = false;
            foreach (var filed in page)
            {
                if (!CustodyCanonical.TryRead(filed.Canonical, out var read) || read is not { } entry || entry.Sequence != filed.Sequence)
                {
                    findings.Add(new CustodyFinding("entry-altered", Number(filed.Sequence), ""));
                    stop = true;
                    break;
                }

                if (CustodyChain.Verify([entry], head) is ChainVerdict.Broken broken)
                {
                    findings.Add(new CustodyFinding(broken.Why switch
                    {
                        ChainFault.Missing => "entry-missing",
                        ChainFault.OutOfOrder => "entry-out-of-order",
                        _ => "entry-altered",
                    }, Number(broken.Why == ChainFault.LinkDiffers ? broken.Sequence - 1 : broken.Sequence), ""));
                    stop = true;
                    break;
                }

                head = CustodyHead.At(entry);
                frontier = frontier.Append([MerkleHash.Leaf(CustodyCanonical.Write(entry))]);
                if (expected.TryGetValue(head.Sequence, out var roots))
                {
                    findings.AddRange(roots.Where(one => one.Root != frontier.Root).Select(one => new CustodyFinding("history-rewritten", one.Name, Number(head.Sequence))));
                }

                if (before is not null && entry.Act.At - before.Act.At > LongestSilence && gaps.Count < MostGaps)
                {
                    gaps.Add(new CustodyGap(before.Sequence, before.Act.At, entry.Act.At));
                }

                before = entry;
            }

            progress?.Invoke(head.Sequence, length);
            if (stop)
            {
                break;
            }
        }

        return (head, frontier, gaps);
    }

    private bool SignedBy(PublishedCheckpoint row, string key) =>
        NoteKey.TryParse(key, out var read) && SignedNote.TryParse(row.Note, out var note) && note.Check(read, signer.Verify) is NoteCheck.Good;

    private void Signed(string name, string note, IReadOnlyList<NoteKey> keys, List<CustodyFinding> findings, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (!SignedNote.TryParse(note, out var read) || !Checkpoint.TryParse(read.Body, out checkpoint))
        {
            findings.Add(new CustodyFinding("not-a-checkpoint", name, ""));
            return;
        }

        var checks = keys.Select(key => read.Check(key, signer.Verify)).ToList();
        if (checks.Any(check => check is NoteCheck.Forged))
        {
            findings.Add(new CustodyFinding("signature-forged", name, ""));
        }
        else if (!checks.Any(check => check is NoteCheck.Good))
        {
            findings.Add(new CustodyFinding("signature-unknown", name, string.Join(' ', read.Signatures.Select(signature => string.Create(CultureInfo.InvariantCulture, $"{signature.Name}+{signature.KeyId:x8}")))));
        }
    }

    private void Stamped(PublishedCheckpoint row, string name, List<CustodyFinding> findings)
    {
        if (row.Token is not { } token)
        {
            return;
        }

        switch (authority.Check(token, Encoding.UTF8.GetBytes(row.Note)))
        {
            case StampCheck.Bad bad:
                findings.Add(new CustodyFinding("token-" + bad.Code, name, ""));
                break;
            case StampCheck.Good { Trusted: false } when desk.Configuration.Installation.Custody.TsaRoots.Length > 0:
                findings.Add(new CustodyFinding("token-not-trusted", name, ""));
                break;
        }
    }

    private void Cosigned(PublishedCheckpoint row, string line, string name, List<CustodyFinding> findings)
    {
        if (!SignedNote.TryParse(row.Note + line + "\n", out var note))
        {
            findings.Add(new CustodyFinding("cosignature-forged", name, ""));
            return;
        }

        // A witness that is configured no more cannot be judged.
        foreach (var witness in desk.Configuration.Installation.Custody.Witnesses.Where(witness => note.Signatures[^1].Name == witness.Name && note.Signatures[^1].KeyId == witness.Id))
        {
            if (note.Check(witness, signer.Verify) is not NoteCheck.Good)
            {
                findings.Add(new CustodyFinding("cosignature-forged", name, witness.Name));
            }
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Count">Entries that hold, from the first.</param>
/// <param name="Head">Hash of the last of them.</param>
/// <param name="Root">Root of the tree over them.</param>
/// <param name="Newest">Size of the newest checkpoint in the store.</param>
/// <param name="Findings">Empty: the log is what everything says that it is.</param>
/// <param name="Gaps">Silences of more than an hour: no fault by themselves, but to be explained.</param>
public sealed record CustodyReport(long Count, string Head, Digest Root, int Checkpoints, int Given, long Newest, IReadOnlyList<CustodyFinding> Findings, IReadOnlyList<CustodyGap> Gaps);

/// <param name="Code">"entry-altered", "entry-missing", "entry-out-of-order", "history-rewritten", "tail-cut", "checkpoint-altered", "signature-forged", "signature-unknown", "not-a-checkpoint", "token-…", "cosignature-forged".</param>
/// <param name="Where">Number of the entry, or name of the checkpoint.</param>
public sealed record CustodyFinding(string Code, string Where, string Detail);

/// <param name="After">Number of the entry before the silence.</param>
public sealed record CustodyGap(long After, DateTimeOffset From, DateTimeOffset To);
