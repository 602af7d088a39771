using System.CommandLine;
using System.Text;
using System.Text.Json;
using Monitor.Rules.Removal;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Extracting;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

public static class RemovalVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("removal", "Kết luận về gỡ bỏ", "Removal verdicts", Classify(verbs), Explain(verbs), Confirm(verbs), SeenLive(verbs),
        Waiver(verbs, "waive", "Miễn một đường quan sát cho mục tiêu này (ghi tên và lý do)", "Waive a vantage for this target (by name and reason)", (house, actor, id, vantage, reason, token) => house.Removal.WaiveAsync(actor, id, vantage, reason, token)),
        Waiver(verbs, "unwaive", "Thôi miễn một đường quan sát", "Ask for a waived vantage again", (house, actor, id, vantage, reason, token) => house.Removal.UnwaiveAsync(actor, id, vantage, reason, token)),
        RecomputeVerb.Build(verbs),
        SimulateVerb.Build(verbs));

    private static Command Explain(VerbSet verbs)
    {
        var id = new Argument<string>("target");
        return verbs.Read("explain", "Vì sao kết luận như vậy", "The account of why", [id], async (house, actor, parsed, token) =>
            verbs.End(await house.Timelines.OfTargetAsync(actor, parsed.GetValue(id)!, token), story =>
            {
                StoryOutput.Write(verbs.Context, story, house.Desk.Now);
                // What people saw stands in the list above; here is what the machine last went by.
                if (!verbs.Context.Json && story.Events.LastOrDefault(one => one.Observation is { Fact.IsHuman: false })?.Observation is { } last)
                {
                    verbs.Context.Out.WriteLine(verbs.Say($"Dấu hiệu của lần máy xem cuối ({last.Id}, '{last.Vantage}'):", $"Signals of the machine's last look ({last.Id}, '{last.Vantage}'):"));
                    foreach (var signal in last.Page.Signals)
                    {
                        verbs.Context.Out.WriteLine($"  {signal.Weight,5}  {verbs.Context.Word(signal)}");
                    }

                    foreach (var media in last.Media)
                    {
                        verbs.Context.Out.WriteLine($"         {verbs.Context.Word(media.Liveness)} ({verbs.Context.Word(media.Reason)}) {media.Url}");
                    }
                }
            }));
    }

    private static Command Confirm(VerbSet verbs) => Human(verbs, "confirm",
        "Đứng tên xác nhận đã gỡ (dấu hiệu mềm, hoặc tự xem trên nền tảng chặn khách)",
        "Stand by a removal by name (soft signs, or your own look at a walled platform)",
        (house, actor, id, reason, capture, token) => house.Removal.ConfirmAsync(actor, id, reason, capture, token));

    private static Command SeenLive(VerbSet verbs) => Human(verbs, "seen-live",
        "Ghi nhận tự mình thấy nội dung vẫn còn: xoá mọi đếm",
        "Record that you saw it live yourself: resets every count",
        (house, actor, id, reason, capture, token) => house.Removal.SeenLiveAsync(actor, id, reason, capture, token));

    private static Command Human(VerbSet verbs, string name, string vietnamese, string english, Func<House, Actor, string, string, byte[]?, CancellationToken, Task<OperationResult<Rules.WatchLists.Target>>> act)
    {
        var id = new Argument<string>("target");
        var reason = new Option<string>("--reason") { Required = true };
        var capture = new Option<string?>("--capture") { Description = verbs.Say("ảnh chụp hoặc trang đã lưu (được niêm phong), tối đa 50 MB", "screenshot or saved page (sealed), at most 50 MB") };
        return verbs.Act(name, vietnamese, english, [id, reason, capture], async (house, actor, parsed, token) =>
        {
            byte[]? bytes = null;
            if (parsed.GetValue(capture) is { } file)
            {
                (bytes, var refused) = await GivenFile.ReadAsync(verbs.Context, file, token);
                if (refused is not null)
                {
                    return verbs.Context.Refuse(refused);
                }
            }

            return verbs.End(await act(house, actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, bytes, token), target => verbs.Context.Tell(new { target = target.Id, removal = target.Progress.State }, $"{target.Id}: {verbs.Context.StateName(target.Progress.State)}", $"{target.Id}: {verbs.Context.StateName(target.Progress.State)}"));
        });
    }

    private static Command Waiver(VerbSet verbs, string name, string vietnamese, string english, Func<House, Actor, string, string, string, CancellationToken, Task<OperationResult<Rules.WatchLists.Target>>> act)
    {
        var id = new Argument<string>("target");
        var vantage = new Option<string>("--vantage") { Description = verbs.Say("đường quan sát, như trong required-vantages của nền tảng", "the vantage, as in the platform's required-vantages"), Required = true };
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act(name, vietnamese, english, [id, vantage, reason], async (house, actor, parsed, token) =>
            verbs.End(await act(house, actor, parsed.GetValue(id)!, parsed.GetValue(vantage)!, parsed.GetValue(reason)!, token), target =>
            {
                var required = string.Join(", ", RemovalRulesOf.Target(target, house.Desk.Configuration).RequiredVantages);
                verbs.Context.Tell(new { target = target.Id, required, waived = target.Waivers.Select(waiver => waiver.Vantage) }, $"{target.Id}: cần xác nhận từ {required}", $"{target.Id}: must be confirmed from {required}");
            }));
    }

    private static Command Classify(VerbSet verbs)
    {
        var input = new Option<string>("--input") { Description = "JSONL; - = stdin", Required = true };
        return verbs.Plain("classify", "Phân loại từng quan sát trong tệp", "Classify observations from a file", [input], async (parsed, token) =>
            await JsonLinesInput.EachAsync(verbs.Context, parsed.GetValue(input)!, element =>
            {
                var (page, baseline, control) = ClassifyInput.Read(element);
                var verdict = LivenessClassifier.Classify(page, baseline, control);
                verbs.Context.Line(new { id = JsonLinesInput.Id(element), liveness = verdict.Liveness.Name(), reason = verdict.Reason.Name(), signals = verdict.Signals });
            }, token));
    }
}
