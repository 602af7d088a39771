using Monitor.Rules.RuleSets;

namespace Monitor.Worker.Ports;

public interface IRuleSetStore
{
    /// <summary>Every version ever stored, in set and number order.</summary>
    /// <param name="set">Of one set only; null: of all.</param>
    ValueTask<IReadOnlyList<RuleSetVersion>> RuleSetVersionsAsync(string? set, CancellationToken cancellation);
}
