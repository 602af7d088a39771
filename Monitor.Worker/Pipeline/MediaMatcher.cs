using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Banks;
using Monitor.Worker.Media;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Pipeline;

/// <summary>Asks the banks about one media item of a target, and notices entries that suddenly match everything.</summary>
public sealed class MediaMatcher(Desk desk, BankIndex index, HashEntryOperations entries, FloodWatch floods)
{
    /// <summary>Likenesses of one medium that are recorded, nearest first.</summary>
    private const int MostLikenesses = 20;

    /// <summary>Some bank lists likenesses, so that a picture has to be decoded to be asked about.</summary>
    public bool AsksForLikeness => index.HasPdq;

    /// <param name="picture">The medium as decoded and hashed; null: it was not.</param>
    /// <param name="banks">Bank names that count; empty: all.</param>
    public async ValueTask<IReadOnlyList<Match>> MatchAsync(Target target, DigestSet digests, MediaHashing? picture, string mediaUrl, IReadOnlyList<string> banks, CancellationToken cancellation)
    {
        var matches = index.Match(digests, mediaUrl, banks);
        if (picture is not null && index.HasPdq && Like(picture, mediaUrl, banks) is { Count: > 0 } like)
        {
            matches = [.. matches, .. like];
        }

        return matches.Count == 0 ? matches : await WatchedAsync(target, matches, cancellation);
    }

    /// <summary>What the picture looks like, as it stands, turned and mirrored; of an animation also the frames that were sampled.</summary>
    private List<Match> Like(MediaHashing hashing, string mediaUrl, IReadOnlyList<string> banks)
    {
        var found = new List<Match>();
        for (var i = 0; i < hashing.Frames.Count; i++)
        {
            var result = hashing.Frames[i].Pdq;
            IReadOnlyList<PdqHash> forms = i == 0 && hashing.Dihedrals is { } turned ? turned.All : [result.Hash];
            found.AddRange(index.MatchPdq(forms, result.Quality, mediaUrl, banks).Matches);
        }

        return found.Count == 0 ? found
            : [.. found.GroupBy(match => (match.Bank, match.Hash)).Select(group => group.MinBy(match => match.Distance)!).OrderBy(match => match.Distance).ThenBy(match => match.Bank, StringComparer.Ordinal).Take(MostLikenesses)];
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
