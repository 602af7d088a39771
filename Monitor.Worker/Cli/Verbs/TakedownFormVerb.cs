using System.CommandLine;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>The text for a web form that a person fills in.</summary>
internal static class TakedownFormVerb
{
    public static Command Build(VerbSet verbs)
    {
        var id = new Argument<string>("notice") { Description = verbs.Say("số thông báo", "notice reference") };
        return verbs.Read("form", "Nội dung để điền vào biểu mẫu của nền tảng, từng ô", "What to put into the platform's web form, field by field", [id], async (house, actor, parsed, token) =>
            verbs.End(await FormFilling.OfAsync(house.Desk, actor, parsed.GetValue(id)!, token), form => Write(verbs, form)));
    }

    private static void Write(VerbSet verbs, FilledForm form)
    {
        if (verbs.Context.Json)
        {
            verbs.Context.Line(new { notice = form.Notice.Id, url = form.Url, fields = form.Fields.Select(field => new { label = field.Label, value = field.Value }) });
            return;
        }

        var (line, write) = (new string('-', 60), verbs.Context.Out);
        write.WriteLine($"{verbs.Say("Mở", "Open")}: {form.Url}\n");
        foreach (var field in form.Fields)
        {
            write.WriteLine($"{field.Label}\n{line}\n{field.Value}\n{line}\n");
        }

        write.WriteLine(verbs.Say(
            $"Xong: monitor takedowns sent {form.Notice.Id} --confirmation SỐ --capture TỆP --as …",
            $"Then: monitor takedowns sent {form.Notice.Id} --confirmation NUMBER --capture FILE --as …"));
    }
}
