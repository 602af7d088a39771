using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Monitor.Rules.Sharing;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Console;

/// <summary>
/// What every page has: the house, who asks, in which language, and how an operation's end is shown. A page calls operations, which decide who may do
/// what; it decides nothing itself.
/// </summary>
public abstract class DeskPage(House house) : PageModel, ISpeaker
{
    private const string SaidKey = "said";
    private const string RefusedKey = "refused";

    public House House => house;

    /// <summary>Who asks. Only pages that need no sign-in may ask <see cref="SignedIn"/> instead.</summary>
    public Actor Actor => SignedIn ?? throw new InvalidOperationException("nobody is signed in");

    public Actor? SignedIn => Session.ActorOf(HttpContext);

    public DateTimeOffset Now => house.Desk.Now;

    public Language Language => Looks.LanguageOf(HttpContext);

    public Theme Theme => Looks.ThemeOf(HttpContext);

    /// <summary>What was done, told once on the next page.</summary>
    public string? Said => TempData[SaidKey] as string;

    /// <summary>Why something was not done, told once.</summary>
    public string? RefusedWhy => TempData[RefusedKey] as string;

    /// <summary>A word of the resource files.</summary>
    public string T(string key, params object?[] arguments) => ConsoleWords.Say(Language, key, arguments);

    public bool May(params IReadOnlyList<Role> roles) => SignedIn?.Needs(roles) is null && SignedIn is not null;

    public string Say(Refusal refusal) => Messages.Say(refusal, Language);

    /// <summary>Local time of Việt Nam.</summary>
    public static string Time(DateTimeOffset? at) => at?.ToOffset(Desk.LocalOffset).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>How long ago, or until then.</summary>
    public string Span(TimeSpan span)
    {
        var length = span.Duration();
        return length.TotalDays >= 2 ? T("time.days", (int)length.TotalDays)
            : length.TotalHours >= 2 ? T("time.hours", (int)length.TotalHours)
            : T("time.minutes", (int)length.TotalMinutes);
    }

    /// <summary>Goes to a page, which tells what was done.</summary>
    protected IActionResult Go(string path, string? said = null)
    {
        if (said is not null)
        {
            TempData[SaidKey] = said;
        }

        return LocalRedirect(path);
    }

    /// <summary>Tells how an operation ended, on the page that comes next.</summary>
    protected IActionResult End<T>(OperationResult<T> result, string path, Func<T, string> said, string? refusedPath = null)
    {
        switch (result)
        {
            case OperationResult<T>.Done done:
                return Go(path, said(done.Value));
            case OperationResult<T>.Refused refused:
                TempData[RefusedKey] = Say(refused.Refusal);
                return LocalRedirect(refusedPath ?? path);
            default:
                throw new InvalidOperationException("unknown result");
        }
    }

    /// <summary>Shows why, on the page that comes next.</summary>
    protected IActionResult Refuse(Refusal refusal, string path)
    {
        TempData[RefusedKey] = Say(refusal);
        return LocalRedirect(path);
    }

    /// <summary>Before an act that cannot be taken back: null when the person has just shown who they are; otherwise the page where they do.</summary>
    protected IActionResult? Prove(string back) =>
        Session.IsFresh(HttpContext, house.Desk.Configuration.Installation.Console.Fresh, Now) ? null : LocalRedirect("/confirm?next=" + Uri.EscapeDataString(back));

    /// <summary>What may be hidden is answered like what is not there.</summary>
    protected IActionResult Missing() => StatusCode(StatusCodes.Status404NotFound);

    /// <remarks>Named as handlers are, and none: a made-up method must not reach a page past its checks.</remarks>
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // Where everybody needs a second factor, nothing else is done before there is one.
        if (SignedIn is { } actor && house.Desk.Configuration.Installation.Console.SecondFactor && this is not (Pages.MeModel or Pages.SignOutModel or Pages.ConfirmModel)
            && await house.Store.FindAccountAsync(actor.Id, HttpContext.RequestAborted) is { CodeSecret: null })
        {
            context.Result = Go("/me", T("me.code-required"));
            return;
        }

        await next();
    }
}
