using Monitor.Rules.Evidence;

namespace Monitor.Worker.Ports;

public interface IEvidenceRequestStore
{
    ValueTask<EvidenceRequest?> FindEvidenceRequestAsync(string id, AgencyScope scope, CancellationToken cancellation);

    /// <summary>In one state (null: any), oldest first.</summary>
    ValueTask<IReadOnlyList<EvidenceRequest>> ListEvidenceRequestsAsync(EvidenceRequestState? state, AgencyScope scope, Paging page, CancellationToken cancellation);

    /// <summary>Whose scope names the target, in id order.</summary>
    ValueTask<IReadOnlyList<EvidenceRequest>> EvidenceRequestsOfTargetAsync(string targetId, CancellationToken cancellation);
}
