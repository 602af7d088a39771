using System.Collections.Concurrent;
using Monitor.Rules.RuleSets;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Pipeline;

/// <summary>The compiled rules of each watch list, made once per configuration.</summary>
public sealed class RuleEngine
{
    private readonly ConcurrentDictionary<string, CompiledRules> _compiled = new(StringComparer.Ordinal);
    private string _fingerprint = "";
    private readonly Lock _gate = new();

    public CompiledRules For(WatchList list, MonitorConfiguration configuration)
    {
        if (_fingerprint != configuration.Fingerprint)
        {
            lock (_gate)
            {
                if (_fingerprint != configuration.Fingerprint)
                {
                    _compiled.Clear();
                    _fingerprint = configuration.Fingerprint;
                }
            }
        }

        // Lists that name the same sets share one compilation.
        var key = configuration.Fingerprint + "|" + string.Join('|', list.RuleSets);
        return _compiled.GetOrAdd(key, _ =>
            RuleCompiler.Compile(list.RuleSets.Where(configuration.RuleSets.ContainsKey).Select(name => configuration.RuleSets[name])) switch
            {
                RuleCompilation.Compiled compiled => compiled.Rules,
                // The configuration was checked with the same compiler before it came into force.
                RuleCompilation.Rejected rejected => throw new InvalidOperationException($"rule sets of {list.Id} do not compile: {rejected.Diagnostics.Count} problems"),
                _ => throw new InvalidOperationException("unknown compilation"),
            });
    }
}
