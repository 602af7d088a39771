namespace Monitor.Rules.RuleSets;

public sealed record RuleSet(string Id);
