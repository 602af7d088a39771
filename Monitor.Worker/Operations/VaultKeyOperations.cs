using Monitor.Rules.Sharing;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Changes of the vault's key, told in the custody log before and after.</summary>
public sealed class VaultKeyOperations(Desk desk, IVaultKeys keys)
{
    public async Task<OperationResult<KeyRotation.Done>> RotateAsync(Actor actor, string reason, Action<long, long>? progress, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Administrator) ?? Reason.Check(reason)) is { } unfit)
        {
            return unfit;
        }

        await desk.Store.CommitAsync(new ChangeSet().Log(actor.Log(desk.Now, "rotate-vault-key", "vault", reason)), cancellation);
        if (await keys.RotateAsync(progress, cancellation) is not KeyRotation.Done done)
        {
            return new Refusal(RefusalKind.Conflict, "vault-key-given");
        }

        await desk.Store.CommitAsync(new ChangeSet().Log(actor.Log(desk.Now, "vault-key-rotated", "vault", $"{done.Items} items")), cancellation);
        return new OperationResult<KeyRotation.Done>.Done(done);
    }
}
