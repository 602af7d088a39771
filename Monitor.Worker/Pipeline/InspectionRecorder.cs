using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Extracting;
using Monitor.Worker.Fetching;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Pipeline;

/// <summary>Writes one inspection down: observation, target with proof and next check, case, drafts, candidates, custody: one save.</summary>
public sealed class InspectionRecorder(Desk desk, NoticeDrafter drafter, string toolVersion)
{
    private const int Attempts = 20;

    /// <param name="records">At least one; the looks of one round in the order in which the proof is fed.</param>
    public async Task<InspectionEnd> RecordAsync(Target claimed, WatchList? list, Lease? lease, IReadOnlyList<InspectionRecord> records, CancellationToken cancellation)
    {
        var target = claimed;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var (changes, changed, observation) = await DecideAsync(target, list, records, cancellation);
            if (lease is not null)
            {
                changes.Holding(lease);
            }

            switch (await desk.Store.CommitAsync(changes, cancellation))
            {
                case SaveResult.Saved:
                    return new InspectionEnd.Recorded(observation, changed);
                case SaveResult.Conflict:
                    // A person or another save touched one of the rows: what was seen stays what it was, only the decision is made anew.
                    var fresh = await desk.Store.FindTargetAsync(claimed.Id, AgencyScope.All, cancellation);
                    if (fresh is null || (fresh.Observations != claimed.Observations && lease is not null))
                    {
                        return new InspectionEnd.Superseded();
                    }

                    target = fresh;
                    await Task.Delay(TimeSpan.FromMilliseconds(attempt * Random.Shared.Next(1, 4)), TimeProvider.System, cancellation);
                    break;
            }
        }

