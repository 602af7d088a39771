using Monitor.Rules.Takedowns;
using Monitor.Worker.Channels;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Jobs;

/// <summary>An alert goes out at once, again until acknowledged, and to our own people as well once it stood for a quarter of an hour.</summary>
public sealed class AlertSending(Desk desk, Func<IMailTransport> transport)
{
    private static readonly TimeSpan GivesUp = TimeSpan.FromHours(24);
    private static readonly TimeSpan Alarm = TimeSpan.FromMinutes(15);

    public async Task<bool> WorkAsync(Claimed<OutboxMessage> claimed, CancellationToken cancellation)
    {
        // The attempt is counted before the mail leaves: after a crash the next one has a Message-ID of its own, and no id is ever used twice.
        OutboxMessage? counted = null;
        await desk.ActAsync<bool>(async token =>
        {
            counted = await desk.Store.FindMessageAsync(claimed.Row.Id, token) is { AcknowledgedBy: null } fresh ? fresh with { Attempts = fresh.Attempts + 1 } : null;
            return counted is null ? Decided<bool>.Already(false) : Decided<bool>.To(true, new ChangeSet().Put(counted).Log(Actor.System.Log(desk.Now, "alert-send", counted.Id)));
        }, cancellation);
        if (counted is not { } message)
        {
            // Acknowledged since it was claimed: it stays quiet, and the acknowledgement took its due date away.
            return false;
        }

        var smtp = desk.Configuration.Installation.Smtp;
        var age = desk.Now - message.CreatedAt;
        var result = await SendAsync(message, message.To ?? "", smtp.From, cancellation);
        if (age >= Alarm && smtp.AlertsTo.Length > 0 && !string.Equals(smtp.AlertsTo, message.To, StringComparison.OrdinalIgnoreCase))
        {
            await SendAsync(message, smtp.AlertsTo, smtp.From, cancellation);
        }

        await desk.ActAsync<bool>(async token =>
        {
            var fresh = await desk.Store.FindMessageAsync(message.Id, token) ?? message;
            var done = fresh.AcknowledgedBy is not null || age >= GivesUp;
            var next = result is SendResult.Accepted ? IntakeOperations.AlertRepeat : TimeSpan.FromMinutes(1);
            return Decided<bool>.To(true, new ChangeSet()
                .Put(fresh with { DueAt = done ? null : desk.Now + next })
                .Holding(claimed.Lease)
                .Log(Actor.System.Log(desk.Now, result is SendResult.Accepted ? "alert-sent" : "alert-not-sent", fresh.Id)));
        }, CancellationToken.None);
        return true;
    }

    private Task<SendResult> SendAsync(OutboxMessage message, string to, string from, CancellationToken cancellation) =>
        transport().SendAsync(new OutgoingMail
        {
            From = from,
            To = to,
            Subject = message.Subject ?? message.Id,
            Text = message.Body ?? message.Id,
            MessageId = MessageIds.For(message.Id, message.Attempts, to == message.To ? "alert" : "alarm", MessageIds.DomainOf(from) ?? "localhost"),
            Reference = message.Id,
        }, cancellation);
}
