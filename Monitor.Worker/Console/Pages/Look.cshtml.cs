using Microsoft.AspNetCore.Mvc;
using Monitor.Worker.Diagnostics;

namespace Monitor.Worker.Console.Pages;

/// <summary>Language and theme.</summary>
public sealed class LookModel(House house) : DeskPage(house)
{
    public IActionResult OnGet() => LocalRedirect("/");

    public IActionResult OnPost(string? language, string? theme, string? back)
    {
        Looks.Choose(
            HttpContext,
            language switch { "vi" => Language.Vietnamese, "en" => Language.English, _ => null },
            theme switch { "light" => Theme.Light, "dark" => Theme.Dark, "system" => Theme.System, _ => null });
        return LocalRedirect(Url.IsLocalUrl(back) ? back! : "/");
    }
}