        return new InspectionEnd.Superseded();
    }

    public async Task<InspectionEnd> PostponeAsync(Target target, Lease? lease, DateTimeOffset until, CancellationToken cancellation)
    {
        var next = until > desk.Now ? until : desk.Now.AddMinutes(1);
        var changes = new ChangeSet()
            .Put(target with { NextCheckAt = next })
            .Log(Actor.System.Log(desk.Now, "postpone", target.Id, "host asked for a pause"));
        if (lease is not null)
        {
            changes.Holding(lease);
        }

        return await desk.Store.CommitAsync(changes, cancellation) is SaveResult.Saved ? new InspectionEnd.Postponed(next) : new InspectionEnd.Superseded();
    }

    private async Task<(ChangeSet Changes, Target Target, Observation Observation)> DecideAsync(Target target, WatchList? list, IReadOnlyList<InspectionRecord> records, CancellationToken cancellation)
    {
        var changes = new ChangeSet();
        var removalRules = RemovalRulesOf.Target(target, desk.Configuration);
        var changed = target;
        var effects = new List<RemovalEffect>();
        ProofStep step = null!;
        Observation observation = null!;
        var observations = new List<Observation>(records.Count);
        foreach (var one in records)
        {
            observation = Observe(changed, changed.Observations + 1, one);
            step = RemovalProof.Observe(changed.Progress, one.Fact, removalRules);
            effects.AddRange(step.Effects);
            changed = changed with
            {
                Observations = observation.Number,
                Last = new LastObservation(observation.Id, one.At, one.Fact.Liveness, one.Fact.Reason),
                Progress = step.Progress,
                Baseline = one.Primary || changed.Baseline is null ? Baseline(changed, one, observation.Id) : changed.Baseline,
                Media = Known(changed, one),
                CapturedRendering = one.Primary ? one.Observation.Render?.Text ?? changed.CapturedRendering : changed.CapturedRendering,
                Score = one.Score?.Value ?? changed.Score,
                ScoredBy = one.Score?.Model ?? changed.ScoredBy,
                CapturedPage = one.Primary ? one.PageDigest ?? changed.CapturedPage : changed.CapturedPage,
                PageRecord = one.Primary && one.PageDigest is not null ? one.PageRecord : changed.PageRecord,
            };
            observations.Add(observation);
        }

        // What a round does to cases and requests it does once, whatever the number of vantages.
        step = step with { Effects = effects };
        var record = records.Single(one => one.Primary);
        // What was not read whole may hold anything: a person looks, unless something more pressing waits.
        var cut = records.Any(one => one.Observation.Cut || one.Outline is { Truncated: true });
        changed = changed with { Attention = Attention.After(changed, step, removalRules, record.At) ?? (cut ? Attention.Truncated : null) };
        changed = await CaseAsync(changed, records.FirstOrDefault(one => one.Verdict.Liveness == Liveness.Live) ?? record, changes, cancellation);
        if (changed.CaseId is not null && (step.Effects.Count > 0 || step.Progress.FirstGoneAt != target.Progress.FirstGoneAt))
        {
            var liveMedia = records.SelectMany(one => one.Media).Where(media => media.Observation.Liveness == Liveness.Live && media.Own).Select(media => media.Url).Distinct(StringComparer.Ordinal).ToList();
            changed = await RemovalEffects.ApplyAsync(desk, drafter, changed, step, liveMedia, changes, record.At, cancellation);
        }

        var inconclusive = records.All(one => one.Fact.Liveness == Liveness.Inconclusive);
        changed = changed with { NextCheckAt = Next(changed, list, removalRules, inconclusive, record.At, observation.Id) };
        await CandidatesAsync(target, list, record, changes, cancellation);
        await ShreddingAsync(target, changed, records, changes, record.At, cancellation);
        changes.Put(changed);
        foreach (var (one, seen) in observations.Zip(records))
        {
            changes.Append(one).Log(Actor.System.Log(one.At, "inspect", one.Id, one.Fact.Liveness.Name(), null, one.PageDigest is { } digest ? [digest, .. seen.RecordDigests] : [.. seen.RecordDigests]));
        }

        if (step.Progress.State != target.Progress.State)
        {
            changes.Log(Actor.System.Log(record.At, "removal-state", target.Id, $"{target.Progress.State} → {step.Progress.State}"));
        }

        return (changes, changed, observation);
    }

    /// <summary>Known now, sealed before: its key goes. New media of a verified case go after a while.</summary>
    private async Task ShreddingAsync(Target before, Target target, IReadOnlyList<InspectionRecord> records, ChangeSet changes, DateTimeOffset at, CancellationToken cancellation)
    {
        var media = records.SelectMany(one => one.Media).ToList();
        if (!target.Preserve && media.Where(one => one.Known).SelectMany(one => before.Media.Where(known => known.Url == one.Url || (one.Digests is { } digests && known.Record?.Content == digests.Sha256))).Select(known => known.Record?.Item).OfType<string>().ToList() is { Count: > 0 } items)
        {
            await ShredPlanning.KnownAsync(desk, changes, target, items, at, cancellation);
        }

        if (media.Any(one => one.Record is { } record && records.Any(look => look.Records.Contains(record.Item)))
            && target.CaseId is { } caseId && await desk.Store.FindCaseAsync(caseId, AgencyScope.All, cancellation) is { State: CaseState.Verified or CaseState.Closed })
        {
            await ShredPlanning.MediaAsync(desk, changes, target, at, cancellation);
        }
    }

    private Observation Observe(Target target, int number, InspectionRecord record)
    {
        var facts = record.Observation;
        return new Observation
        {
            Id = Ids.Observation(target.Id, number),
            TargetId = target.Id,
            Number = number,
            At = record.At,
            Vantage = facts.Vantage,
            Outcome = ObservationFacts.Name(record.Page),
            Status = facts.Status,
            FinalUrl = facts.FinalUrl == facts.RequestedUrl ? null : facts.FinalUrl,
            Hops = [.. record.Page.Hops.Select(hop => hop.Url).Where(url => url != facts.RequestedUrl && url != facts.FinalUrl).Distinct(StringComparer.Ordinal)],
            RemoteAddress = (record.Page as FetchOutcome.Fetched)?.RemoteAddress,
            ElapsedMilliseconds = (long)record.Page.Elapsed.TotalMilliseconds,
            BodyLength = facts.BodyLength,
            RobotsAllowed = record.Page.RobotsAllowed,
            Page = record.Verdict,
            Media = [.. record.Media.Where(media => media.Own).Select(media => media.Observation)],
            Control = record.Compared,
            Dns = record.Dns,
            Render = facts.Render,
            Fact = record.Fact,
            Matches = record.Matches,
            Findings = [.. record.Findings.Take(200).Select(finding => new FindingSummary(finding.RuleSet, finding.RuleId, finding.Keyword, finding.Start, finding.Length, finding.Strength, finding.Technique, finding.RuleSetVersion))],
            Score = record.Score?.Value,
            ScoredBy = record.Score?.Model,
            Captures = record.Captures,
            Records = record.Records,
            PageRecord = record.PageRecord,
            PageDigest = record.PageDigest,
            Configuration = desk.Configuration.Fingerprint,
            ToolVersion = toolVersion,
        };
    }

    /// <summary>Taken at the first live look, and again when a live page has changed beyond recognition.</summary>
    private static PageBaseline? Baseline(Target target, InspectionRecord record, string observation)
    {
        if (record.Verdict.Liveness != Liveness.Live || record.Sketch is not { } sketch || record.Observation.Cut)
        {
            return target.Baseline;
        }

        // What was captured through a browser is not given up for a look without one.
        var rendered = record.Observation.IsRendered;
        if (target.Baseline is { Rendered: true } shown && !rendered)
        {
            return shown;
        }

        if (target.Baseline is { } earlier && earlier.Rendered == rendered && PageSketcher.Containment(earlier.Sketch, sketch) >= 0.9)
        {
            return earlier;
        }

        return new PageBaseline
        {
            CapturedAt = record.At,
            Observation = observation,
            Sketch = sketch,
            Rendered = rendered,
            Control = record.Control?.Sketch ?? (target.Baseline?.Rendered == rendered ? target.Baseline.Control : null),
        };
    }

    private static IReadOnlyList<KnownMedia> Known(Target target, InspectionRecord record)
    {
        List<KnownMedia>? known = null;
        foreach (var media in record.Media)
        {
            if (!media.Own || media.Observation.Liveness != Liveness.Live || DataUrl.Is(media.Url))
            {
                continue;
            }

            known ??= [.. target.Media];
            var at = known.FindIndex(one => one.Url == media.Url);
            if (at < 0)
            {
                known.Add(new KnownMedia { Url = media.Url, Digests = media.Observation.Digests, Pdq = media.Observation.Pdq, FirstSeenAt = record.At, LastSeenAt = record.At, Record = media.Record, Known = media.Known });
            }
            else
            {
                known[at] = known[at] with
                {
                    LastSeenAt = record.At,
                    Known = known[at].Known || media.Known,
                    Digests = known[at].Digests.Count > 0 ? known[at].Digests : media.Observation.Digests,
                    Pdq = known[at].Pdq ?? media.Observation.Pdq,
                    Record = media.Record ?? known[at].Record,
                };
            }
        }

        return known ?? target.Media;
    }

    /// <summary>Findings put the page before a person; they never do more.</summary>
    private async Task<Target> CaseAsync(Target target, InspectionRecord record, ChangeSet changes, CancellationToken cancellation)
    {
        var assessment = record.Assessment;
        if (!assessment.NeedsPerson || record.Verdict.Liveness != Liveness.Live)
        {
            return target;
        }

        if (target.CaseId is null)
        {
            var opened = new Case
            {
                Id = Ids.CaseOf(target.Id),
                OwnerAgency = target.OwnerAgency,
                TargetId = target.Id,
                Category = assessment.Category,
                Severity = assessment.Severity,
                OpenedAt = record.At,
                Reasons = assessment.Reasons,
                Danger = target.Danger,
            };
            changes.Put(opened).Log(Actor.System.Log(record.At, "open-case", opened.Id, string.Join(' ', assessment.Reasons.Take(5))));
            return target with { CaseId = opened.Id };
        }

        if (await desk.Store.FindCaseAsync(target.CaseId, AgencyScope.All, cancellation) is { } @case)
        {
            var fresh = assessment.Reasons.Except(@case.Reasons).ToList();
            if (fresh.Count > 0 || assessment.Severity > @case.Severity)
            {
                changes.Put(@case with
                {
                    Severity = assessment.Severity > @case.Severity ? assessment.Severity : @case.Severity,
                    Reasons = [.. @case.Reasons, .. fresh],
                }).Log(Actor.System.Log(record.At, "assess", @case.Id, string.Join(' ', fresh.Take(5))));
            }
        }

        return target;
    }

    private static DateTimeOffset? Next(Target target, WatchList? list, RemovalRules rules, bool inconclusive, DateTimeOffset at, string seed)
    {
        if (target.Status != TargetStatus.Watched)
        {
            return null;
        }

        // An open demand is followed to its end even when its watch list has expired; nothing else is looked at without a valid list.
        var active = list is not null && list.IsActiveOn(Desk.DayOf(at));
        return !active && target.RequestSentAt is null && target.CaseId is null
            ? null
            : RecheckSchedule.Next(target.Progress, rules, target.RequestSentAt, list?.Cadence ?? TimeSpan.FromHours(24), inconclusive, at, seed);
    }

    /// <summary>Depth 1: links within the list's sections become candidates that await a person. Only from pages that changed.</summary>
    private async Task CandidatesAsync(Target target, WatchList? list, InspectionRecord record, ChangeSet changes, CancellationToken cancellation)
    {
        if (list is not { Depth: > 0, PageCap: > 0 } || record.Outline is not { } outline || record.Verdict.Liveness != Liveness.Live || (record.PageDigest == target.CapturedPage && record.Observation.Render?.Text == target.CapturedRendering))
        {
            return;
        }

        var options = UrlOptions.From(desk.Configuration);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in outline.Links)
        {
            if (found.Count >= list.PageCap)
            {
                break;
            }

            if (!CanonicalUrl.TryCreate(link.Url, options, out var url, out _) || !list.Sections.Any(url.SameSection)
                || ActingLinks.Matches(url) || !found.Add(url.Value))
            {
                continue;
            }

            var id = Ids.Candidate(url.Value);
            if (await desk.Store.FindCandidateAsync(id, AgencyScope.All, cancellation) is not null || await desk.Store.FindTargetByUrlAsync(url.Value, cancellation) is not null)
            {
                found.Remove(url.Value);
                continue;
            }

            changes.Put(new Candidate { Id = id, Url = url.Value, WatchListId = list.Id, OwnerAgency = list.OwnerAgency, FoundOn = target.Id, FoundAt = record.At })
                .Log(Actor.System.Log(record.At, "candidate", id, target.Id));
        }
    }
}
