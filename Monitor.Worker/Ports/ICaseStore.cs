using Monitor.Rules.Cases;

namespace Monitor.Worker.Ports;

public interface ICaseStore
{
    ValueTask<Case?> FindCaseAsync(string id, AgencyScope scope, CancellationToken cancellation);

    ValueTask<IReadOnlyList<Case>> ListCasesAsync(CaseState? state, AgencyScope scope, Paging page, CancellationToken cancellation);
}
