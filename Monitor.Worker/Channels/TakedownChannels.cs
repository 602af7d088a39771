using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Channels;

/// <summary>The ways out by their kind. A form has none: a person is the way.</summary>
public sealed class TakedownChannels(IEnumerable<ITakedownChannel> channels)
{
    private readonly Dictionary<ChannelKind, ITakedownChannel> _channels = channels.ToDictionary(static channel => channel.Kind);

    public ITakedownChannel? Of(ChannelKind kind) => _channels.GetValueOrDefault(kind);
}
