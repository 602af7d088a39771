using System.CommandLine;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Objections against a demand, and what was decided on them.</summary>
internal static class ObjectionVerbs
{
    public static IEnumerable<Command> Build(VerbSet verbs) => [TakeIn(verbs), Decide(verbs)];

    private static Command TakeIn(VerbSet verbs)
    {
        var id = new Argument<string>("request");
        var by = new Option<string>("--by") { Description = "platform | uploader | other", DefaultValueFactory = _ => "other" };
        by.AcceptOnlyFromAmong("platform", "uploader", "other");
        var words = new Option<string>("--reason") { Description = verbs.Say("nội dung phản đối, tóm tắt", "what is objected, in short"), Required = true };
        var letter = new Option<string?>("--letter") { Description = verbs.Say("văn bản phản đối (được niêm phong)", "the objection itself (sealed)") };
        return verbs.Act("objection", "Tiếp nhận phản đối", "Take in an objection", [id, by, words, letter], async (house, actor, parsed, token) =>
        {
            byte[] bytes = [];
            if (parsed.GetValue(letter) is { } file)
            {
                var (read, refused) = await GivenFile.ReadAsync(verbs.Context, file, token);
                if (refused is not null)
                {
                    return verbs.Context.Refuse(refused);
                }

                bytes = read!;
            }

            var who = parsed.GetValue(by) switch
            {
                "platform" => ObjectionBy.Platform,
                "uploader" => ObjectionBy.Uploader,
                _ => ObjectionBy.Other,
            };
            return verbs.End(await house.Objections.TakeInAsync(actor, parsed.GetValue(id)!, who, parsed.GetValue(words)!, bytes, token), request =>
                verbs.Context.Tell(new { request = request.Id, objection = request.Objections.Count },
                    $"{request.Id}: đã tiếp nhận phản đối số {request.Objections.Count}. Người không xác minh hồ sơ giải quyết: monitor takedowns decide-objection {request.Id} {request.Objections.Count} --uphold|--dismiss --reason … --as …",
                    $"{request.Id}: objection {request.Objections.Count} taken in. Somebody other than the verifier decides: monitor takedowns decide-objection {request.Id} {request.Objections.Count} --uphold|--dismiss --reason … --as …"));
        });
    }

    private static Command Decide(VerbSet verbs)
    {
        var id = new Argument<string>("request");
        var number = new Argument<int>("number") { Description = verbs.Say("số thứ tự của phản đối", "running number of the objection") };
        var uphold = new Option<bool>("--uphold") { Description = verbs.Say("chấp nhận: rút yêu cầu và báo mọi nơi đã nhận", "it is right: the demand is withdrawn and every addressee told") };
        var dismiss = new Option<bool>("--dismiss") { Description = verbs.Say("không chấp nhận: yêu cầu giữ nguyên", "it is not: the demand stands") };
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("decide-objection", "Giải quyết phản đối", "Decide on an objection", [id, number, uphold, dismiss, reason], async (house, actor, parsed, token) =>
            parsed.GetValue(uphold) == parsed.GetValue(dismiss)
                ? verbs.Context.Usage("Cần đúng một trong hai: --uphold hoặc --dismiss.", "Give exactly one of --uphold and --dismiss.")
                : verbs.End(await house.Objections.DecideAsync(actor, parsed.GetValue(id)!, parsed.GetValue(number), parsed.GetValue(uphold), parsed.GetValue(reason)!, token), request =>
                    verbs.Context.Tell(new { request = request.Id, objection = parsed.GetValue(number), upheld = parsed.GetValue(uphold), demand = request.Demand }, $"{request.Id}: {verbs.Context.Word(request.Demand)}", $"{request.Id}: {verbs.Context.Word(request.Demand)}")));
    }
}
