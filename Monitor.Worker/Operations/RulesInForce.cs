using Monitor.Rules.RuleSets;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Operations;

/// <summary>Which rule sets pages are held against: the files as they are, or the versions that two people have put into force.</summary>
public sealed class RulesInForce
{
    private volatile IReadOnlyDictionary<string, RuleSet> _activated = new Dictionary<string, RuleSet>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, RuleSet> Of(MonitorConfiguration configuration) => configuration.Installation.Rules.Activation switch
    {
        RuleActivation.Automatic => configuration.RuleSets,
        RuleActivation.TwoPerson => _activated,
    };

    internal void Replace(IReadOnlyDictionary<string, RuleSet> activated) => _activated = activated;
}
