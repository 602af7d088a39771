using System.Collections.Concurrent;
using Monitor.Rules.RuleSets;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Operations;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Pipeline;

/// <summary>The compiled rules of each watch list, made once for each content of its sets.</summary>
public sealed class RuleEngine(RuleSetOperations operations)
{
    /// <summary>Compilations kept; more only come from many edits in one run.</summary>
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<string, CompiledRules> _compiled = new(StringComparer.Ordinal);

    /// <summary>The rules in force for a list. Their versions are stored before this returns.</summary>
    public async ValueTask<CompiledRules> ForAsync(WatchList list, MonitorConfiguration configuration, CancellationToken cancellation)
    {
        await operations.RecordAsync(configuration, cancellation);
        var sets = operations.InForce.Of(configuration);
        return Compile([.. list.RuleSets.Where(sets.ContainsKey).Select(name => sets[name])]);
    }

    /// <summary>Sets of the same content share one compilation.</summary>
    public CompiledRules Compile(IReadOnlyList<RuleSet> sets)
    {
        var key = string.Join('|', sets.Select(set => $"{set.Name}={set.Digest}"));
        if (_compiled.Count > MostKept)
        {
            _compiled.Clear();
        }

        return _compiled.GetOrAdd(key, _ => RuleCompiler.Compile(sets) switch
        {
            RuleCompilation.Compiled compiled => compiled.Rules,
            // What is in force was checked with the same compiler before it came into force.
            RuleCompilation.Rejected rejected => throw new InvalidOperationException($"rule sets in force do not compile: {rejected.Diagnostics.Count} problems"),
            _ => throw new InvalidOperationException("unknown compilation"),
        });
    }
}
