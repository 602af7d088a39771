using System.CommandLine;
using System.Globalization;
using Monitor.Rules.RuleSets;
using Monitor.Worker.Operations;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Versions of rule sets: read back, compared, proposed by one person and put into force by another.</summary>
public static class RuleVersionVerbs
{
    public static Command Versions(VerbSet verbs)
    {
        var set = new Argument<string?>("set") { Arity = ArgumentArity.ZeroOrOne, Description = verbs.Say("mã bộ quy tắc", "id of the set") };
        var show = new Option<string?>("--show") { Description = verbs.Say("in lại một phiên bản: số, hoặc phiên bản mà kết quả dẫn (3+9f86d081884c)", "print one version again: its number, or as findings quote it (3+9f86d081884c)") };
        return verbs.Read("versions", "Các phiên bản đã lưu của bộ quy tắc", "Stored versions of rule sets", [set, show], async (house, _, parsed, token) =>
        {
            var context = verbs.Context;
            var versions = await house.Store.RuleSetVersionsAsync(parsed.GetValue(set), token);
            if (parsed.GetValue(set) is { } named && versions.Count == 0 && !house.Desk.Configuration.RuleSets.ContainsKey(named))
            {
                return context.Refuse(Refusal.NotFound("rule set", named));
            }

            if (parsed.GetValue(show) is { } wanted)
            {
                if (parsed.GetValue(set) is null)
                {
                    return context.Usage("Cần mã bộ quy tắc.", "The id of a set is needed.");
                }

                if (Find(versions, wanted) is not { } one)
                {
                    return context.Refuse(Refusal.NotFound("version", wanted));
                }

                if (context.Json)
                {
                    context.Line(new { id = one.Id, set = one.Set, number = one.Number, label = one.Label, digest = one.Digest, state = one.State, text = one.Text, guidance = one.Guidance });
                }
                else
                {
                    context.Out.WriteLine(CliContext.Clean(one.Text.TrimEnd()));
                    foreach (var (name, page) in one.Guidance)
                    {
                        context.Out.WriteLine(CliContext.Clean($"\n--- guidance/{name}.md\n{page.TrimEnd()}"));
                    }
                }

                return ExitCodes.Done;
            }

            var files = house.Desk.Configuration.RuleSets;
            foreach (var version in versions)
            {
                var same = files.GetValueOrDefault(version.Set)?.Digest == version.Digest;
                var line = string.Create(CultureInfo.InvariantCulture, $"{version.Id} {version.Quoted} {version.State} · {version.ProposedBy} {Times.Local(version.ProposedAt)} '{version.ProposeReason}'{(version.ActivatedAt is { } at ? $" · {version.ActivatedBy} {Times.Local(at)} '{version.ActivateReason}'" : "")}{(version.EndedBy is { } by ? $" · {by} {Times.Local(version.EndedAt!.Value)}" : "")}");
                context.Tell(
                    new { id = version.Id, set = version.Set, number = version.Number, label = version.Label, version = version.Quoted, digest = version.Digest, state = version.State, proposedBy = version.ProposedBy, proposedAt = version.ProposedAt, proposeReason = version.ProposeReason, activatedBy = version.ActivatedBy, activatedAt = version.ActivatedAt, activateReason = version.ActivateReason, endedAt = version.EndedAt, endedBy = version.EndedBy, sameAsFile = same },
                    line + (same ? " · đúng tệp hiện nay" : ""),
                    line + (same ? " · the present file" : ""));
            }

            return ExitCodes.Done;
        });
    }

