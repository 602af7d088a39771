using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Rules.RuleSets;

/// <summary>Why one rule holds for a page, or does not.</summary>
/// <param name="Holds">Its whole condition is met.</param>
public sealed record RuleTrace(RuleSet Set, Rule Rule, bool Holds, ConditionTrace Condition);
