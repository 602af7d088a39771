using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Demo;

/// <summary>
/// The people of the story. They see what the lists show them and do what a person would, through the same operations: triage, verify or
/// dismiss, approve (somebody else), stand by soft signs, and once try what must be refused.
/// </summary>
public sealed class DemoPeople(House house, Action<string, string, string> tell)
{
    private const string Analyst = "an.nguyen";
    private const string Verifier = "binh.tran";
    private const string Approver = "chi.le";

    private bool _triedTwice;

    /// <summary>Refusals that had to come and came.</summary>
    public int RightlyRefused { get; private set; }

    public async Task<int> WorkAsync(CancellationToken cancellation)
    {
        var acts = 0;
        foreach (var @case in await house.Cases.ListAsync(Who(Analyst), CaseState.AwaitingTriage, new Paging(null, 1000), cancellation))
        {
            acts += await TriageAsync(@case, cancellation);
        }

        foreach (var notice in await house.Store.NoticesInAsync(DispatchState.Drafted, AgencyScope.All, new Paging(null, 1000), cancellation))
        {
            await TryTwiceAsync(notice, cancellation);
            if (await house.Takedowns.ApproveAsync(Who(Approver), notice.Id, cancellation) is OperationResult<Notice>.Done)
            {
                tell(Approver, $"phê duyệt {notice.Id} ({notice.Kind})", $"approves {notice.Id} ({notice.Kind})");
                acts++;
            }
        }

        foreach (var target in await house.Store.ListTargetsAsync(new TargetQuery(null, RemovalState.ApparentlyGone, true), AgencyScope.All, new Paging(null, 1000), cancellation))
        {
            if (target.Attention == "confirm-gone")
            {
                foreach (var person in new[] { Verifier, Analyst })
                {
                    if (await house.Removal.ConfirmAsync(Who(person), target.Id, "đã xem trang: báo không còn nội dung", null, cancellation) is OperationResult<Rules.WatchLists.Target>.Done)
                    {
                        tell(person, $"đứng tên xác nhận {target.Id}", $"stands by the soft signs of {target.Id}");
                        acts++;
                    }
                }
            }
        }

        return acts;
    }

    private async Task<int> TriageAsync(Case @case, CancellationToken cancellation)
    {
        var target = await house.Store.FindTargetAsync(@case.TargetId, AgencyScope.All, cancellation);
        if (target is null || target.Observations == 0)
        {
            return 0;
        }

        // Known material is verified; words alone turn out harmless in this story, and nobody sends a notice for them.
        if (!@case.Reasons.Any(reason => reason.StartsWith("bank:", StringComparison.Ordinal)))
        {
            await house.Cases.DismissAsync(Who(Analyst), @case.Id, "chỉ trùng từ khoá, nội dung vô hại", cancellation);
            tell(Analyst, $"xem {@case.Id}: chỉ trùng từ khoá, bỏ qua", $"looks at {@case.Id}: a keyword only, dismisses it");
            return 1;
        }

        await house.Cases.TriageAsync(Who(Analyst), @case.Id, "trùng mã băm đã biết", cancellation);
        if (await house.Cases.VerifyAsync(Who(Verifier), @case.Id, new Verification("đã đối chiếu mã băm và trang"), cancellation) is OperationResult<VerifiedCase>.Done done)
        {
            tell(Verifier, $"xác minh {@case.Id}, dự thảo {done.Value.Notice.Id}", $"verifies {@case.Id}, draft {done.Value.Notice.Id}");
        }

        return 1;
    }

    /// <summary>The same person twice must be refused, once per story.</summary>
    private async Task TryTwiceAsync(Notice notice, CancellationToken cancellation)
    {
        if (_triedTwice)
        {
            return;
        }

        _triedTwice = true;
        // Somebody with both roles, put in for this one attempt: the verifier wearing the approver's hat.
        var verifier = Who(Verifier);
        var both = verifier with { Person = verifier.Person! with { Roles = [.. verifier.Person.Roles, Rules.Sharing.Role.Approver] } };
        if (await house.Takedowns.ApproveAsync(both, notice.Id, cancellation) is OperationResult<Notice>.Refused { Refusal.Code: "same-person" })
        {
            RightlyRefused++;
            tell(Verifier, $"muốn tự phê duyệt {notice.Id}: bị từ chối", $"tries to approve {notice.Id} too: refused");
        }
    }

    private Actor Who(string id) => ((OperationResult<Actor>.Done)Actor.Resolve(id, house.Desk.Configuration, house.Desk.Today)).Value;
}
