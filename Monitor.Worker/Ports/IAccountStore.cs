using Monitor.Rules.Sharing;

namespace Monitor.Worker.Ports;

public interface IAccountStore
{
    ValueTask<Account?> FindAccountAsync(string personId, CancellationToken cancellation);

    /// <summary>By <see cref="Account.InviteDigest"/>.</summary>
    ValueTask<Account?> FindInvitedAccountAsync(string inviteDigest, CancellationToken cancellation);

    /// <summary>Every account, in id order.</summary>
    ValueTask<IReadOnlyList<Account>> ListAccountsAsync(CancellationToken cancellation);
}
