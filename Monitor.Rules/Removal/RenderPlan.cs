namespace Monitor.Rules.Removal;

/// <summary>
/// Which pages are worth a browser. A browser costs the machine a second and the host a visit, so it looks only where it can tell more than the bytes:
/// <list type="bullet">
/// <item>the answer is a shell: scripts and next to no text, whatever its title makes of it;</item>
/// <item>or the page was captured through a browser, and without one it is not plainly there: like is compared with like.</item>
/// </list>
/// </summary>
public static class RenderPlan
{
    /// <summary>Main words up to which a page that has scripts may be a shell that merely says "loading".</summary>
    private const double ShellWords = 25;

    /// <summary>Scripts, and hardly anything to see: a shell, or as good as one.</summary>
    public static bool IsThin(PageObservation page) =>
        page.Outline is { ScriptCount: > 0 } outline
        && PageReadout.Of(outline, page.RequestedUrl) is { HasPlayer: false, MainWords: < ShellWords }
        && !outline.Media.Any(static media => media is { Role: BlockRole.Main, Source: "img" or "srcset" or "picture" });

    /// <param name="verdict">On the bytes as they came.</param>
    public static bool Wants(PageObservation page, LivenessVerdict verdict, PageBaseline? baseline)
    {
        if (page is not { Status: >= 200 and < 300, Outline.ScriptCount: > 0, Cut: false })
        {
            return false;
        }

        return verdict.Reason == LivenessReason.JavaScriptShell
            || (baseline is { Rendered: true } && verdict.Liveness != Liveness.Live)
            || ((verdict.Reason == LivenessReason.Unreadable || verdict.Liveness == Liveness.Live) && IsThin(page));
    }
}
