using System.Runtime.CompilerServices;
using System.Text;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Extracting;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Monitor.Worker.Warc;

namespace Monitor.Worker.Pipeline;

/// <summary>
/// Holds rules against what was captured of each target last: what another version of a set would find, before it is in force.
/// Sealed captures are opened for it and nothing of them leaves: it answers with ids.
/// </summary>
public sealed class RuleBacktest(Desk desk, RuleSetOperations operations, RuleEngine engine)
{
    private const int PageOfTargets = 200;
    private const int WindowOfObservations = 64;

    /// <summary>Observations of one target that are searched for its last capture.</summary>
    private const int MostObservations = 4096;

    private static readonly PageReader Reader = new();

    /// <summary>Every target in scope whose watch list uses one of the sets, with the rules that hold now and that would hold.</summary>
    /// <param name="candidates">Sets that would take the place of those of the same name; empty: only what is in force.</param>
    /// <param name="experimental">Experimental rules as well, on both sides.</param>
    public async IAsyncEnumerable<BacktestRow> RunAsync(AgencyScope scope, IReadOnlyList<RuleSet> candidates, bool experimental, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var configuration = desk.Configuration;
        var inForce = operations.InForce.Of(configuration);
        var plans = new Dictionary<string, (CompiledRules Before, CompiledRules After)?>(StringComparer.Ordinal);
        var used = configuration.WatchLists.Values.SelectMany(list => list.RuleSets).ToHashSet(StringComparer.Ordinal);
        string? after = null;
        while (most > 0)
        {
            var targets = await desk.Store.ListTargetsAsync(new TargetQuery(), scope, new Paging(after, PageOfTargets), cancellation);
            if (targets.Count == 0)
            {
                yield break;
            }

            foreach (var target in targets)
            {
                if (!plans.TryGetValue(target.WatchListId, out var plan))
                {
                    plans[target.WatchListId] = plan = Plan(configuration.WatchLists.GetValueOrDefault(target.WatchListId));
                }

                if (plan is not { } rules)
                {
                    continue;
                }

                yield return await JudgeAsync(target, rules.Before, rules.After, experimental, cancellation);
                if (--most <= 0)
                {
                    yield break;
                }
            }

            after = targets[^1].Id;
        }

        (CompiledRules Before, CompiledRules After)? Plan(WatchList? list)
        {
            var names = list?.RuleSets ?? [];
            // A set that no list names yet is tried on everything.
            var mine = candidates.Where(set => names.Contains(set.Name) || !used.Contains(set.Name)).ToList();
            if (candidates.Count > 0 && mine.Count == 0)
            {
                return null;
            }

            var before = names.Where(inForce.ContainsKey).Select(name => inForce[name]).ToList();
            return (engine.Compile(before), engine.Compile([.. before.Where(set => mine.All(one => one.Name != set.Name)), .. mine]));
        }
    }

    /// <summary>What is known of a target from its last capture; null: it was never captured, or nothing of that can be opened.</summary>
    public async Task<(RuleSubject? Subject, string? Observation)> SubjectAsync(Target target, CancellationToken cancellation)
    {
        if (await CapturedAsync(target, cancellation) is not { } observation)
        {
            return (null, null);
        }

        string? text = null;
        byte[]? page = null;
        foreach (var capture in observation.Captures)
        {
            if (await desk.Vault.OpenAsync(capture, cancellation) is OpenResult.Opened opened)
            {
                switch (opened.Kind)
                {
                    case "text":
                        text = Encoding.UTF8.GetString(opened.Content);
                        break;
                }
            }
        }

        if (observation.PageRecord is { } place && await desk.Vault.OpenAsync(place.Item, cancellation) is OpenResult.Opened records)
        {
            page = await SealedAnswers.ContentAsync(records.Content, place.Content, cancellation);
        }

        var url = observation.FinalUrl ?? target.Url;
        return text is null && page is null
            ? (null, observation.Id)
            : (new RuleSubject { Text = text, Url = url, Page = page is null ? null : Reader.Read(new PageSource(page, null, url), cancellation).Outline, Matches = observation.Matches }, observation.Id);
    }

    private async Task<BacktestRow> JudgeAsync(Target target, CompiledRules before, CompiledRules after, bool experimental, CancellationToken cancellation)
    {
        var (subject, observation) = await SubjectAsync(target, cancellation);
        if (subject is null)
        {
            return new BacktestRow(target.Id, observation, observation is null ? BacktestSight.NeverCaptured : BacktestSight.Unreadable, [], []);
        }

        var now = RuleEvaluator.Evaluate(before, subject, experimental: experimental);
        var then = RuleEvaluator.Evaluate(after, subject, experimental: experimental);
        return new BacktestRow(target.Id, observation, now.Complete && then.Complete ? BacktestSight.Whole : BacktestSight.Partial, now.Rules, then.Rules);
    }

    private async Task<Observation?> CapturedAsync(Target target, CancellationToken cancellation)
    {
        for (var last = target.Observations; last > Math.Max(0, target.Observations - MostObservations); last -= WindowOfObservations)
        {
            var from = Math.Max(1, last - WindowOfObservations + 1);
            var window = await desk.Store.ObservationsAsync(target.Id, from, last - from + 1, cancellation);
            if (window.LastOrDefault(one => one is { PageDigest: not null, Captures.Count: > 0 }) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}

/// <param name="Observation">The observation whose captures were looked at; null: there are none.</param>
/// <param name="Before">Ids of the rules in force that hold.</param>
/// <param name="After">Ids of the rules that would hold.</param>
public sealed record BacktestRow(string Target, string? Observation, BacktestSight Sight, IReadOnlyList<string> Before, IReadOnlyList<string> After)
{
    public IReadOnlyList<string> Added => [.. After.Except(Before, StringComparer.Ordinal)];

    public IReadOnlyList<string> Removed => [.. Before.Except(After, StringComparer.Ordinal)];
}

public enum BacktestSight
{
    Whole,

    /// <summary>A limit cut the search.</summary>
    Partial,
    NeverCaptured,

    /// <summary>Shredded (known material, retention) or damaged.</summary>
    Unreadable,
}
