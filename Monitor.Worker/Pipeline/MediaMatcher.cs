using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Banks;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Pipeline;

/// <summary>Asks the banks about one media item of a target, and notices entries that suddenly match everything.</summary>
public sealed class MediaMatcher(Desk desk, BankIndex index, HashEntryOperations entries, FloodWatch floods)
{
    /// <param name="banks">Bank names that count; empty: all.</param>
    public async ValueTask<IReadOnlyList<Match>> MatchAsync(Target target, DigestSet digests, string mediaUrl, IReadOnlyList<string> banks, CancellationToken cancellation)
    {
        var matches = index.Match(digests, mediaUrl, banks);
        return matches.Count == 0 ? matches : await WatchedAsync(target, matches, cancellation);
    }

    /// <summary>The same matches; those of an entry that has just been quarantined say so already.</summary>
    private async ValueTask<IReadOnlyList<Match>> WatchedAsync(Target target, IReadOnlyList<Match> matches, CancellationToken cancellation)
    {
        var settings = desk.Configuration.Installation.HashBanks;
        var rule = new FloodRule { Targets = settings.FloodTargets, Hosts = settings.FloodHosts, Window = settings.FloodWindow };
        List<Match>? watched = null;
        for (var i = 0; i < matches.Count; i++)
        {
            var match = matches[i];
            // What is known to be harmless may stand everywhere, and about the others a person has decided.
            if (match.Opinion == Opinion.Negative || match.Quarantined || index.States.GetValueOrDefault(HashEntryState.IdOf(match.Bank, match.Kind, match.Hash)) is { Standing: EntryStanding.Released })
            {
                continue;
            }

            if (floods.Count(HashEntryState.IdOf(match.Bank, match.Kind, match.Hash), target.Id, target.Host, desk.Now, rule) is { } count
                && await entries.QuarantineAsync(match, count, cancellation))
            {
                (watched ??= [.. matches])[i] = match with { Quarantined = true };
            }
        }

        return watched ?? matches;
    }
}
