using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Monitor.Rules.Assessing;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Console.Pages;

/// <summary>What somebody reported, taken in by hotline and office staff.</summary>
public sealed class IntakeModel(House house) : DeskPage(house)
{
    public static IReadOnlyList<string> Sources { get; } = ["111", "vn-cop", "police", "platform", "citizen", "other"];

    [BindProperty(Name = "url")]
    public string? Address { get; set; }

    [BindProperty(Name = "source")]
    public string? Source { get; set; }

    [BindProperty(Name = "channel")]
    public string? Channel { get; set; }

    /// <summary>When it was reported, as the reporter says; sealed with the note.</summary>
    [BindProperty(Name = "reported")]
    public string? Reported { get; set; }

    [BindProperty(Name = "category")]
    public string? Category { get; set; }

    [BindProperty(Name = "list")]
    public string? List { get; set; }

    [BindProperty(Name = "note")]
    public string? Note { get; set; }

    [BindProperty(Name = "reporter")]
    public string? Reporter { get; set; }

    /// <summary>The reporter wants to remain unknown: no name is kept, not even sealed.</summary>
    [BindProperty(Name = "anonymous")]
    public bool Anonymous { get; set; }

    [BindProperty(Name = "danger")]
    public bool Danger { get; set; }

    /// <summary>Why it was not taken in; the form keeps what was typed.</summary>
    public string? Problem { get; private set; }

    /// <summary>The alert that a report of danger started, "none" where no duty contact is known.</summary>
    public string? Alert { get; private set; }

    public bool AlertSent { get; private set; }

    public IReadOnlyList<WatchList> Lists => [.. House.Desk.Configuration.WatchLists.Values.Where(list => list.IsActiveOn(House.Desk.Today)).OrderBy(list => list.Id, StringComparer.Ordinal)];

    public async Task<IActionResult> OnGetAsync(string? alert, CancellationToken cancellation)
    {
        if (!May(Role.Intake, Role.Analyst))
        {
            return Missing();
        }

        if (alert == "none" || (alert is not null && await House.Store.FindMessageAsync(alert, cancellation) is { Kind: OutboxKind.Alert }))
        {
            Alert = alert;
            AlertSent = alert != "none" && (await House.Store.CustodyOfAsync(alert, cancellation)).Any(entry => entry.Act.Act == "alert-sent");
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!May(Role.Intake, Role.Analyst))
        {
            return Missing();
        }

        Category? category = null;
        if (!string.IsNullOrEmpty(Category))
        {
            if (!CategoryNames.TryParse(Category, out var known))
            {
                return Again(new Refusal(RefusalKind.Invalid, "category-outside-list", Category));
            }

            category = known;
        }

        var note = string.Join('\n', new[] { string.IsNullOrWhiteSpace(Reported) ? "" : $"{T("intake.reported")}: {Reported.Trim()}", Note?.Trim() ?? "" }.Where(part => part.Length > 0));
        var result = await House.Intake.AddAsync(Actor, new IntakeItem
        {
            Url = Address?.Trim() ?? "",
            WatchListId = string.IsNullOrEmpty(List) ? null : List,
            Source = string.IsNullOrWhiteSpace(Channel) ? Source ?? "" : $"{Source} / {Channel.Trim()}",
            Danger = Danger,
            Category = category,
            Note = note.Length > 0 ? note : null,
            Reporter = Anonymous || string.IsNullOrWhiteSpace(Reporter) ? null : Reporter.Trim(),
        }, cancellation);
        switch (result)
        {
            case OperationResult<IntakeReceipt>.Refused refused:
                return Again(refused.Refusal);
            case OperationResult<IntakeReceipt>.Done { Value: var receipt }:
                if (receipt.AlertId is { } alert)
                {
                    await House.Sweeps.AlertNowAsync(alert, cancellation);
                }

                return Go(Danger ? "/intake?alert=" + (receipt.AlertId ?? "none") : "/intake", T(receipt.Joined ? "intake.joined" : "intake.taken", receipt.TargetId, receipt.ReportId, receipt.CaseId));
            default:
                throw new InvalidOperationException("unknown result");
        }
    }

    private PageResult Again(Refusal refusal)
    {
        Problem = Say(refusal);
        return Page();
    }
}
