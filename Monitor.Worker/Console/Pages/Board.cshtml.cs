using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Console.Pages;

/// <summary>A request with what people look for on the board.</summary>
/// <param name="Share">Of the legal deadline, how much has run; 0 to 1, more when it is over; null: it does not run.</param>
/// <param name="Stopped">The content went, or the demand was taken back: the bar stands still.</param>
public sealed record BoardRow(TakedownRequest Request, Target? Target, IReadOnlyList<Notice> Notices, double? Share, bool Stopped)
{
    public bool Late => Share > 1;

    /// <summary>Width of the bar, of a hundred.</summary>
    public string Width => Math.Clamp((Share ?? 0) * 100, 0, 100).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>Every request against its deadline, and the drafts that wait for a second person.</summary>
public sealed class BoardModel(House house) : DeskPage(house)
{
    public const int RowsShown = 50;

    public IReadOnlyList<BoardRow> Rows { get; private set; } = [];

    public IReadOnlyList<Notice> Drafts { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "state")]
    public DemandState? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    /// <summary>"drafts": notices to approve; otherwise requests.</summary>
    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    public bool ShowsDrafts => Show == "drafts";

    /// <summary>Id to go on after; null: this was the last page.</summary>
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        // One more than is shown tells whether there is a next page.
        var page = new Paging(string.IsNullOrEmpty(After) ? null : After, RowsShown + 1);
        if (ShowsDrafts)
        {
            var drafts = await House.Store.NoticesInAsync(DispatchState.Drafted, Actor.Scope, page, cancellation);
            Drafts = [.. drafts.Take(RowsShown)];
            Next = drafts.Count > RowsShown ? Drafts[^1].Id : null;
            return Page();
        }

        var requests = await House.Takedowns.ListAsync(Actor, State, page, cancellation);
        var rows = new List<BoardRow>();
        foreach (var request in requests.Take(RowsShown))
        {
            rows.Add(await RowAsync(House, request, Now, cancellation));
        }

        Rows = rows;
        Next = requests.Count > RowsShown ? rows[^1].Request.Id : null;
        return Page();
    }

    internal static async Task<BoardRow> RowAsync(House house, TakedownRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        // Of what the reader may see: the request was found within their scope.
        var target = await house.Store.FindTargetAsync(request.TargetId, AgencyScope.All, cancellation);
        var notices = await house.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation);
        DateTimeOffset? ended = request.FirstGoneAt < (request.Withdrawal?.At ?? DateTimeOffset.MaxValue) ? request.FirstGoneAt : request.Withdrawal?.At;
        var share = request is { DeliveredAt: { } from, LegalDeadline: { } due } ? ((ended ?? now) - from) / (due - from) : (double?)null;
        return new BoardRow(request, target, notices, share, ended is not null);
    }
}
