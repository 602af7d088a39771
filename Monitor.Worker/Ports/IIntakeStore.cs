using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Ports;

public interface IIntakeStore
{
    ValueTask<IReadOnlyList<IntakeReport>> ReportsOfTargetAsync(string targetId, CancellationToken cancellation);

    ValueTask<Candidate?> FindCandidateAsync(string id, AgencyScope scope, CancellationToken cancellation);

    ValueTask<IReadOnlyList<Candidate>> ListCandidatesAsync(CandidateState? state, AgencyScope scope, Paging page, CancellationToken cancellation);
}
