using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>The whole story of a target, from report to durable removal, as one list in time order.</summary>
public sealed class TimelineOperations(Desk desk)
{
    public async Task<OperationResult<TargetStory>> OfTargetAsync(Actor actor, string targetId, CancellationToken cancellation)
    {
        if (await desk.Store.FindTargetAsync(targetId, actor.Scope, cancellation) is not { } target)
        {
            return Refusal.NotFound("target", targetId);
        }

        var @case = target.CaseId is null ? null : await desk.Store.FindCaseAsync(target.CaseId, AgencyScope.All, cancellation);
        var requests = await desk.Store.RequestsOfTargetAsync(targetId, AgencyScope.All, cancellation);
        var notices = new List<Notice>();
        foreach (var request in requests)
        {
            notices.AddRange(await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation));
        }

        // One that names several pages of one target is one notice.
        notices = [.. notices.DistinctBy(notice => notice.Id)];
        var observations = await desk.Store.ObservationsAsync(targetId, 1, int.MaxValue, cancellation);
        var events = new List<StoryEvent>();
        foreach (var observation in observations)
        {
            events.Add(new StoryEvent(observation.At, observation.Fact.Person ?? "system", observation.Fact.IsHuman ? "look" : "inspect", observation.Id,
                $"{observation.Fact.Liveness.Name()} ({observation.Fact.Reason.Name()}) {observation.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? observation.Outcome}", observation));
        }

        foreach (var item in new[] { target.Id, target.CaseId }.Concat(requests.Select(request => request.Id)).Concat(notices.Select(notice => notice.Id)).OfType<string>())
        {
            foreach (var entry in await desk.Store.CustodyOfAsync(item, cancellation))
            {
                events.Add(new StoryEvent(entry.Act.At, entry.Act.Actor, entry.Act.Act, entry.Act.Item, entry.Act.Reason, null, entry));
            }
        }

        return new OperationResult<TargetStory>.Done(new TargetStory(target, @case, requests, notices,
            [.. events.OrderBy(one => one.At).ThenBy(one => one.Entry?.Sequence ?? 0)],
            RemovalProof.Missing(target.Progress, RemovalRulesOf.Target(target, desk.Configuration), desk.Now),
            await StrikesAsync(requests, cancellation),
            requests.Count == 0 ? [] : EscalationPolicy.Rungs(desk.LadderOf(requests[^1]))));
    }

    private async Task<StrikeCount?> StrikesAsync(IReadOnlyList<TakedownRequest> requests, CancellationToken cancellation) =>
        requests.LastOrDefault(request => request.Account is not null) is { } request
            ? StrikeCounter.Of(await desk.Store.RequestsOfAccountAsync(request.PlatformId, request.Account!, cancellation), locks: 0, desk.Now, new StrikeRules())
            : null;
}

/// <param name="Observation">Set for what the machine saw.</param>
/// <param name="Entry">Set for what somebody did.</param>
public sealed record StoryEvent(DateTimeOffset At, string Who, string What, string Item, string Detail, Observation? Observation = null, CustodyEntry? Entry = null);

/// <param name="Missing">What confirmation would still need.</param>
/// <param name="Strikes">Against the account that published it; null: the platform's profile finds none in the address.</param>
/// <param name="Ladder">The rungs of its platform, reminders apart.</param>
public sealed record TargetStory(Target Target, Case? Case, IReadOnlyList<TakedownRequest> Requests, IReadOnlyList<Notice> Notices, IReadOnlyList<StoryEvent> Events, IReadOnlyList<ProofGap> Missing, StrikeCount? Strikes, IReadOnlyList<LadderStep> Ladder);
