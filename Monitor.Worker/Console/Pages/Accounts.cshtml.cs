using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Sharing;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Accounts;

namespace Monitor.Worker.Console.Pages;

/// <summary>Who can sign in; for administrators.</summary>
public sealed class AccountsModel(House house) : DeskPage(house)
{
    public IReadOnlyList<(Person Person, Account? Account)> People { get; private set; } = [];

    /// <summary>A link just made; shown this once.</summary>
    public string? Link { get; private set; }

    public string? LinkFor { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await House.Accounts.ListAsync(Actor, cancellation) is not OperationResult<IReadOnlyList<Account>>.Done accounts)
        {
            return Missing();
        }

        var byId = accounts.Value.ToDictionary(account => account.Id, StringComparer.Ordinal);
        People = [.. House.Desk.Configuration.People.Values.Where(person => person.IsValidOn(House.Desk.Today)).OrderBy(person => person.AgencyId, StringComparer.Ordinal).ThenBy(person => person.Id, StringComparer.Ordinal).Select(person => (person, byId.GetValueOrDefault(person.Id)))];
        return Page();
    }

    public async Task<IActionResult> OnPostInviteAsync(string? person, CancellationToken cancellation)
    {
        if (!May(Role.Administrator))
        {
            return Missing();
        }

        if (Prove("/accounts") is { } proof)
        {
            return proof;
        }

        switch (await House.Accounts.InviteAsync(Actor, person ?? "", cancellation))
        {
            case OperationResult<Invitation>.Done done:
                Link = $"{(House.Desk.Configuration.Installation.Console.PublicUrl is { Length: > 0 } url ? url : $"{Request.Scheme}://{Request.Host}")}/setup/{done.Value.Token}";
                LinkFor = done.Value.Account.Id;
                return await OnGetAsync(cancellation);
            case OperationResult<Invitation>.Refused refused:
                return Refuse(refused.Refusal, "/accounts");
            default:
                throw new InvalidOperationException("unknown result");
        }
    }

    public async Task<IActionResult> OnPostDisableAsync(string? person, string? reason, CancellationToken cancellation)
    {
        if (!May(Role.Administrator))
        {
            return Missing();
        }

        return Prove("/accounts") ?? End(await House.Accounts.DisableAsync(Actor, person ?? "", reason ?? "", cancellation), "/accounts", account => T("accounts.disabled", account.Id));
    }

    public string State(Account? account) => T(account switch
    {
        null => "accounts.none",
        { Disabled: not null } => "accounts.closed",
        { LockedUntil: { } until } when until > Now => "accounts.locked",
        { PasswordHash: null } => "accounts.invited",
        _ => "accounts.open",
    });

    public string Tone(Account? account) => account switch
    {
        null or { PasswordHash: null } => "warn",
        { Disabled: not null } => "bad",
        { LockedUntil: { } until } when until > Now => "bad",
        _ => "good",
    };
}