    public static Command Diff(VerbSet verbs)
    {
        var set = Set(verbs);
        var from = new Option<string?>("--from") { Description = verbs.Say("phiên bản cũ; mặc định: đang có hiệu lực", "older version; default: the one in force") };
        var to = new Option<string?>("--to") { Description = verbs.Say("phiên bản mới, hoặc tệp; mặc định: tệp trong cấu hình", "newer version, or a file; default: the configured file") };
        return verbs.Read("diff", "Hai phiên bản khác nhau ở quy tắc nào", "Which rules differ between two versions", [set, from, to], async (house, _, parsed, token) =>
        {
            var context = verbs.Context;
            var name = parsed.GetValue(set)!;
            var versions = await house.Store.RuleSetVersionsAsync(name, token);
            RuleSet? before = house.RuleSets.InForce.Of(house.Desk.Configuration).GetValueOrDefault(name);
            if (house.Desk.Configuration.Installation.Rules.Activation == RuleActivation.Automatic)
            {
                // The file is in force: the version before it is what it differs from.
                before = versions.LastOrDefault(version => version.State is RuleSetState.Active or RuleSetState.Superseded && version.Digest != before?.Digest) is { } former ? house.RuleSets.Read(former).Set : null;
            }

            if (parsed.GetValue(from) is { } older && (before = Find(versions, older) is { } found ? house.RuleSets.Read(found).Set : null) is null)
            {
                return context.Refuse(Refusal.NotFound("version", older));
            }

            var after = house.Desk.Configuration.RuleSets.GetValueOrDefault(name);
            if (parsed.GetValue(to) is { } newer)
            {
                after = File.Exists(context.PathOf(newer)) ? RuleSetReader.File(context.PathOf(newer), house.Desk.Today, lint: false).Set
                    : Find(versions, newer) is { } stored ? house.RuleSets.Read(stored).Set : null;
            }

            if (after is null)
            {
                return context.Refuse(Refusal.NotFound("version", parsed.GetValue(to) ?? name));
            }

            Tell(context, before, after);
            return ExitCodes.Done;
        });
    }

    public static Command Propose(VerbSet verbs)
    {
        var (set, reason) = (Set(verbs), ReasonOf(verbs));
        return verbs.Act("propose", "Đề xuất nội dung tệp hiện nay thành phiên bản mới", "Propose what the file says now as a new version", [set, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.RuleSets.ProposeAsync(actor, parsed.GetValue(set)!, parsed.GetValue(reason)!, token), version => Tell(verbs.Context, version)));
    }

    public static Command Activate(VerbSet verbs)
    {
        var (set, reason) = (Set(verbs), new Option<string?>("--reason") { Description = verbs.Say("lý do", "the reason") });
        var dry = new Option<bool>("--dry-run") { Description = verbs.Say("chỉ xem trước: khác gì, gắn cờ thêm bớt những mục tiêu nào", "only show it: what differs, which targets it would flag more or less") };
        var number = new Option<int?>("--version") { Description = verbs.Say("số của phiên bản đã xem: nếu nay phiên bản khác đang chờ thì từ chối", "number of the version that was looked at: refused when another waits by now") };
        return verbs.Act("activate", "Đưa phiên bản đã đề xuất vào hiệu lực (người thứ hai)", "Put the proposed version into force (the second person)", [set, number, reason, dry], async (house, actor, parsed, token) =>
        {
            var name = parsed.GetValue(set)!;
            if (!parsed.GetValue(dry))
            {
                return verbs.End(await house.RuleSets.ActivateAsync(actor, name, parsed.GetValue(reason) ?? "", parsed.GetValue(number), token), version => Tell(verbs.Context, version));
            }

            // What waits, or else what the file says: nothing is changed by looking.
            var waiting = (await house.Store.RuleSetVersionsAsync(name, token)).LastOrDefault(version => version.State == RuleSetState.Proposed);
            if (parsed.GetValue(number) is { } wanted && wanted != waiting?.Number)
            {
                return verbs.Context.Refuse(waiting is null
                    ? new Refusal(RefusalKind.Conflict, "rules-nothing-proposed", name)
                    : new Refusal(RefusalKind.Conflict, "rules-other-version", name, wanted.ToString(CultureInfo.InvariantCulture), waiting.Number.ToString(CultureInfo.InvariantCulture), waiting.Digest, waiting.ProposedBy));
            }

            var candidate = waiting is null ? house.Desk.Configuration.RuleSets.GetValueOrDefault(name) : house.RuleSets.Read(waiting).Set;
            if (candidate is null)
            {
                return verbs.Context.Refuse(Refusal.NotFound("rule set", name));
            }

            Tell(verbs.Context, house.RuleSets.InForce.Of(house.Desk.Configuration).GetValueOrDefault(name), candidate, waiting);
            return await RuleBacktestVerb.RunAsync(verbs.Context, house, actor, [candidate], experimental: false, int.MaxValue, token);
        });
    }

