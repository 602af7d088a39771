using System.CommandLine;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Notices that people carry: a web form filled in, a document handed over.</summary>
internal static class TakedownHandVerbs
{
    public static IEnumerable<Command> Build(VerbSet verbs) => [Sent(verbs)];

    private static Command Sent(VerbSet verbs)
    {
        var id = new Argument<string>("notice");
        var confirmation = new Option<string>("--confirmation") { Description = verbs.Say("số xác nhận của nơi nhận", "the addressee's confirmation number"), Required = true };
        var capture = new Option<string>("--capture") { Description = verbs.Say("ảnh chụp màn hình xác nhận (được niêm phong)", "capture of the confirmation (sealed)"), Required = true };
        return verbs.Act("sent", "Ghi nhận đã tự gửi (biểu mẫu, trao tay), kèm số xác nhận và ảnh chụp", "Record that you sent it yourself (form, by hand), with its confirmation number and a capture", [id, confirmation, capture], async (house, actor, parsed, token) =>
        {
            var (bytes, refused) = await GivenFile.ReadAsync(verbs.Context, parsed.GetValue(capture)!, token);
            return refused is not null
                ? verbs.Context.Refuse(refused)
                : verbs.End(await house.HandOvers.RecordAsync(actor, parsed.GetValue(id)!, parsed.GetValue(confirmation)!, bytes!, token), notice => TakedownVerbs.Told(verbs, notice));
        });
    }
}
