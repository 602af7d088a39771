using System.CommandLine;

namespace Monitor.Worker.Cli.Verbs;

public static class AlertVerbs
{
    public static Command Build(VerbSet verbs)
    {
        var id = new Argument<string>("alert");
        return verbs.Group("alerts", "Cảnh báo trẻ em gặp nguy hiểm", "Child-in-danger alerts",
            verbs.Act("ack", "Xác nhận đã nhận cảnh báo", "Acknowledge an alert", [id], async (house, actor, parsed, token) =>
                verbs.End(await house.Intake.AcknowledgeAlertAsync(actor, parsed.GetValue(id)!, token), alert => verbs.Context.Tell(new { alert = alert.Id, acknowledgedBy = alert.AcknowledgedBy }, $"{alert.Id}: {alert.AcknowledgedBy} đã nhận", $"{alert.Id}: acknowledged by {alert.AcknowledgedBy}"))));
    }
}
