using System.Runtime.CompilerServices;
using Monitor.Rules.Matching;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Operations;

/// <summary>How this installation spells URLs: the tracking parameters come from its configuration.</summary>
public static class UrlOptions
{
    // Built once per configuration: the list is compiled into look-ups.
    private static readonly ConditionalWeakTable<MonitorConfiguration, CanonicalUrlOptions> Known = [];

    public static CanonicalUrlOptions From(MonitorConfiguration configuration) => Known.GetValue(configuration, one =>
        one.Installation.TrackingParameters.Count == 0 ? CanonicalUrlOptions.Default : new CanonicalUrlOptions(one.Installation.TrackingParameters));
}
