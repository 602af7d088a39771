using Monitor.Rules.Hashing;
using Monitor.Rules.Sharing;
using Monitor.Worker.Scoring;

namespace Monitor.Worker.Operations;

/// <summary>
/// Which model ranks pages. What is in force is what the custody log says last, by the digest of the model's card; the files lie under the data
/// directory by that digest. Files that are not those bytes are not used.
/// </summary>
public sealed class ScoringOperations(Desk desk, PageScoring scoring, string dataDirectory)
{
    /// <summary>What the custody entries are about.</summary>
    public const string Item = "score-model";

    public const string ActivateAct = "activate-score-model";
    public const string DeactivateAct = "deactivate-score-model";

    public async Task<OperationResult<ModelCard>> ActivateAsync(Actor actor, string directory, string reason, CancellationToken cancellation)
    {
        if (Unfit(actor, reason) is { } unfit)
        {
            return unfit;
        }

        switch (TextScorer.Load(directory))
        {
            case ScorerLoading.Missing missing:
                return new Refusal(RefusalKind.Invalid, "score-model-missing", directory, missing.File);
            case ScorerLoading.Damaged damaged:
                return new Refusal(RefusalKind.Invalid, "score-model-damaged", directory, damaged.File);
            case ScorerLoading.Foreign foreign:
                return new Refusal(RefusalKind.Invalid, "score-model-foreign", directory, foreign.Why);
            case ScorerLoading.Loaded { Scorer: var scorer }:
                if (await KeepAsync(directory, scorer, cancellation) is { } problem)
                {
                    return problem;
                }

                var result = await desk.ActAsync<ModelCard>(_ => Task.FromResult(Decided<ModelCard>.To(scorer.Card, new Ports.ChangeSet()
                    .Log(actor.Log(desk.Now, ActivateAct, Item, reason, null, scorer.CardDigest, scorer.ModelDigest)))), cancellation);
                await LoadAsync(cancellation);
                return result;
            default:
                throw new InvalidOperationException("unknown loading");
        }
    }

    /// <summary>From now on there are no scores.</summary>
    public async Task<OperationResult<bool>> DeactivateAsync(Actor actor, string reason, CancellationToken cancellation)
    {
        if (Unfit(actor, reason) is { } unfit)
        {
            return unfit;
        }

        if (scoring.State is ScoringState.Absent)
        {
            return new Refusal(RefusalKind.Conflict, "no-score-model");
        }

        var result = await desk.ActAsync<bool>(_ => Task.FromResult(Decided<bool>.To(true, new Ports.ChangeSet().Log(actor.Log(desk.Now, DeactivateAct, Item, reason)))), cancellation);
        await LoadAsync(cancellation);
        return result;
    }

    /// <summary>Puts in force what the custody log says; called when the house opens and after each act.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var entries = await desk.Store.CustodyOfAsync(Item, cancellation);
        if (entries.Count == 0)
        {
            return;
        }

        var (last, act) = (entries[^1].Sequence, entries[^1].Act);
        scoring.Replace(last, act.Act == ActivateAct && act.Digests.Count > 0
            ? TextScorer.Load(DirectoryOf(act.Digests[0]), act.Digests[0]) switch
            {
                ScorerLoading.Loaded loaded => new ScoringState.InForce(loaded.Scorer, act.Actor, act.At),
                var why => new ScoringState.Unusable(why, act.Actor, act.At),
            }
            : new ScoringState.Absent());
    }

    private static Refusal? Unfit(Actor actor, string reason) => actor.May(Role.Administrator)
        ? Reason.Check(reason)
        : new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "administrator");

    private string DirectoryOf(Digest card) => Path.Combine(dataDirectory, ModelFiles.Folder, card.ToString()[..16]);

    /// <summary>Copies the model under the data directory and reads it back: the act names what is there.</summary>
    private async Task<Refusal?> KeepAsync(string directory, TextScorer scorer, CancellationToken cancellation)
    {
        var kept = DirectoryOf(scorer.CardDigest);
        try
        {
            if (TextScorer.Load(kept, scorer.CardDigest) is not ScorerLoading.Loaded)
            {
                await ModelFiles.WriteAsync(kept,
                    await File.ReadAllBytesAsync(Path.Combine(directory, ModelCard.ModelFileName), cancellation),
                    await File.ReadAllBytesAsync(Path.Combine(directory, ModelCard.FileName), cancellation), cancellation);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Invalid, "file-unreadable", directory, problem.Message);
        }

        // Somebody may have exchanged the files while they were read.
        return TextScorer.Load(kept, scorer.CardDigest) is ScorerLoading.Loaded ? null : new Refusal(RefusalKind.Invalid, "score-model-damaged", directory, ModelCard.FileName);
    }
}
