using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Monitor.Worker.Operations.Accounts;

namespace Monitor.Worker.Console.Pages;

[EnableRateLimiting(ConsoleHost.SignInLimit)]
public sealed class SignInModel(House house) : DeskPage(house)
{
    public string Next { get; private set; } = "/";

    public string? Name { get; private set; }

    public bool AskCode { get; private set; }

    /// <summary>Key of a word; null: nothing went wrong yet.</summary>
    public string? Problem { get; private set; }

    public IActionResult OnGet(string? next)
    {
        Next = Url.IsLocalUrl(next) ? next! : "/";
        return SignedIn is null ? Page() : LocalRedirect(Next);
    }

    public async Task<IActionResult> OnPostAsync(string? name, string? password, string? code, string? next, CancellationToken cancellation)
    {
        Next = Url.IsLocalUrl(next) ? next! : "/";
        Name = name;
        switch (await House.Accounts.SignInAsync(name ?? "", password ?? "", code, cancellation))
        {
            case SignInOutcome.Done done:
                await Session.BeginAsync(HttpContext, done.Account, Now);
                return LocalRedirect(Next);
            case SignInOutcome.CodeNeeded:
                AskCode = true;
                Problem = "sign-in.again-with-code";
                return Page();
            default:
                AskCode = code is not null;
                Problem = "sign-in.wrong";
                Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Page();
        }
    }
}
