using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Sharing;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Accounts;

namespace Monitor.Worker.Console.Pages;

/// <summary>One's own account: password and second factor.</summary>
public sealed class MeModel(House house, IDataProtectionProvider protection) : DeskPage(house)
{
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("second-factor").ToTimeLimitedDataProtector();

    public Account Account { get; private set; } = null!;

    public CodeSetup? Setup { get; private set; }

    /// <summary>The secret on its way through the form, sealed for a quarter of an hour.</summary>
    public string? Protected { get; private set; }

    public Task OnGetAsync(CancellationToken cancellation) => ReadAsync(cancellation);

    public async Task<IActionResult> OnPostPasswordAsync(string? current, string? password, string? again, CancellationToken cancellation)
    {
        if (password != again)
        {
            TempData["refused"] = T("setup.differ");
            return LocalRedirect("/me");
        }

        var result = await House.Accounts.ChangePasswordAsync(Actor, current ?? "", password ?? "", cancellation);
        return await RenewAsync(result, "me.changed");
    }

    public async Task<IActionResult> OnPostNewCodeAsync(CancellationToken cancellation)
    {
        if (Prove("/me") is { } proof)
        {
            return proof;
        }

        await ReadAsync(cancellation);
        Show(House.Accounts.NewCode(Actor));
        return Page();
    }

    public async Task<IActionResult> OnPostCodeAsync(string? secret, string? code, CancellationToken cancellation)
    {
        byte[] bytes;
        try
        {
            bytes = _protector.Unprotect(Convert.FromBase64String(secret ?? ""));
        }
        catch (Exception problem) when (problem is FormatException or System.Security.Cryptography.CryptographicException)
        {
            return Refuse(new Refusal(RefusalKind.Invalid, "code-wrong"), "/me");
        }

        var result = await House.Accounts.SetCodeAsync(Actor, bytes, code ?? "", cancellation);
        if (result is OperationResult<Account>.Refused refused)
        {
            TempData["refused"] = Say(refused.Refusal);
            await ReadAsync(cancellation);
            Show(House.Accounts.NewCode(Actor, bytes));
            return Page();
        }

        return await RenewAsync(result, "me.code-set");
    }

    public string Grouped(string spelled) => string.Join(' ', spelled.Chunk(4).Select(chunk => new string(chunk)));

    private void Show(CodeSetup setup)
    {
        Setup = setup;
        Protected = Convert.ToBase64String(_protector.Protect(setup.Secret, TimeSpan.FromMinutes(15)));
    }

    /// <summary>The account's stamp changed, which ended every session: this one begins anew.</summary>
    private async Task<IActionResult> RenewAsync(OperationResult<Account> result, string said)
    {
        if (result is OperationResult<Account>.Done done)
        {
            await Session.RefreshAsync(HttpContext, done.Value, Now);
        }

        return End(result, "/me", _ => T(said));
    }

    private async Task ReadAsync(CancellationToken cancellation) => Account = (await House.Store.FindAccountAsync(Actor.Id, cancellation))!;
}
