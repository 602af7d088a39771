using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Console.Pages;

/// <summary>One notice: exactly what will be sent, or was; and what the second person does with it.</summary>
public sealed class NoticeOneModel(House house) : DeskPage(house)
{
    public Notice Notice { get; private set; } = null!;

    public string Subject { get; private set; } = "";

    /// <summary>Null: what was sealed is not what was approved.</summary>
    public string? Text { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation)
    {
        if (await House.Store.FindNoticeAsync(id, Actor.Scope, cancellation) is not { } notice)
        {
            return Missing();
        }

        // An approver sees it under their own name: those are the bytes their approval sends.
        if (notice.Dispatch == DispatchState.Drafted && May(Role.Approver) && Actor.Person is { } person)
        {
            notice = NoticeDrafter.Resign(notice, person, House.Desk.Configuration) ?? notice;
        }

        Notice = notice;
        (Subject, Text) = notice.ContentId is null ? (notice.Subject, notice.Body)
            : await NoticeContents.ReadAsync(House.Desk, notice, cancellation) is { } content ? (content.Subject, content.Text)
            : (notice.Subject, null);
        return Page();
    }

    public Task<IActionResult> OnPostApproveAsync(string id, string? digest, CancellationToken cancellation) =>
        ActAsync(id, true, async () => End(await House.Takedowns.ApproveAsync(Actor, id, digest ?? "", cancellation), Path(id), Told), cancellation);

    public Task<IActionResult> OnPostCancelAsync(string id, string? reason, CancellationToken cancellation) =>
        ActAsync(id, true, async () => End(await House.Takedowns.CancelAsync(Actor, id, reason ?? "", cancellation), Path(id), Told), cancellation);

    public Task<IActionResult> OnPostSignedAsync(string id, string? number, IFormFile? document, CancellationToken cancellation) =>
        ActAsync(id, true, async () => End(await House.Takedowns.SignedAsync(Actor, id, number ?? "", await Uploaded.ReadAsync(document, cancellation), cancellation), Path(id), Told), cancellation);

    public Task<IActionResult> OnPostSentAsync(string id, string? confirmation, IFormFile? capture, CancellationToken cancellation) =>
        ActAsync(id, false, async () => End(await House.HandOvers.RecordAsync(Actor, id, confirmation ?? "", await Uploaded.ReadAsync(capture, cancellation), cancellation), Path(id), Told), cancellation);

    private static string Path(string id) => "/notices/" + Uri.EscapeDataString(id);

    private string Told(Notice notice) => T("notice.now", notice.Id, this.Word(notice.Dispatch));

    private async Task<IActionResult> ActAsync(string id, bool final, Func<Task<IActionResult>> act, CancellationToken cancellation) =>
        await House.Store.FindNoticeAsync(id, Actor.Scope, cancellation) is null ? Missing()
        : (final ? Prove(Path(id)) : null) ?? await act();
}
