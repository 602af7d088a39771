using System.CommandLine;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Everything under "evidence".</summary>
internal static class EvidenceVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("evidence", "Yêu cầu và giao chứng cứ", "Evidence: requests and hand-over",
    [
        .. EvidenceRequestVerbs.Build(verbs),
        .. EvidencePackageVerbs.Build(verbs),
        .. ShredVerbs.Build(verbs),
    ]);
}
