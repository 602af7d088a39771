namespace Monitor.Rules.RuleSets;

/// <summary>One fault of a rule set.</summary>
/// <param name="Code">Stable key, one of <see cref="RuleDiagnosticCodes"/>; also the key of the translated message.</param>
/// <param name="RuleSet">Name of the set.</param>
/// <param name="RuleId">The rule, or null when the set itself is at fault.</param>
/// <param name="Message">Plain English.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="Subject">The pattern, keyword or text at fault, cut to 120 characters, or null.</param>
public sealed record RuleDiagnostic(string Code, string RuleSet, string? RuleId, string Message, string Hint, string? Subject = null);

public static class RuleDiagnosticCodes
{
    public const string DuplicateSet = "rules.duplicate-set";
    public const string DuplicateId = "rules.duplicate-id";
    public const string BadId = "rules.bad-id";
    public const string EmptyRule = "rules.empty-rule";
    public const string EmptyKeyword = "rules.empty-keyword";
    public const string KeywordTooLong = "rules.keyword-too-long";
    public const string PatternTooLong = "rules.pattern-too-long";
    public const string PatternInvalid = "rules.pattern-invalid";
    public const string PatternNotLinear = "rules.pattern-not-linear";
    public const string PatternMatchesEmpty = "rules.pattern-matches-empty";
    public const string TestMissing = "rules.test-missing";
    public const string MustMatchFailed = "rules.must-match-failed";
    public const string MustNotMatchFailed = "rules.must-not-match-failed";
    public const string TestIncomplete = "rules.test-incomplete";
}
