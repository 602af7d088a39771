using Monitor.Rules.Sharing;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Pages found by depth-1 discovery: a person takes them in or lets them go.</summary>
public sealed class CandidateOperations(Desk desk, IntakeOperations intake)
{
    public async Task<OperationResult<IntakeReceipt>> AcceptAsync(Actor actor, string id, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Analyst) is { } refused)
        {
            return refused;
        }

        if (await desk.Store.FindCandidateAsync(id, actor.Scope, cancellation) is not { } candidate)
        {
            return Refusal.NotFound("candidate", id);
        }

        if (candidate.State == CandidateState.Dismissed)
        {
            return new Refusal(RefusalKind.Conflict, "candidate-state", id, candidate.State.ToString());
        }

        // Intake joins duplicates, so that a repeated acceptance after a crash adds nothing but a report.
        var added = await intake.AddAsync(actor, new IntakeItem { Url = candidate.Url, WatchListId = candidate.WatchListId, Source = "crawler" }, cancellation);
        if (added is OperationResult<IntakeReceipt>.Done)
        {
            await DecideAsync(actor, id, CandidateState.Accepted, cancellation);
        }

        return added;
    }

    public async Task<OperationResult<Candidate>> DismissAsync(Actor actor, string id, CancellationToken cancellation) =>
        actor.May(Role.Analyst)
            ? await DecideAsync(actor, id, CandidateState.Dismissed, cancellation)
            : new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "analyst");

    private Task<OperationResult<Candidate>> DecideAsync(Actor actor, string id, CandidateState state, CancellationToken cancellation) =>
        desk.ActAsync<Candidate>(async token =>
        {
            if (await desk.Store.FindCandidateAsync(id, actor.Scope, token) is not { } candidate)
            {
                return Refusal.NotFound("candidate", id);
            }

            if (candidate.State == state)
            {
                return Decided<Candidate>.Already(candidate);
            }

            if (candidate.State != CandidateState.AwaitingTriage)
            {
                return new Refusal(RefusalKind.Conflict, "candidate-state", id, candidate.State.ToString());
            }

            var decided = candidate with { State = state, DecidedBy = actor.Id };
            return Decided<Candidate>.To(decided, new ChangeSet().Put(decided).Log(actor.Log(desk.Now, state == CandidateState.Accepted ? "candidate-accept" : "candidate-dismiss", id)));
        }, cancellation);
}
