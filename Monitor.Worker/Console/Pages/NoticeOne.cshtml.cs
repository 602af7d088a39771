using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;
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
        if (await ReadAsync(id, cancellation) is not { } content)
        {
            return Missing();
        }

        (Subject, Text) = content.Form is { } form ? (form.Subject, form.Text) : (Notice.Subject, null);
        return Page();
    }

    public Task<IActionResult> OnGetHtmlAsync(string id, CancellationToken cancellation) => FormAsync(id, "html", "text/html", form => System.Text.Encoding.UTF8.GetBytes(form.Html), cancellation);

    public Task<IActionResult> OnGetPdfAsync(string id, CancellationToken cancellation) => FormAsync(id, "pdf", "application/pdf", form => form.Pdf, cancellation);

    public Task<IActionResult> OnGetXarfAsync(string id, CancellationToken cancellation) => FormAsync(id, "xarf.json", "application/json", form => form.Xarf, cancellation);

    /// <summary>As a file: nothing of it is shown within the console.</summary>
    private async Task<IActionResult> FormAsync(string id, string ending, string type, Func<NoticeContent, byte[]> form, CancellationToken cancellation) =>
        await ReadAsync(id, cancellation) is { Form: { } content } && form(content) is { Length: > 0 } bytes ? File(bytes, type, $"{Notice.Id}.{ending}") : Missing();

    /// <summary>Null: there is no such notice for this person.</summary>
    private async Task<Read?> ReadAsync(string id, CancellationToken cancellation)
    {
        if (await House.Store.FindNoticeAsync(id, Actor.Scope, cancellation) is not { } notice)
        {
            return null;
        }

        Notice = NoticeContents.AsSeenBy(House.Desk, Actor, notice);
        return new Read(await NoticeContents.FormsAsync(House.Desk, Notice, cancellation));
    }

    /// <param name="Form">Null: the template was changed, or what was sealed is not what was approved.</param>
    private sealed record Read(NoticeContent? Form);

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
