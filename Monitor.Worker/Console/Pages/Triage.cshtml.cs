using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Sharing;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Console.Pages;

/// <summary>Cases in the order in which people should look at them.</summary>
public sealed class TriageModel(House house) : DeskPage(house)
{
    private const int Shown = 100;

    public CaseState? State { get; private set; }

    public IReadOnlyList<(RankedCase Ranked, Target? Target)> Cases { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CaseState? state, CancellationToken cancellation)
    {
        if (!May(Role.Analyst, Role.Verifier, Role.Approver, Role.Inspector))
        {
            return Missing();
        }

        State = state;
        Cases = await House.Cases.RankedAsync(Actor, state, Shown, cancellation);
        return Page();
    }

    /// <summary>Leads to the next case that waits for a decision, after the one just looked at.</summary>
    public async Task<IActionResult> OnGetNextAsync(string? after, CancellationToken cancellation)
    {
        if (!May(Role.Analyst, Role.Verifier, Role.Approver, Role.Inspector))
        {
            return Missing();
        }

        var waiting = (await House.Cases.RankedAsync(Actor, null, int.MaxValue, cancellation)).Where(one => IsWaiting(one.Ranked.Case)).ToList();
        var at = waiting.FindIndex(one => one.Ranked.Case.Id == after);
        return waiting.Count == 0 || at == waiting.Count - 1 ? Go("/triage", T("triage.through")) : LocalRedirect("/cases/" + waiting[at + 1].Ranked.Case.Id);
    }

    public static bool IsWaiting(Case one) => one.State is CaseState.AwaitingTriage or CaseState.AwaitingVerification;

    public static string Tone(Severity severity) => severity switch
    {
        Severity.Critical => "bad",
        Severity.High => "warn",
        _ => "",
    };
}
