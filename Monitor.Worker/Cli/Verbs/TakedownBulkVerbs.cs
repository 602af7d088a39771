using System.CommandLine;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Review a list, then approve or remind exactly that list.</summary>
internal static class TakedownBulkVerbs
{
    public static IEnumerable<Command> Build(VerbSet verbs) =>
    [
        Review(verbs, "review", "Rà soát các dự thảo để phê duyệt nhiều văn bản một lần; in mã của danh sách", "Review drafts before approving many at once; prints the list's code",
            "số thông báo; để trống: mọi dự thảo của cơ quan", "notice references; none: every draft of the agency", "approve-many", (bulk, actor, ids, platform, token) => bulk.ReviewDraftsAsync(actor, ids, platform, token)),
        Many(verbs, "approve-many", "Phê duyệt đúng danh sách đã rà soát, mỗi văn bản một mục trong sổ", "Approve exactly the reviewed list, one entry of the log each",
            "số thông báo", "notice references", (bulk, actor, ids, code, token) => bulk.ApproveAsync(actor, ids, code, token)),
        Review(verbs, "review-reminders", "Rà soát các yêu cầu để nhắc nhiều nơi một lần; in mã của danh sách", "Review requests before reminding of many at once; prints the list's code",
            "số yêu cầu; để trống: mọi yêu cầu còn nội dung của cơ quan", "request ids; none: every request of the agency whose content is up", "remind-many", (bulk, actor, ids, platform, token) => bulk.ReviewRemindersAsync(actor, ids, platform, token)),
        Many(verbs, "remind-many", "Nhắc đúng danh sách đã rà soát (lần duyệt đầu bao gồm việc nhắc)", "Remind of exactly the reviewed list (the first approval covers it)",
            "số yêu cầu", "request ids", (bulk, actor, ids, code, token) => bulk.RemindAsync(actor, ids, code, token)),
    ];

    private static Command Review(VerbSet verbs, string name, string vietnamese, string english, string whichVietnamese, string whichEnglish, string then, Func<BulkOperations, Actor, IReadOnlyList<string>, string?, CancellationToken, Task<OperationResult<Review>>> act)
    {
        var ids = new Argument<string[]>("ids") { Description = verbs.Say(whichVietnamese, whichEnglish), Arity = ArgumentArity.ZeroOrMore };
        var platform = new Option<string?>("--platform") { Description = verbs.Say("chỉ nền tảng này", "only this platform") };
        return verbs.Act(name, vietnamese, english, [ids, platform], async (house, actor, parsed, token) =>
            verbs.End(await act(house.Bulk, actor, parsed.GetValue(ids) ?? [], parsed.GetValue(platform), token), review =>
            {
                var context = verbs.Context;
                if (context.Json)
                {
                    foreach (var line in review.Lines)
                    {
                        context.Line(new { id = line.Notice, requests = line.Requests, platform = line.Platform, kind = line.Kind, urls = line.Urls, digest = line.Digest });
                    }

                    context.Line(new { code = review.Code, count = review.Lines.Count });
                    return;
                }

                context.Table([verbs.Say("Số", "Id"), verbs.Say("Loại", "Kind"), verbs.Say("Nền tảng", "Platform"), verbs.Say("Trang", "Pages"), verbs.Say("Bản", "Version")],
                    review.Lines.Select(line => (IReadOnlyList<string>)[line.Notice, context.Word(line.Kind), line.Platform, line.Urls.Count == 1 ? line.Urls[0] : $"{line.Urls[0]} (+{line.Urls.Count - 1})", line.Digest[..Math.Min(12, line.Digest.Length)]]));
                if (review.Lines.Count > 0)
                {
                    var list = string.Join(' ', review.Lines.Select(line => line.Notice));
                    context.Out.WriteLine(context.Say($"Mã: {review.Code}. Nếu đồng ý đúng danh sách này:", $"Code: {review.Code}. If exactly this list is right:"));
                    context.Out.WriteLine($"  monitor takedowns {then} {list} --confirm {review.Code} --as {actor.Id}");
                }
            }));
    }

    /// <summary>Exit 1 when one was refused: the others are done.</summary>
    private static Command Many(VerbSet verbs, string name, string vietnamese, string english, string whichVietnamese, string whichEnglish, Func<BulkOperations, Actor, IReadOnlyList<string>, string, CancellationToken, Task<OperationResult<IReadOnlyList<BulkEnd>>>> act)
    {
        var ids = new Argument<string[]>("ids") { Description = verbs.Say(whichVietnamese, whichEnglish), Arity = ArgumentArity.OneOrMore };
        var code = new Option<string>("--confirm") { Description = verbs.Say("mã mà lệnh rà soát đã in", "code that the review printed"), Required = true };
        return verbs.Act(name, vietnamese, english, [ids, code], async (house, actor, parsed, token) =>
        {
            var refused = 0;
            var exit = verbs.End(await act(house.Bulk, actor, parsed.GetValue(ids) ?? [], parsed.GetValue(code)!, token), ends =>
            {
                foreach (var end in ends)
                {
                    if (end.Refusal is { } refusal)
                    {
                        refused++;
                        var sentence = Diagnostics.Messages.Say(refusal, verbs.Context.Language);
                        verbs.Context.Tell(new { id = end.Id, error = refusal.Code, message = sentence }, $"{end.Id}: {sentence}", $"{end.Id}: {sentence}");
                    }
                    else
                    {
                        verbs.Context.Tell(new { id = end.Id, dispatch = end.Dispatch }, $"{end.Id}: {verbs.Context.Word(end.Dispatch!.Value)}", $"{end.Id}: {verbs.Context.Word(end.Dispatch!.Value)}");
                    }
                }
            });
            return exit == ExitCodes.Done && refused > 0 ? ExitCodes.Problems : exit;
        });
    }
}
