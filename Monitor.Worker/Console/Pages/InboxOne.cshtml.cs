using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Replies;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Inbox;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Console.Pages;

/// <summary>One mail: what it is about, what the machine read out of it, and what a person makes of it.</summary>
public sealed class InboxOneModel(House house) : DeskPage(house)
{
    public InboundMail Mail { get; private set; } = null!;

    public Notice? Notice { get; private set; }

    /// <summary>Its words, once somebody asked for them.</summary>
    public MailText? Text { get; private set; }

    public bool MayDecide => Mail.State is InboundState.Unmatched or InboundState.Proposed && May(Role.Analyst, Role.Verifier) && Mail.OwnerAgency == Actor.AgencyId;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation) => await LoadAsync(id, cancellation) ? Page() : Missing();

    /// <summary>A look at what somebody wrote is written down, so it is an act and no address.</summary>
    public async Task<IActionResult> OnPostTextAsync(string id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
        {
            return Missing();
        }

        switch (await House.Inbox.TextAsync(Actor, id, cancellation))
        {
            case OperationResult<MailText>.Done done:
                Text = done.Value;
                return Page();
            case OperationResult<MailText>.Refused refused:
                return Refuse(refused.Refusal, Path(id));
            default:
                throw new InvalidOperationException("unknown result");
        }
    }

    /// <param name="code">What it says of all its pages; null: each page has its own.</param>
    public async Task<IActionResult> OnPostAcceptAsync(string id, ReplyCode? code, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
        {
            return Missing();
        }

        var pages = new Dictionary<string, ReplyCode>(StringComparer.Ordinal);
        foreach (var (name, value) in Request.Form)
        {
            if (name.StartsWith("page-", StringComparison.Ordinal) && Enum.TryParse<ReplyCode>(value, out var own) && Enum.IsDefined(own))
            {
                pages[name["page-".Length..]] = own;
            }
        }

        return End(await House.Inbox.AcceptAsync(Actor, id, code, pages, cancellation), "/inbox", Told, Path(id));
    }

    public async Task<IActionResult> OnPostMatchAsync(string id, string? notice, string? reason, CancellationToken cancellation) =>
        await LoadAsync(id, cancellation) ? End(await House.Inbox.MatchAsync(Actor, id, notice?.Trim() ?? "", reason ?? "", cancellation), Path(id), Told) : Missing();

    public async Task<IActionResult> OnPostDismissAsync(string id, string? reason, CancellationToken cancellation) =>
        await LoadAsync(id, cancellation) ? End(await House.Inbox.DismissAsync(Actor, id, reason ?? "", cancellation), "/inbox", Told, Path(id)) : Missing();

    private async Task<bool> LoadAsync(string id, CancellationToken cancellation)
    {
        if (!May(Role.Analyst, Role.Verifier, Role.Approver, Role.Inspector) || await House.Store.FindMailAsync(id, Actor.Scope, cancellation) is not { } mail)
        {
            return false;
        }

        Mail = mail;
        Notice = mail.NoticeId is { } reference ? await House.Store.FindNoticeAsync(reference, AgencyScope.All, cancellation) : null;
        return true;
    }

    private static string Path(string id) => "/inbox/" + Uri.EscapeDataString(id);

    private string Told(InboundMail mail) => T("inbox.now", mail.Id, this.Word(mail.State));
}
