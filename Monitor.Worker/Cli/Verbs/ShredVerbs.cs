using System.CommandLine;
using Monitor.Rules.Evidence;
using Monitor.Worker.Evidence;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>What happens to sealed material: holds, destruction by two people, change of the vault's key.</summary>
internal static class ShredVerbs
{
    public static IEnumerable<Command> Build(VerbSet verbs) =>
    [
        Holds(verbs),
        Step(verbs, "shred", "Đề nghị huỷ mọi thứ đã niêm phong của một đối tượng (người thứ nhất)", "Ask for everything sealed of a target to be destroyed (first of two people)", (house, actor, id, reason, token) => house.Shredding.AskAsync(actor, id, reason, token)),
        Step(verbs, "shred-confirm", "Huỷ (người thứ hai); không lấy lại được", "Destroy it (second of two people); there is no way back", (house, actor, id, reason, token) => house.Shredding.ConfirmAsync(actor, id, reason, token)),
        Rotate(verbs),
    ];

    private static Command Holds(VerbSet verbs) => verbs.Read("holds", "Các lệnh lưu giữ đang có hiệu lực", "Holds in force", [], async (house, actor, _, token) =>
    {
        var rows = new List<(string Target, string Request)>();
        foreach (var hold in await house.Vault.HoldsAsync(token))
        {
            if (await house.Store.FindTargetAsync(hold.Owner, actor.Scope, token) is not null)
            {
                rows.Add((hold.Owner, hold.Hold));
            }
        }

        if (verbs.Context.Json)
        {
            rows.ForEach(row => verbs.Context.Line(new { target = row.Target, request = row.Request }));
        }
        else
        {
            verbs.Context.Table([verbs.Say("Đối tượng", "Target"), verbs.Say("Yêu cầu", "Request")], rows.Select(row => (IReadOnlyList<string>)[row.Target, row.Request]));
        }

        return ExitCodes.Done;
    });

    private static Command Step(VerbSet verbs, string name, string vietnamese, string english, Func<House, Actor, string, string, CancellationToken, Task<OperationResult<ShredOrder>>> step)
    {
        var target = new Argument<string>("target");
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act(name, vietnamese, english, [target, reason], async (house, actor, parsed, token) =>
            verbs.End(await step(house, actor, parsed.GetValue(target)!, parsed.GetValue(reason)!, token), order =>
            {
                var (vi, en) = order switch
                {
                    { Confirmed: null } => ($"{order.TargetId}: đã ghi đề nghị. Người thứ hai: monitor evidence shred-confirm {order.TargetId} --reason … --as …", $"{order.TargetId}: asked. Second person: monitor evidence shred-confirm {order.TargetId} --reason … --as …"),
                    { Held: true } => ($"{order.TargetId}: có lệnh lưu giữ của công an, chưa huỷ gì; sẽ thử lại khi hết lưu giữ.", $"{order.TargetId}: a preservation order stands, nothing was destroyed; it is tried again once that is lifted."),
                    _ => ($"{order.TargetId}: đã huỷ khoá của {order.Shredded} mục; còn lại độ dài và mã băm.", $"{order.TargetId}: keys of {order.Shredded} item(s) destroyed; lengths and digests are left."),
                };
                verbs.Context.Tell(new { target = order.TargetId, asked = order.Asked?.Person, confirmed = order.Confirmed?.Person, held = order.Held, shredded = order.Shredded }, vi, en);
            }));
    }

    private static Command Rotate(VerbSet verbs)
    {
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("rotate-vault-key", "Đổi khoá của kho niêm phong (hoặc tiếp tục lần đổi bị ngắt)", "Change the vault's key (or go on with a change that was interrupted)", [reason], async (house, actor, parsed, token) =>
        {
            using var progress = new ProgressLine(verbs.Context, "keys");
            return verbs.End(await house.VaultKeys.RotateAsync(actor, parsed.GetValue(reason)!, progress.Report, token), done =>
                verbs.Context.Tell(new { items = done.Items, keyFile = done.KeyFile },
                    $"Đã đổi khoá; {done.Items} khoá dữ liệu được bọc lại. SAO LƯU NGAY {done.KeyFile}: bản sao lưu cũ chỉ mở được bằng khoá cũ.",
                    $"Key changed; {done.Items} data keys wrapped anew. BACK UP {done.KeyFile} NOW: older backups open with the old key only."));
        });
    }
}
