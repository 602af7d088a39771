using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Cases;
using Monitor.Rules.Replies;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Console.Pages;

/// <summary>What waits for whom.</summary>
public sealed class IndexModel(House house) : DeskPage(house)
{
    private const int CountedTo = 500;

    public IReadOnlyList<Figure> Figures { get; private set; } = [];

    public IReadOnlyList<OutboxMessage> Alerts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var page = new Paging(null, CountedTo);
        var figures = new List<Figure>();
        if (May(Role.Analyst, Role.Verifier, Role.Inspector))
        {
            figures.Add(Counted("home.triage", "/triage", (await House.Store.ListCasesAsync(CaseState.AwaitingTriage, Actor.Scope, page, cancellation)).Count));
            figures.Add(Counted("home.verify", "/triage?state=AwaitingVerification", (await House.Store.ListCasesAsync(CaseState.AwaitingVerification, Actor.Scope, page, cancellation)).Count));
        }

        if (May(Role.Analyst, Role.Verifier))
        {
            figures.Add(Counted("home.mail", "/inbox", (await House.Inbox.WaitingAsync(Actor.Scope, page, cancellation)).Count));
        }

        Figures = figures;
        Alerts = await House.Store.OpenAlertsAsync(Actor.Scope, new Paging(null, 20), cancellation);
    }

    public async Task<IActionResult> OnPostAcknowledgeAsync(string? alert, CancellationToken cancellation) =>
        End(await House.Intake.AcknowledgeAlertAsync(Actor, alert ?? "", cancellation), "/", done => T("home.acknowledged", done.Id));

    private static Figure Counted(string word, string path, int count) => new(word, path, count, count >= CountedTo);
}

/// <param name="More">There are more than were counted.</param>
public sealed record Figure(string Word, string Path, int Count, bool More);
