using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Cases;
using Monitor.Rules.Sharing;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations.Accounts;

/// <summary>
/// Accounts of the console: a person of agencies.yaml gets a one-time link from an administrator, chooses a password with it, and signs in. Passwords are known
/// to nobody else; every sign-in, failure and change stands in the custody log.
/// </summary>
public sealed class AccountOperations(Desk desk, IPasswords passwords, IIdentityKeys identityKeys)
{
    private const string CodeItem = "code-secret";
    private const int FailuresAllowed = 5;
    private static readonly TimeSpan InviteFor = TimeSpan.FromDays(3);
    private static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestLock = TimeSpan.FromHours(24);

    /// <summary>Checked where there is no account, so that names cannot be told by the time it takes.</summary>
    private readonly Lazy<string> _nobody = new(() => passwords.Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(16))));

    public async Task<OperationResult<IReadOnlyList<Account>>> ListAsync(Actor actor, CancellationToken cancellation) =>
        actor.Needs(Role.Administrator) is { } refused
            ? refused
            : new OperationResult<IReadOnlyList<Account>>.Done(await desk.Store.ListAccountsAsync(cancellation));

    /// <summary>The first administrator's link, as long as nobody can sign in as one; null when somebody can, or nobody is named as one.</summary>
    public async Task<Invitation?> FirstAsync(CancellationToken cancellation)
    {
        var administrators = desk.Configuration.People.Values.Where(person => person.Has(Role.Administrator) && person.IsValidOn(desk.Today)).OrderBy(person => person.Id, StringComparer.Ordinal).ToList();
        foreach (var one in administrators)
        {
            if (await desk.Store.FindAccountAsync(one.Id, cancellation) is { PasswordHash: not null, Disabled: null })
            {
                return null;
            }
        }

        return administrators.Count == 0 ? null : await InviteAsync(Actor.System, administrators[0], cancellation) is OperationResult<Invitation>.Done done ? done.Value : null;
    }

    /// <summary>A one-time link for a person, good for three days; an earlier one no longer counts. For somebody who has a password it lets them choose a new one and drops the second factor.</summary>
    public async Task<OperationResult<Invitation>> InviteAsync(Actor actor, string personId, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Administrator) is { } refused)
        {
            return refused;
        }

        return desk.Configuration.People.TryGetValue(personId.Trim().ToLowerInvariant(), out var person)
            ? await InviteAsync(actor, person, cancellation)
            : new Refusal(RefusalKind.NotAllowed, "unknown-person", personId);
    }

    private Task<OperationResult<Invitation>> InviteAsync(Actor actor, Person person, CancellationToken cancellation) => desk.ActAsync<Invitation>(async token =>
    {
        if (!person.IsValidOn(desk.Today))
        {
            return new Refusal(RefusalKind.NotAllowed, "person-not-valid", person.Id);
        }

        var account = await desk.Store.FindAccountAsync(person.Id, token) ?? new Account { Id = person.Id, AgencyId = person.AgencyId, Stamp = NewStamp() };
        var secret = Base64Url(RandomNumberGenerator.GetBytes(24));
        account = account with { AgencyId = person.AgencyId, InviteDigest = Digest(secret), InviteUntil = desk.Now + InviteFor, Disabled = null };
        return Decided<Invitation>.To(new Invitation(account, secret), new ChangeSet().Put(account).Log(actor.Log(desk.Now, "account-invited", person.Id)));
    }, cancellation);

    /// <summary>Whose link it is; null: used, too old, or never given.</summary>
    public async Task<Person?> InvitedAsync(string token, CancellationToken cancellation) =>
        await desk.Store.FindInvitedAccountAsync(Digest(token), cancellation) is { Disabled: null } account && account.InviteUntil > desk.Now
        && desk.Configuration.People.TryGetValue(account.Id, out var person) && person.IsValidOn(desk.Today) ? person : null;

    /// <summary>Uses the link up.</summary>
    public async Task<OperationResult<Account>> AcceptAsync(string token, string password, CancellationToken cancellation)
    {
        password = PasswordText.Normal(password);
        if (await InvitedAsync(token, cancellation) is not { } person)
        {
            return new Refusal(RefusalKind.NotFound, "invite-over");
        }

        if (PasswordRules.Check(password, person.Id) is { } weak)
        {
            return weak;
        }

        var hash = passwords.Hash(password);
        var key = identityKeys.Make(password);
        return await desk.ActAsync<Account>(async inner =>
        {
            if (await desk.Store.FindInvitedAccountAsync(Digest(token), inner) is not { } account || account.InviteUntil <= desk.Now)
            {
                return new Refusal(RefusalKind.NotFound, "invite-over");
            }

            account = account with
            {
                PasswordHash = hash,
                PasswordAt = desk.Now,
                // What the old key opened stays shut to this person until somebody who can read it lets them again.
                IdentityKey = key,
                CodeSecret = null,
                CodeStep = 0,
                InviteDigest = null,
                InviteUntil = null,
                Failures = 0,
                LockedUntil = null,
                Stamp = NewStamp(),
            };
            return Decided<Account>.To(account, new ChangeSet().Put(account).Log(As(person).Log(desk.Now, "account-set-up", person.Id)));
        }, cancellation);
    }

    /// <param name="code">Of the second factor; null or empty: none given.</param>
    public async Task<SignInOutcome> SignInAsync(string name, string password, string? code, CancellationToken cancellation)
    {
        password = PasswordText.Normal(password);
        var id = name.Trim().ToLowerInvariant();
        var account = id.Length is 0 or > 100 ? null : await desk.Store.FindAccountAsync(id, cancellation);
        if (account is not { PasswordHash: { } hash, Disabled: null } || Actor.Resolve(id, desk.Configuration, desk.Today) is not OperationResult<Actor>.Done { Value: var actor })
        {
            passwords.Verify(_nobody.Value, password);
            return new SignInOutcome.Wrong();
        }

        var check = password.Length > PasswordRules.Longest ? PasswordCheck.Wrong : passwords.Verify(hash, password);
        if (account.LockedUntil > desk.Now)
        {
            return new SignInOutcome.Wrong();
        }

        if (check == PasswordCheck.Wrong)
        {
            await FailAsync(actor, cancellation);
            return new SignInOutcome.Wrong();
        }

        long? step = null;
        if (account.CodeSecret is not null)
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                return new SignInOutcome.CodeNeeded();
            }

            if (await SecretAsync(account, cancellation) is not { } secret || TimeCode.Check(secret, code, desk.Now, account.CodeStep) is not { } found)
            {
                await FailAsync(actor, cancellation);
                return new SignInOutcome.Wrong();
            }

            step = found;
        }

        var renewed = check == PasswordCheck.RightOutdated ? passwords.Hash(password) : null;
        var result = await desk.ActAsync<Account>(async token =>
        {
            // The same code in two attempts at once: the second finds the step used.
            if (await desk.Store.FindAccountAsync(id, token) is not { Disabled: null } found || found.PasswordHash != hash || (step is { } one && one <= found.CodeStep) || found.LockedUntil > desk.Now)
            {
                return new Refusal(RefusalKind.Conflict, "changed-meanwhile", id);
            }

            found = found with { Failures = 0, LockedUntil = null, LastSignInAt = desk.Now, CodeStep = step ?? found.CodeStep, PasswordHash = renewed ?? found.PasswordHash };
            return Decided<Account>.To(found, new ChangeSet().Put(found).Log(actor.Log(desk.Now, "sign-in", id)));
        }, cancellation);
        return result is OperationResult<Account>.Done done ? new SignInOutcome.Done(done.Value, actor) : new SignInOutcome.Wrong();
    }

    public Task SignOutAsync(Actor actor, CancellationToken cancellation) =>
        desk.Store.CommitAsync(new ChangeSet().Log(actor.Log(desk.Now, "sign-out", actor.Id)), cancellation);

    /// <summary>Whether a session that bears the stamp still stands, and who it is now: roles and validity are read anew each time.</summary>
    public async ValueTask<Actor?> ActorAsync(string id, string stamp, CancellationToken cancellation) =>
        await desk.Store.FindAccountAsync(id, cancellation) is { Disabled: null } account
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(account.Stamp), Encoding.UTF8.GetBytes(stamp))
        && Actor.Resolve(id, desk.Configuration, desk.Today) is OperationResult<Actor>.Done done ? done.Value : null;

    /// <summary>The person proves again who they are, before an act that cannot be taken back.</summary>
    public Task<SignInOutcome> ConfirmAsync(Actor actor, string password, string? code, CancellationToken cancellation) => SignInAsync(actor.Id, password, code, cancellation);

    /// <summary>Ends all other sessions.</summary>
    public async Task<OperationResult<Account>> ChangePasswordAsync(Actor actor, string current, string password, CancellationToken cancellation)
    {
        (current, password) = (PasswordText.Normal(current), PasswordText.Normal(password));
        if (PasswordRules.Check(password, actor.Id) is { } weak)
        {
            return weak;
        }

        if (await desk.Store.FindAccountAsync(actor.Id, cancellation) is not { PasswordHash: { } hash } account || account.LockedUntil > desk.Now || passwords.Verify(hash, current) == PasswordCheck.Wrong)
        {
            await FailAsync(actor, cancellation);
            return new Refusal(RefusalKind.NotAllowed, "password-wrong");
        }

        var fresh = passwords.Hash(password);
        var key = account.IdentityKey is { } old ? identityKeys.Rewrap(old, current, password) : identityKeys.Make(password);
        return await ChangeAsync(actor, actor.Id, "password-changed", "", found => found.PasswordHash != hash
            ? null
            : found with { PasswordHash = fresh, IdentityKey = key ?? found.IdentityKey, PasswordAt = desk.Now, Stamp = NewStamp() }, cancellation);
    }

    /// <summary>A secret for the person's authenticator; nothing is kept until a code of it was shown.</summary>
    public CodeSetup NewCode(Actor actor, byte[]? secret = null)
    {
        secret ??= TimeCode.NewSecret();
        return new CodeSetup(secret, TimeCode.Spell(secret), TimeCode.Address(secret, desk.Configuration.Installation.Name, actor.Id));
    }

    public async Task<OperationResult<Account>> SetCodeAsync(Actor actor, byte[] secret, string code, CancellationToken cancellation)
    {
        if (secret.Length != TimeCode.SecretLength || TimeCode.Check(secret, code, desk.Now, 0) is not { } step)
        {
            return new Refusal(RefusalKind.Invalid, "code-wrong");
        }

        var item = (await desk.Vault.SealAsync([new SealRequest(actor.Id, CodeItem, secret)], cancellation))[0];
        return await ChangeAsync(actor, actor.Id, "second-factor-set", "", account => account with { CodeSecret = item, CodeStep = step, Stamp = NewStamp() }, cancellation);
    }

    /// <summary>Closes an account and ends its sessions; a new link opens it again.</summary>
    public async Task<OperationResult<Account>> DisableAsync(Actor actor, string personId, string reason, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Administrator) ?? Reason.Check(reason)) is { } refused)
        {
            return refused;
        }

        return await ChangeAsync(actor, personId.Trim().ToLowerInvariant(), "account-disabled", reason, account => account with
        {
            Disabled = new Decision(actor.Id, desk.Now, reason),
            InviteDigest = null,
            InviteUntil = null,
            Stamp = NewStamp(),
        }, cancellation);
    }

    private Task<OperationResult<Account>> ChangeAsync(Actor actor, string id, string act, string reason, Func<Account, Account?> change, CancellationToken cancellation) => desk.ActAsync<Account>(async token =>
    {
        if (await desk.Store.FindAccountAsync(id, token) is not { } account)
        {
            return Refusal.NotFound("account", id);
        }

        return change(account) is { } changed
            ? Decided<Account>.To(changed, new ChangeSet().Put(changed).Log(actor.Log(desk.Now, act, id, reason)))
            : new Refusal(RefusalKind.Conflict, "changed-meanwhile", id);
    }, cancellation);

    /// <summary>Counts one more wrong attempt; each lock is twice as long as the one before.</summary>
    private Task<OperationResult<Account>> FailAsync(Actor actor, CancellationToken cancellation) => desk.ActAsync<Account>(async token =>
    {
        if (await desk.Store.FindAccountAsync(actor.Id, token) is not { } account)
        {
            return Refusal.NotFound("account", actor.Id);
        }

        var failures = account.Failures + 1;
        var locks = failures / FailuresAllowed;
        var locked = failures % FailuresAllowed == 0;
        account = account with
        {
            Failures = failures,
            LockedUntil = locked ? desk.Now + (FirstLock * Math.Pow(2, Math.Min(locks - 1, 10)) is var time && time < LongestLock ? time : LongestLock) : account.LockedUntil,
        };
        return Decided<Account>.To(account, new ChangeSet().Put(account).Log(actor.Log(desk.Now, locked ? "sign-in-locked" : "sign-in-failed", actor.Id)));
    }, cancellation);

    private async Task<byte[]?> SecretAsync(Account account, CancellationToken cancellation) =>
        await desk.Vault.OpenAsync(account.CodeSecret!, cancellation) is OpenResult.Opened opened ? opened.Content : null;

    private Actor As(Person person) => Actor.Resolve(person.Id, desk.Configuration, desk.Today) is OperationResult<Actor>.Done done ? done.Value : Actor.System;

    private static string NewStamp() => Base64Url(RandomNumberGenerator.GetBytes(16));

    private static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
