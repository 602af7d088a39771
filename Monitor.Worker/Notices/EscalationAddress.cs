using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Notices;

/// <summary>Whom a rung of the ladder addresses.</summary>
/// <param name="Action">Kebab-case, as in the ladder.</param>
/// <param name="Language">"vi" or "en".</param>
public sealed record EscalationAddress(string Action, ChannelProfile Channel, string Language)
{
    /// <summary>
    /// The step's own addressee (a profile's first channel, or an agency's mailbox); for a second channel without one, the platform's next.
    /// Null: nobody is configured.
    /// </summary>
    public static EscalationAddress? Of(LadderStep step, string platformId, MonitorConfiguration configuration)
    {
        var action = CodeName.Of(step.Action);
        if (step.Addressee is { } id)
        {
            return Named(id, action, configuration);
        }

        return step.Action == LadderAction.SecondChannel && configuration.Platforms.TryGetValue(platformId, out var platform) && platform.Channels is [_, { Address.Length: > 0 } second, ..]
            ? new EscalationAddress(action, second, platform.Language)
            : null;
    }

    /// <summary>The authority that a demand is passed to; null: neither a profile with a channel nor an agency with a mailbox.</summary>
    public static EscalationAddress? OfRelay(string id, MonitorConfiguration configuration) => Named(id, NoticeKinds.Relay, configuration);

    private static EscalationAddress? Named(string id, string action, MonitorConfiguration configuration) =>
        configuration.Platforms.TryGetValue(id, out var addressed)
            ? addressed.Channels is [{ Address.Length: > 0 } first, ..] ? new EscalationAddress(action, first, addressed.Language) : null
            : configuration.Agencies.TryGetValue(id, out var agency) && agency.Email.Length > 0
                ? new EscalationAddress(action, new ChannelProfile { Kind = ChannelKind.Smtp, Address = agency.Email, Addressee = agency.Name }, "vi")
                : null;
}
