using System.CommandLine;

namespace Monitor.Worker.Cli.Verbs;

public static class HashVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("hashes", "Mã băm và ngân hàng băm", "Digests and hash banks", [HashComputeVerb.Build(verbs), BankVerbs.Import(verbs), BankVerbs.Banks(verbs), LookupVerb.Build(verbs), .. EntryVerbs.All(verbs)]);
}
