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
            CountingPause = numbers.CountingPause,
            BlindAfter = numbers.BlindAfter,
            PeopleApart = numbers.PeopleApart,
            DurableAfter = numbers.DurableAfter,
        };
        return configuration.Platforms.TryGetValue(target.PlatformId, out var platform)
            ? rules with { RequiredVantages = Remaining(platform.RequiredVantages, target), Walled = platform.Walled }
            : rules;
    }

    /// <summary>What a person waived is not asked for; the last one cannot be waived, whatever the configuration became meanwhile.</summary>
    private static IReadOnlyList<string> Remaining(IReadOnlyList<string> required, Target target)
    {
        if (target.Waivers.Count == 0)
        {
            return required;
        }

        var left = required.Where(vantage => !target.Waivers.Any(waiver => waiver.Vantage == vantage)).ToList();
        return left.Count > 0 ? left : required;
    }
}
