using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Mail to our own people about the software's own affairs: ids only, again until somebody acknowledges it.</summary>
internal static class StaffAlerts
{
    /// <summary>Adds an alert to an act's changes. Null: nobody is named to write to (smtp.alerts-to); the custody log has it all the same.</summary>
    public static async Task<string?> AddAsync(Desk desk, ChangeSet changes, string agency, string subject, string body, CancellationToken cancellation)
    {
        var to = desk.Configuration.Installation.Smtp.AlertsTo;
        if (to.Length == 0)
        {
            return null;
        }

        var series = await desk.Store.SeriesAsync(Ids.AlertSeries, cancellation);
        series = series with { Last = series.Last + 1 };
        var id = Ids.Alert(series.Last);
        var now = desk.Now;
        changes.Put(series).Put(new OutboxMessage
        {
            Id = id,
            Kind = OutboxKind.Alert,
            OwnerAgency = agency,
            CreatedAt = now,
            DueAt = now,
            To = to,
            Subject = $"{subject} ({id})",
            Body = $"{body}\n\nXác nhận đã nhận / acknowledge: monitor alerts ack {id} --as …\n",
        }).Log(Actor.System.Log(now, "alert-staff", id));
        return id;
    }
}
