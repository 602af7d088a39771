using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Cases;
using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Console.Pages;

/// <summary>One request: its clocks, its notices, and what people do with it.</summary>
public sealed class DemandModel(House house) : DeskPage(house)
{
    public BoardRow Row { get; private set; } = null!;

    public Case? Case { get; private set; }

    public IReadOnlyList<Clock> Running { get; private set; } = [];

    public TakedownRequest Demand => Row.Request;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation)
    {
        if (await House.Store.FindRequestAsync(id, Actor.Scope, cancellation) is not { } request)
        {
            return Missing();
        }

        Row = await BoardModel.RowAsync(House, request, Now, cancellation);
        Case = await House.Store.FindCaseAsync(request.CaseId, AgencyScope.All, cancellation);
        Running = Case is null ? [] : Clocks.Of(Case, request);
        return Page();
    }

    public Task<IActionResult> OnPostReplyAsync(string id, ReplyCode? code, CancellationToken cancellation) =>
        ActAsync(id, false, async () => code is { } said ? End(await House.Takedowns.ReplyAsync(Actor, id, said, cancellation), Path(id), Told) : StatusCode(StatusCodes.Status400BadRequest), cancellation);

    public Task<IActionResult> OnPostHoldAsync(string id, string? reason, CancellationToken cancellation) =>
        ActAsync(id, false, async () => End(await House.Takedowns.HoldAsync(Actor, id, reason ?? "", cancellation), Path(id), Told), cancellation);

    public Task<IActionResult> OnPostReleaseAsync(string id, string? reason, CancellationToken cancellation) =>
        ActAsync(id, false, async () => End(await House.Takedowns.ReleaseAsync(Actor, id, reason ?? "", cancellation), Path(id), Told), cancellation);

    public Task<IActionResult> OnPostRetractAsync(string id, string? reason, CancellationToken cancellation) =>
        ActAsync(id, true, async () => End(await House.Takedowns.RetractAsync(Actor, id, reason ?? "", cancellation), Path(id), Told), cancellation);

    public Task<IActionResult> OnPostObjectionAsync(string id, ObjectionBy? by, string? words, IFormFile? letter, CancellationToken cancellation) =>
        ActAsync(id, false, async () => by is { } who ? End(await House.Objections.TakeInAsync(Actor, id, who, words ?? "", await Uploaded.ReadAsync(letter, cancellation), cancellation), Path(id), Told) : StatusCode(StatusCodes.Status400BadRequest), cancellation);

    public Task<IActionResult> OnPostDecideAsync(string id, int number, bool upheld, string? reason, CancellationToken cancellation) =>
        ActAsync(id, true, async () => End(await House.Objections.DecideAsync(Actor, id, number, upheld, reason ?? "", cancellation), Path(id), Told), cancellation);

    private static string Path(string id) => "/requests/" + Uri.EscapeDataString(id);

    private string Told(TakedownRequest request) => T("request.now", request.Id, this.Word(request.Demand));

    /// <summary>What the person may not see is answered like what is not there, whatever they send.</summary>
    private async Task<IActionResult> ActAsync(string id, bool final, Func<Task<IActionResult>> act, CancellationToken cancellation) =>
        await House.Store.FindRequestAsync(id, Actor.Scope, cancellation) is null ? Missing()
        : (final ? Prove(Path(id)) : null) ?? await act();
}
