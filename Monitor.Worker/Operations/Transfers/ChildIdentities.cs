using Monitor.Rules.Sharing;
using Monitor.Rules.Transfers;
using Monitor.Worker.Ports;
using Monitor.Worker.Storage;

namespace Monitor.Worker.Operations.Transfers;

/// <summary>
/// Who the child is: encrypted to the people of child protection who have an account, and to the investigator named for it, each under a key that only their own password
/// opens. Nobody else can read it: not administrators, not who has the database, the vault's key or a backup. Every opening stands in the custody log with its reason.
/// </summary>
public sealed class ChildIdentities(Desk desk, IIdentityKeys keys)
{
    private const string Kind = "child-identity";

    /// <summary>Whoever writes it down need not be able to read it again.</summary>
    internal async Task<OperationResult<SealedIdentity>> SealAsync(Actor actor, ChildIdentity identity, string? investigator, CancellationToken cancellation)
    {
        var readers = new List<(string Person, IdentityKey Key)>();
        foreach (var person in desk.Configuration.People.Values.OrderBy(person => person.Id, StringComparer.Ordinal))
        {
            if (IsChildProtection(person) && person.IsValidOn(desk.Today) && await KeyAsync(person.Id, cancellation) is { } key)
            {
                readers.Add((person.Id, key));
            }
        }

        if (readers.Count == 0)
        {
            return new Refusal(RefusalKind.Conflict, "identity-nobody");
        }

        if (investigator is not null)
        {
            var id = investigator.Trim().ToLowerInvariant();
            if (!IsInvestigator(id) || await KeyAsync(id, cancellation) is not { } key)
            {
                return new Refusal(RefusalKind.Invalid, "identity-reader", id);
            }

            readers.Add((id, key));
        }

        var closed = keys.Seal(RowJson.Write(identity), [.. readers.Select(reader => reader.Key)]);
        var item = (await desk.Vault.SealAsync([new SealRequest(actor.AgencyId, Kind, closed.Ciphertext)], cancellation))[0];
        return new OperationResult<SealedIdentity>.Done(new SealedIdentity(item, [.. readers.Select((reader, i) => new IdentityWrap(reader.Person, reader.Key.Id, closed.Wraps[i], actor.Id))]));
    }

    public async Task<OperationResult<ChildIdentity>> OpenAsync(Actor actor, string transferId, string password, string reason, CancellationToken cancellation)
    {
        if (Reason.Check(reason) is { } unfit)
        {
            return unfit;
        }

        if (await WrapOfAsync(actor, transferId, cancellation) is not ({ } sealedIdentity, { } wrap, { } key))
        {
            // That there is such a record is told to nobody who cannot open it.
            return Refusal.NotFound("identity", transferId);
        }

        if (await desk.Vault.OpenAsync(sealedIdentity.Item, cancellation) is not OpenResult.Opened opened)
        {
            return Refusal.NotFound("identity", transferId);
        }

        if (keys.Open(opened.Content, wrap.Wrapped, key, PasswordText.Normal(password)) is not { } content)
        {
            await desk.Store.CommitAsync(new ChangeSet().Log(actor.Log(desk.Now, "identity-refused", transferId, reason)), cancellation);
            return new Refusal(RefusalKind.NotAllowed, "password-wrong");
        }

        // First the entry, then the look.
        await desk.Store.CommitAsync(new ChangeSet().Log(actor.Log(desk.Now, "identity-opened", transferId, reason)), cancellation);
        return new OperationResult<ChildIdentity>.Done(RowJson.Read<ChildIdentity>(content));
    }

    /// <summary>Somebody who can read it lets the investigator who works on it, or another person of child protection.</summary>
    public async Task<OperationResult<Transfer>> ShareAsync(Actor actor, string transferId, string with, string password, string reason, CancellationToken cancellation)
    {
        if (Reason.Check(reason) is { } unfit)
        {
            return unfit;
        }

        var id = with.Trim().ToLowerInvariant();
        return await desk.ActAsync<Transfer>(async token =>
        {
            if (await WrapOfAsync(actor, transferId, token) is not ({ } sealedIdentity, { } wrap, { } key) || await desk.Store.FindTransferAsync(transferId, token) is not { } transfer)
            {
                return Refusal.NotFound("identity", transferId);
            }

            var entitled = desk.Configuration.People.TryGetValue(id, out var person) && person.IsValidOn(desk.Today)
                && (IsChildProtection(person) || (IsInvestigator(id) && transfer.Assigned == id));
            if (!entitled || await KeyAsync(id, token) is not { } other)
            {
                return new Refusal(RefusalKind.Invalid, "identity-reader", id);
            }

            if (keys.Share(wrap.Wrapped, key, PasswordText.Normal(password), other) is not { } wrapped)
            {
                return new Refusal(RefusalKind.NotAllowed, "password-wrong");
            }

            transfer = transfer with { Identity = sealedIdentity with { Wraps = [.. sealedIdentity.Wraps.Where(one => one.Person != id), new IdentityWrap(id, other.Id, wrapped, actor.Id)] } };
            return Decided<Transfer>.To(transfer, new ChangeSet().Put(transfer).Log(actor.Log(desk.Now, "identity-shared", transferId, reason, id)));
        }, cancellation);
    }

    private async Task<(SealedIdentity? Identity, IdentityWrap? Wrap, IdentityKey? Key)> WrapOfAsync(Actor actor, string transferId, CancellationToken cancellation)
    {
        if (await desk.Store.FindTransferAsync(transferId, cancellation) is not { Identity: { } identity } || await KeyAsync(actor.Id, cancellation) is not { } key)
        {
            return default;
        }

        // Who left child protection, or the case, has a key that still fits: the roles of today decide first.
        var may = actor.Kind == AgencyKind.ChildProtection || IsInvestigator(actor.Id);
        return (identity, may ? identity.Wraps.FirstOrDefault(wrap => wrap.Person == actor.Id && wrap.KeyId == key.Id) : null, key);
    }

    private bool IsChildProtection(Person person) => desk.Configuration.Agencies.TryGetValue(person.AgencyId, out var agency) && agency.Kind == AgencyKind.ChildProtection;

    private bool IsInvestigator(string id) => desk.Configuration.People.TryGetValue(id, out var person) && person.IsValidOn(desk.Today)
        && desk.Configuration.Agencies.TryGetValue(person.AgencyId, out var agency) && agency.Kind == AgencyKind.Police;

    private async ValueTask<IdentityKey?> KeyAsync(string personId, CancellationToken cancellation) =>
        await desk.Store.FindAccountAsync(personId, cancellation) is { Disabled: null, IdentityKey: { } key } ? key : null;
}
