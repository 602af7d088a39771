using System.CommandLine;
using System.Text;
using System.Text.Json;
using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

public static class RemovalVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("removal", "Kết luận về gỡ bỏ", "Removal verdicts", Classify(verbs), Explain(verbs), Confirm(verbs));

    private static Command Explain(VerbSet verbs)
    {
        var id = new Argument<string>("target");
        return verbs.Read("explain", "Vì sao kết luận như vậy", "The account of why", [id], async (house, actor, parsed, token) =>
            verbs.End(await house.Timelines.OfTargetAsync(actor, parsed.GetValue(id)!, token), story =>
            {
                StoryOutput.Write(verbs.Context, story, house.Desk.Now);
                if (!verbs.Context.Json && story.Events.LastOrDefault(one => one.Observation is not null)?.Observation is { } last)
                {
                    verbs.Context.Out.WriteLine(verbs.Say("Dấu hiệu của quan sát cuối:", "Signals of the last observation:"));
                    foreach (var signal in last.Page.Signals)
                    {
                        verbs.Context.Out.WriteLine($"  {signal.Weight,5}  {signal.Name}: {signal.Detail}");
                    }

                    foreach (var media in last.Media)
                    {
                        verbs.Context.Out.WriteLine($"         {media.Liveness.Name()} ({media.Reason.Name()}) {media.Url}");
                    }
                }
            }));
    }

    private static Command Confirm(VerbSet verbs)
    {
        var id = new Argument<string>("target");
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("confirm", "Đứng tên xác nhận dấu hiệu gỡ bỏ mềm", "Stand by soft signs of removal by name", [id, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Takedowns.ConfirmAsync(actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, token), target => verbs.Context.Tell(new { target = target.Id, removal = target.Progress.State }, $"{target.Id}: {StoryOutput.StateName(verbs.Context, target.Progress.State)}", $"{target.Id}: {StoryOutput.StateName(verbs.Context, target.Progress.State)}")));
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
