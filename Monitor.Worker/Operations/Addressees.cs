using Monitor.Rules.Takedowns;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Operations;

/// <summary>The configured channel that a notice goes through.</summary>
internal static class Addressees
{
    /// <summary>The channel of the notice's addressee, who may be another profile's (a rung of the ladder, an authority); null: no longer configured.</summary>
    public static ChannelProfile? ChannelOf(Notice notice, MonitorConfiguration configuration)
    {
        var own = configuration.Platforms.GetValueOrDefault(notice.PlatformId)?.Channels ?? [];
        return own.Concat(configuration.Platforms.Values.Where(one => one.Id != notice.PlatformId).OrderBy(one => one.Id, StringComparer.Ordinal).SelectMany(one => one.Channels))
            .FirstOrDefault(channel => channel.Kind == notice.Channel && string.Equals(channel.Address, notice.To, StringComparison.OrdinalIgnoreCase));
    }
}
