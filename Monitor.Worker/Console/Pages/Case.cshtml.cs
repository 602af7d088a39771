using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Console.Pages;

/// <summary>One case with everything needed to decide, and the decisions.</summary>
public sealed class CaseModel(House house) : DeskPage(house)
{
    public Case Case { get; private set; } = null!;

    public TargetStory Story { get; private set; } = null!;

    public Observation? Last { get; private set; }

    public IReadOnlyList<Clock> Clocks { get; private set; } = [];

    public IReadOnlyList<LegalBasis> Bases { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation)
    {
        if (!May(Role.Analyst, Role.Verifier, Role.Approver, Role.Inspector)
            || await House.Store.FindCaseAsync(id, Actor.Scope, cancellation) is not { } found
            || await House.Timelines.OfTargetAsync(Actor, found.TargetId, cancellation) is not OperationResult<TargetStory>.Done story)
        {
            return Missing();
        }

        (Case, Story) = (found, story.Value);
        Last = Story.Events.LastOrDefault(one => one.Observation is not null)?.Observation;
        Clocks = Rules.Takedowns.Clocks.Of(found, Story.Requests.Count > 0 ? Story.Requests[^1] : null);
        Bases = [.. House.Desk.Configuration.LegalBases.Values.Where(basis => basis.IsValidOn(House.Desk.Today) && basis.Uses.Contains(LegalUse.Takedown)).OrderBy(basis => basis.Id, StringComparer.Ordinal)];
        return Page();
    }

    public async Task<IActionResult> OnPostTriageAsync(string id, string? reason, CancellationToken cancellation) =>
        End(await House.Cases.TriageAsync(Actor, id, reason ?? "", cancellation), "/cases/" + id, done => T("case.triaged", done.Id));

    public async Task<IActionResult> OnPostDismissAsync(string id, string? reason, CancellationToken cancellation) =>
        End(await House.Cases.DismissAsync(Actor, id, reason ?? "", cancellation), "/triage", done => T("case.dismissed", done.Id), "/cases/" + id);

    public async Task<IActionResult> OnPostVerifyAsync(string id, string? reason, Category? category, string? basis, CancellationToken cancellation) =>
        End(await House.Cases.VerifyAsync(Actor, id, new Verification(reason ?? "", category, string.IsNullOrEmpty(basis) ? null : basis), cancellation), "/cases/" + id, done => T("case.verified", done.Notice.Id));

    public string Technique(FindingSummary finding) => finding.Technique is { } technique ? (Language == Language.English ? TextWords.Of(technique).English : TextWords.Of(technique).Vietnamese) : "–";

    public string Strength(FindingSummary finding) => Language == Language.English ? TextWords.Of(finding.Strength).English : TextWords.Of(finding.Strength).Vietnamese;

    /// <summary>Percent of the term that has passed.</summary>
    public static int Share(Clock clock, DateTimeOffset due, DateTimeOffset now) =>
        (int)Math.Clamp(100 * ((clock.StoppedAt ?? now) - clock.StartedAt) / (due - clock.StartedAt), 0, 100);

    public static string Tone(StoryEvent one) => one.Observation?.Fact.Liveness switch
    {
        Liveness.Live => "bad",
        Liveness.Gone or Liveness.ProbablyGone => "good",
        _ => "",
    };
}
