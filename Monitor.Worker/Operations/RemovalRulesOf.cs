using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Operations;

/// <summary>The proof rules that hold for one target: the installation's numbers with its platform's demands.</summary>
public static class RemovalRulesOf
{
    public static RemovalRules Target(Target target, MonitorConfiguration configuration)
    {
        var numbers = configuration.Installation.Removal;
        var rules = new RemovalRules
        {
            HardConfirmations = numbers.HardConfirmations,
            HardSpan = numbers.HardSpan,
            SoftConfirmations = numbers.SoftConfirmations,
            SoftSpan = numbers.SoftSpan,
            LargestGap = numbers.LargestGap,
            DurableAfter = numbers.DurableAfter,
        };
        return configuration.Platforms.TryGetValue(target.PlatformId, out var platform)
            ? rules with { RequiredVantages = platform.RequiredVantages, Walled = platform.Walled }
            : rules;
    }
}
