using Microsoft.AspNetCore.Mvc;

namespace Monitor.Worker.Console.Pages;

/// <summary>What is shown instead of a page: not there (or not for this person), too fast, a form that went stale.</summary>
[IgnoreAntiforgeryToken]
public sealed class StatusModel(House house) : DeskPage(house)
{
    /// <summary>Key of the heading.</summary>
    public string Word { get; private set; } = "status.missing";

    public void OnGet(int code) => Show(code);

    public void OnPost(int code) => Show(code);

    private void Show(int code)
    {
        Word = code switch
        {
            StatusCodes.Status400BadRequest => "status.stale",
            StatusCodes.Status413PayloadTooLarge => "status.large",
            StatusCodes.Status429TooManyRequests => "status.fast",
            _ => "status.missing",
        };
        Response.StatusCode = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
    }
}
