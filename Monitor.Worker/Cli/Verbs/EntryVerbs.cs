using System.CommandLine;
using Monitor.Rules.Banks;
using Monitor.Rules.Matching;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>`hashes disable|enable|release|entries`: what people decide about single entries of banks.</summary>
internal static class EntryVerbs
{
    private delegate Task<OperationResult<HashEntryState>> Act(Actor actor, string bank, HashKind? kind, string entry, string reason, CancellationToken cancellation);

    public static IEnumerable<Command> All(VerbSet verbs) =>
    [
        One(verbs, "disable", "Tắt một mục: không còn đối sánh với nó, cả ở bản sau", "Disable an entry: it matches nothing, in later versions too", house => house.Entries.DisableAsync),
        One(verbs, "enable", "Bật lại một mục đã tắt", "Enable a disabled entry", house => house.Entries.EnableAsync),
        One(verbs, "release", "Thả một mục đang bị cách ly", "Release a quarantined entry", house => house.Entries.ReleaseAsync),
        Listed(verbs),
    ];

    private static Command One(VerbSet verbs, string name, string vietnamese, string english, Func<House, Act> act)
    {
        var bank = new Option<string>("--bank") { Description = verbs.Say("tên ngân hàng băm", "bank name"), Required = true };
        var entry = new Option<string>("--entry") { Description = verbs.Say("mã băm hoặc nhãn của mục", "the entry's hash or label"), Required = true };
        var kind = BankVerbs.KindOption(verbs, "khi nhiều loại cùng có mục này", "where several kinds have the entry");
        var reason = new Option<string>("--reason") { Description = verbs.Say("lý do", "reason"), DefaultValueFactory = _ => "" };
        return verbs.Act(name, vietnamese, english, [bank, entry, kind, reason], async (house, actor, parsed, token) =>
            verbs.End(await act(house)(actor, parsed.GetValue(bank)!, BankVerbs.KindOf(parsed.GetValue(kind)), parsed.GetValue(entry)!, parsed.GetValue(reason)!, token), state => Tell(verbs, state)));
    }

    private static Command Listed(VerbSet verbs) => verbs.Read("entries", "Các mục đã tắt, bị cách ly hoặc được thả", "Entries disabled, quarantined or released", [], (house, _, _, _) =>
    {
        foreach (var state in house.BankIndex.States.Values.Where(state => state.Standing != EntryStanding.InForce).OrderBy(state => state.Id, StringComparer.Ordinal))
        {
            Tell(verbs, state);
        }

        return Task.FromResult(ExitCodes.Done);
    });

    private static void Tell(VerbSet verbs, HashEntryState state) => verbs.Context.Tell(
        new { bank = state.Bank, kind = state.Kind, entry = state.Entry, hash = state.Hash, standing = state.Standing, reason = state.Reason, by = state.By, at = state.At, alert = state.AlertId },
        $"{state.Bank}/{state.Entry}: {Word(state.Standing)}, {state.By}, {Times.Local(state.At)}: {state.Reason}",
        $"{state.Bank}/{state.Entry}: {state.Standing}, {state.By}, {Times.Local(state.At)}: {state.Reason}");

    private static string Word(EntryStanding standing) => standing switch
    {
        EntryStanding.InForce => "đang dùng",
        EntryStanding.Disabled => "đã tắt",
        EntryStanding.Quarantined => "bị cách ly",
        EntryStanding.Released => "đã thả",
    };
}
