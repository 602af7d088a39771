using Monitor.Rules.Cases;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>What somebody says against a demand: taken in, decided on by another person than the one who verified, never erased.</summary>
public sealed class ObjectionOperations(Desk desk, NoticeDrafter drafter)
{
    private const int Most = 50;

    /// <param name="letter">The objection itself, sealed; empty: it was made in words only.</param>
    public async Task<OperationResult<TakedownRequest>> TakeInAsync(Actor actor, string requestId, ObjectionBy by, string words, byte[] letter, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Analyst, Role.Verifier) ?? Reason.Check(words)) is { } unfit)
        {
            return unfit;
        }

        // Looked for before anything is sealed, so that a mistyped id leaves nothing behind.
        if (await desk.Store.FindRequestAsync(requestId, actor.Scope, cancellation) is null)
        {
            return Refusal.NotFound("request", requestId);
        }

        var content = letter.Length == 0 ? null : (await desk.Vault.SealAsync([new SealRequest(requestId, "objection", letter)], cancellation))[0];
        return await desk.ActAsync<TakedownRequest>(async token =>
        {
            var now = desk.Now;
            if (await desk.Store.FindRequestAsync(requestId, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("request", requestId);
            }

            if (request.SentAt is null)
            {
                return new Refusal(RefusalKind.Conflict, "nothing-sent", requestId);
            }

            if (request.Objections.Count >= Most)
            {
                return new Refusal(RefusalKind.Conflict, "objections-many", requestId);
            }

            var objection = new Objection(request.Objections.Count + 1, by, new Decision(actor.Id, now, words), content);
            var changed = request with { Objections = [.. request.Objections, objection] };
            var changes = new ChangeSet().Put(changed).Log(actor.Log(now, "objection", requestId, $"{objection.Number} {by}: {words}", null, letter.Length == 0 ? [] : [HumanCapture.DigestOf(letter)]));
            if (await Attention.TargetAsync(desk, changes, request.TargetId, token) is { } target)
            {
                changes.Put(target with { Attention = Attention.ObjectionWaiting });
            }

            return Decided<TakedownRequest>.To(changed, changes);
        }, cancellation);
    }

    /// <summary>Upheld: the demand is withdrawn and every addressee told. Dismissed: it stands. Whoever verified the case does not judge it.</summary>
    public Task<OperationResult<TakedownRequest>> DecideAsync(Actor actor, string requestId, int number, bool upheld, string reason, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Approver, Role.Verifier) ?? Reason.Check(reason)) is { } unfit)
        {
            return Task.FromResult<OperationResult<TakedownRequest>>(unfit);
        }

        return desk.ActAsync<TakedownRequest>(async token =>
        {
            var now = desk.Now;
            if (await desk.Store.FindRequestAsync(requestId, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("request", requestId);
            }

            if (request.Objections.FirstOrDefault(one => one.Number == number) is not { } objection)
            {
                return Refusal.NotFound("objection", $"{requestId} #{number}");
            }

            if (objection.Decided is { } earlier)
            {
                return new Refusal(RefusalKind.Conflict, "objection-decided", requestId, number.ToString(System.Globalization.CultureInfo.InvariantCulture), earlier.Person);
            }

            if (actor.AgencyId != request.OwnerAgency)
            {
                return new Refusal(RefusalKind.NotAllowed, "other-agency", requestId, request.OwnerAgency);
            }

            if (string.Equals(request.VerifiedBy, actor.Id, StringComparison.OrdinalIgnoreCase))
            {
                return new Refusal(RefusalKind.NotAllowed, "same-person", requestId);
            }

            var decided = request with { Objections = [.. request.Objections.Select(one => one.Number == number ? one with { Decided = new Decision(actor.Id, now, reason), Upheld = upheld } : one)] };
            var changes = new ChangeSet().Put(decided).Log(actor.Log(now, "decide-objection", requestId, $"{number} {(upheld ? "upheld" : "dismissed")}: {reason}"));
            if (upheld)
            {
                var (withdrawn, refusal) = await Withdrawing.AddAsync(desk, drafter, actor, decided, reason, changes, now, token);
                if (refusal is not null)
                {
                    return refusal;
                }

                decided = withdrawn!;
            }

            if (decided.Objections.All(one => one.Decided is not null) && await Attention.TargetAsync(desk, changes, request.TargetId, token) is { Attention: Attention.ObjectionWaiting } target)
            {
                changes.Put(target with { Attention = null });
            }

            return Decided<TakedownRequest>.To(decided, changes);
        }, cancellation);
    }
}
