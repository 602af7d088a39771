using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Monitor.Rules.Sharing;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Accounts;

namespace Monitor.Worker.Console;

/// <summary>What a session's cookie bears: who, the account's stamp, when it began and when the password was given last. Who the person is now is read anew with each request.</summary>
internal static class Session
{
    private const string Stamp = "stamp";
    private const string Since = "since";
    private const string Proven = "proven";

    private static readonly object ActorKey = new();

    public static Task BeginAsync(HttpContext http, Account account, DateTimeOffset now) => WriteAsync(http, account.Id, account.Stamp, now, now);

    /// <summary>The person has just proven again who they are.</summary>
    public static Task RefreshAsync(HttpContext http, Account account, DateTimeOffset now) =>
        WriteAsync(http, account.Id, account.Stamp, Instant(http.User, Since) ?? now, now);

    public static bool IsFresh(HttpContext http, TimeSpan within, DateTimeOffset now) => Instant(http.User, Proven) is { } at && now - at < within;

    /// <summary>Who asks; null before sign-in.</summary>
    public static Actor? ActorOf(HttpContext http) => http.Items[ActorKey] as Actor;

    /// <summary>A session ends with its time, with the account's stamp, and with the person's validity.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var house = context.HttpContext.RequestServices.GetRequiredService<House>();
        var now = house.Desk.Now;
        if (context.Principal is { } principal
            && principal.Identity?.Name is { } id
            && principal.FindFirstValue(Stamp) is { } stamp
            && Instant(principal, Since) is { } since && now - since < house.Desk.Configuration.Installation.Console.Session
            && await house.Accounts.ActorAsync(id, stamp, context.HttpContext.RequestAborted) is { } actor)
        {
            context.HttpContext.Items[ActorKey] = actor;
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    private static Task WriteAsync(HttpContext http, string id, string stamp, DateTimeOffset since, DateTimeOffset proven)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, id), new Claim(Stamp, stamp), new Claim(Since, Milliseconds(since)), new Claim(Proven, Milliseconds(proven))],
            CookieAuthenticationDefaults.AuthenticationScheme);
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
    }

    private static string Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Instant(ClaimsPrincipal principal, string claim) =>
        long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
