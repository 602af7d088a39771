using System.Globalization;

namespace Monitor.Rules.Removal;

/// <summary>What a browser adds to the verdict, and what it must not: a page that was shown in part, or compared with unlike, never counts as gone.</summary>
public static partial class LivenessClassifier
{
    private static LivenessVerdict Weigh(PageObservation page, bool alike, LivenessVerdict verdict)
    {
        var counts = verdict.Liveness is Liveness.Gone or Liveness.ProbablyGone && page.Outline is not null && page.Status is < 400;
        if (page.Render is not { End: RenderEnd.Rendered } render)
        {
            Signal[] why = page.Render is null ? [] : [new Signal("not-rendered", 0, $"shell not rendered: {page.Render.Reason}")];
            // Of a page that is known to be a shell, the shell alone says nothing, whatever its title promises.
            return !alike && (counts || (verdict.Liveness == Liveness.Live && RenderPlan.IsThin(page)))
                ? Withheld(verdict, [.. why, new Signal("unlike-baseline", 0, "captured through a browser, seen without one")])
                : Noted(verdict, why);
        }

        var rendered = new Signal("rendered", 0, string.Create(CultureInfo.InvariantCulture, $"judged as a browser shows it: {render.Asked} parts asked, {render.Refused} refused"));
        if (render.Whole)
        {
            return Noted(verdict, rendered);
        }

        var gaps = new Signal("render-gaps", 0, render.GapCount == 0 ? "the page did not come to rest"
            : string.Create(CultureInfo.InvariantCulture, $"the page went without {render.GapCount} of its parts: {string.Join(", ", render.Gaps)}"));
        return counts ? Withheld(verdict, gaps, rendered) : Noted(verdict, gaps, rendered);
    }

    private static LivenessVerdict Withheld(LivenessVerdict verdict, params Signal[] first) =>
        new(Liveness.Inconclusive, LivenessReason.JavaScriptShell, [.. first, new Signal("would-be", 0, $"{verdict.Liveness.Name()} ({verdict.Reason.Name()})"), .. verdict.Signals]);

    private static LivenessVerdict Noted(LivenessVerdict verdict, params Signal[] more) =>
        verdict with { Signals = [.. verdict.Signals.Take(1), .. more, .. verdict.Signals.Skip(1)] };
}