    public static Command Withdraw(VerbSet verbs)
    {
        var (set, reason) = (Set(verbs), ReasonOf(verbs));
        return verbs.Act("withdraw", "Rút phiên bản đang chờ", "Withdraw the version that waits", [set, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.RuleSets.WithdrawAsync(actor, parsed.GetValue(set)!, parsed.GetValue(reason)!, token), version => Tell(verbs.Context, version)));
    }

    private static void Tell(CliContext context, RuleSetVersion version) => context.Tell(
        new { id = version.Id, set = version.Set, number = version.Number, label = version.Label, version = version.Quoted, digest = version.Digest, state = version.State, proposedBy = version.ProposedBy, activatedBy = version.ActivatedBy },
        string.Create(CultureInfo.InvariantCulture, $"{version.Id} ({version.Quoted}): {version.State}, phiên bản {version.Number}, sha256 {version.Digest}"),
        string.Create(CultureInfo.InvariantCulture, $"{version.Id} ({version.Quoted}): {version.State}, version {version.Number}, sha256 {version.Digest}"));

    /// <param name="waiting">The proposal that <paramref name="after"/> was read from.</param>
    private static void Tell(CliContext context, RuleSet? before, RuleSet after, RuleSetVersion? waiting = null)
    {
        var changes = RuleSetDiff.Between(before, after);
        context.Tell(
            new { set = after.Name, from = before?.QuotedVersion, to = after.QuotedVersion, changes = changes.Count, number = waiting?.Number, digest = after.Digest, proposedBy = waiting?.ProposedBy },
            $"{after.Name}: {before?.QuotedVersion ?? "–"} → {after.QuotedVersion}, {changes.Count} quy tắc khác{Waits(context, waiting)}",
            $"{after.Name}: {before?.QuotedVersion ?? "–"} → {after.QuotedVersion}, {changes.Count} rules differ{Waits(context, waiting)}");
        foreach (var change in changes)
        {
            var line = $"{Mark(change.Kind)} {change.RuleId} {(change.After ?? change.Before)!.Title}{(change.Fields.Count == 0 ? "" : $" [{string.Join(", ", change.Fields)}]")}";
            context.Tell(
                new { rule = change.RuleId, kind = change.Kind, fields = change.Fields, before = change.Before is null ? null : RuleText.Tree(change.Before.Condition), after = change.After is null ? null : RuleText.Tree(change.After.Condition) },
                line,
                line);
            if (!context.Json && change.Kind == RuleChangeKind.Logic)
            {
                foreach (var one in RuleText.Tree(change.Before!.Condition, 1).Select(text => "  - " + text).Concat(RuleText.Tree(change.After!.Condition, 1).Select(text => "  + " + text)))
                {
                    context.Out.WriteLine(CliContext.Clean(one));
                }
            }
        }
    }

    private static string Waits(CliContext context, RuleSetVersion? waiting) => waiting is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $" · {context.Say("phiên bản đang chờ", "version that waits")}: {waiting.Number}, sha256 {waiting.Digest}, {waiting.ProposedBy}");

    private static string Mark(RuleChangeKind kind) => kind switch
    {
        RuleChangeKind.Added => "+",
        RuleChangeKind.Removed => "-",
        RuleChangeKind.Logic => "!",
        RuleChangeKind.Header => "~",
    };

    private static RuleSetVersion? Find(IReadOnlyList<RuleSetVersion> versions, string wanted) =>
        int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? versions.FirstOrDefault(version => version.Number == number)
            : versions.LastOrDefault(version => version.Quoted == wanted || version.Id == wanted || (wanted.Length >= 8 && version.Digest.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)));

    private static Argument<string> Set(VerbSet verbs) => new("set") { Description = verbs.Say("mã bộ quy tắc", "id of the set") };

    private static Option<string> ReasonOf(VerbSet verbs) => new("--reason") { Description = verbs.Say("lý do", "the reason"), Required = true };
}
