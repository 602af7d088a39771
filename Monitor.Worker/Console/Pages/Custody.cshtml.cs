using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Sharing;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Console.Pages;

/// <summary>The custody log, for inspectors.</summary>
public sealed class CustodyModel(House house, CustodyCheck check) : DeskPage(house)
{
    public const int RowsShown = 100;

    public CustodyPage Entries { get; private set; } = new([], null);

    public CustodyCheck Check => check;

    [BindProperty(SupportsGet = true, Name = "item")]
    public string? Item { get; set; }

    [BindProperty(SupportsGet = true, Name = "person")]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await House.CustodyReading.ListAsync(Actor, Before, Item?.Trim(), Person?.Trim(), RowsShown, cancellation) is not OperationResult<CustodyPage>.Done done)
        {
            return Missing();
        }

        Entries = done.Value;
        return Page();
    }

    /// <summary>The newest signed checkpoint, to be kept elsewhere.</summary>
    public async Task<IActionResult> OnGetCheckpointAsync(CancellationToken cancellation) =>
        !May(Role.Inspector) || await House.Store.LatestCheckpointAsync(cancellation) is not { } checkpoint
            ? Missing()
            : File(System.Text.Encoding.UTF8.GetBytes(checkpoint.Published), "text/plain; charset=utf-8", $"{checkpoint.Id}.checkpoint");

    public IActionResult OnPostCheck()
    {
        if (!May(Role.Inspector))
        {
            return Missing();
        }

        check.Begin();
        return Go("/custody");
    }
}
