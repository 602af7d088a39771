using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Monitor.Rules.Sharing;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Console.Pages;

/// <summary>Where a one-time link leads: the person chooses a password.</summary>
[EnableRateLimiting(ConsoleHost.SignInLimit)]
public sealed class SetupModel(House house) : DeskPage(house)
{
    public Person? Invited { get; private set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancellation)
    {
        Invited = await House.Accounts.InvitedAsync(token, cancellation);
        Response.StatusCode = Invited is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, string? password, string? again, CancellationToken cancellation)
    {
        Invited = await House.Accounts.InvitedAsync(token, cancellation);
        if (password != again)
        {
            Problem = T("setup.differ");
            return Page();
        }

        switch (await House.Accounts.AcceptAsync(token, password ?? "", cancellation))
        {
            case OperationResult<Account>.Done done:
                await Session.BeginAsync(HttpContext, done.Value, Now);
                return Go("/me", T("setup.done"));
            case OperationResult<Account>.Refused refused:
                Problem = Say(refused.Refusal);
                return Page();
            default:
                throw new InvalidOperationException("unknown result");
        }
    }
}
