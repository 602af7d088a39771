using System.CommandLine;

namespace Monitor.Worker.Cli.Verbs;

public static class AlertVerbs
{
    public static Command Build(VerbSet verbs)
    {
        var id = new Argument<string>("alert");
        var (after, count) = Paged.Options();
        return verbs.Group("alerts", "Cảnh báo cho cán bộ: trẻ em gặp nguy hiểm, thông báo không gửi được", "Alerts to staff: a child in danger, a notice that cannot be sent",
            verbs.Read("list", "Cảnh báo chưa ai xác nhận", "Alerts that nobody acknowledged yet", [after, count], async (house, actor, parsed, token) =>
            {
                var alerts = await house.Store.OpenAlertsAsync(actor.Scope, Paged.Of(parsed, after, count), token);
                foreach (var alert in verbs.Context.Json ? alerts : [])
                {
                    verbs.Context.Line(new { alert = alert.Id, agency = alert.OwnerAgency, at = alert.CreatedAt, subject = alert.Subject, attempts = alert.Attempts, nextAt = alert.DueAt });
                }

                if (!verbs.Context.Json)
                {
                    verbs.Context.Table([verbs.Say("Cảnh báo", "Alert"), verbs.Say("Từ lúc", "Since"), verbs.Say("Lần gửi", "Sent"), verbs.Say("Nội dung", "Subject")],
                        alerts.Select(alert => (IReadOnlyList<string>)[alert.Id, Times.Local(alert.CreatedAt), alert.Attempts.ToString(System.Globalization.CultureInfo.InvariantCulture), alert.Subject ?? ""]));
                }

                return ExitCodes.Done;
            }),
            verbs.Act("ack", "Xác nhận đã nhận cảnh báo", "Acknowledge an alert", [id], async (house, actor, parsed, token) =>
                verbs.End(await house.Intake.AcknowledgeAlertAsync(actor, parsed.GetValue(id)!, token), alert => verbs.Context.Tell(new { alert = alert.Id, acknowledgedBy = alert.AcknowledgedBy }, $"{alert.Id}: {alert.AcknowledgedBy} đã nhận", $"{alert.Id}: acknowledged by {alert.AcknowledgedBy}"))));
    }
}
