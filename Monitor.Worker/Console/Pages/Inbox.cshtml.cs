using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Replies;
using Monitor.Rules.Sharing;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Console.Pages;

/// <summary>Mail that waits for a person, or all of it.</summary>
public sealed class InboxModel(House house) : DeskPage(house)
{
    private const int PageSize = 50;

    public IReadOnlyList<InboundMail> Mails { get; private set; } = [];

    public bool All { get; private set; }

    /// <summary>Last id shown, where more follow.</summary>
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(bool all, string? after, CancellationToken cancellation)
    {
        if (!May(Role.Analyst, Role.Verifier, Role.Approver, Role.Inspector))
        {
            return Missing();
        }

        All = all;
        var page = new Paging(after, PageSize + 1);
        var mails = all ? await House.Store.ListMailAsync(null, Actor.Scope, page, cancellation) : await House.Inbox.WaitingAsync(Actor.Scope, page, cancellation);
        Mails = [.. mails.Take(PageSize)];
        Next = mails.Count > PageSize ? Mails[^1].Id : null;
        return Page();
    }
}
