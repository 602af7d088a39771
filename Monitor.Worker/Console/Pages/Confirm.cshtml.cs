using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Monitor.Worker.Operations.Accounts;

namespace Monitor.Worker.Console.Pages;

/// <summary>Asks again who it is, before an act that cannot be taken back.</summary>
[EnableRateLimiting(ConsoleHost.SignInLimit)]
public sealed class ConfirmModel(House house) : DeskPage(house)
{
    public string Next { get; private set; } = "/";

    public bool AskCode { get; private set; }

    public bool Wrong { get; private set; }

    public Task OnGetAsync(string? next, CancellationToken cancellation) => ShowAsync(next, cancellation);

    public async Task<IActionResult> OnPostAsync(string? password, string? code, string? next, CancellationToken cancellation)
    {
        await ShowAsync(next, cancellation);
        if (await House.Accounts.ConfirmAsync(Actor, password ?? "", code, cancellation) is SignInOutcome.Done done)
        {
            await Session.RefreshAsync(HttpContext, done.Account, Now);
            return LocalRedirect(Next);
        }

        Wrong = true;
        return Page();
    }

    private async Task ShowAsync(string? next, CancellationToken cancellation)
    {
        Next = Url.IsLocalUrl(next) ? next! : "/";
        AskCode = await House.Store.FindAccountAsync(Actor.Id, cancellation) is { CodeSecret: not null };
    }
}
