using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Rules.RuleSets;

/// <summary>One fault of a rule set, or a warning about it.</summary>
/// <param name="Code">Stable, one of <see cref="RuleDiagnosticCodes"/>; also the key of the translated message.</param>
/// <param name="RuleSet">Name of the set.</param>
/// <param name="RuleId">The rule, or null when the set itself is at fault.</param>
/// <param name="Message">Plain English.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="Subject">The pattern, keyword or example at fault, cut to 120 characters, or null.</param>
public sealed record RuleDiagnostic(string Code, string RuleSet, string? RuleId, string Message, string Hint, string? Subject = null)
{
    public DiagnosticSeverity Severity { get; init; } = DiagnosticSeverity.Error;

    /// <summary>What a translated message is filled with, in order.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Which part of the rule; null: the rule as a whole.</summary>
    public RulePlace? Place { get; init; }

    /// <summary>What was probably meant, or null.</summary>
    public string? Suggestion { get; init; }

    internal static string? Cut(string? subject) => subject is { Length: > 120 } ? subject[..120] : subject;
}

public enum DiagnosticSeverity
{
    /// <summary>The rule does what it says; somebody should look.</summary>
    Warning,

    /// <summary>The set is not taken into use.</summary>
    Error,
}

/// <summary>A part of a rule. What of it is null is not narrowed down.</summary>
public sealed record RulePlace
{
    /// <summary>Key of the rule ("must-match", "condition", "guidance" …).</summary>
    public required string Field { get; init; }

    /// <summary>The very condition object, within "condition".</summary>
    public Condition? Condition { get; init; }

    /// <summary>Position in the list of examples, keywords, patterns …</summary>
    public int? Item { get; init; }

    /// <summary>Position of the fault in the item, in UTF-16 units.</summary>
    public int? Offset { get; init; }

    /// <summary>Units at fault from there.</summary>
    public int Length { get; init; } = 1;

    internal static RulePlace In(Condition condition, int? item = null, int? offset = null, int length = 1) =>
        new() { Field = "condition", Condition = condition, Item = item, Offset = offset, Length = length };
}

/// <summary>RUL0xx: faults; RUL1xx: warnings.</summary>
public static class RuleDiagnosticCodes
{
    public const string DuplicateSet = "RUL001";
    public const string DuplicateId = "RUL002";
    public const string BadId = "RUL003";
    public const string TooLarge = "RUL004";
    public const string EmptyCondition = "RUL005";
    public const string EmptyKeyword = "RUL006";
    public const string KeywordTooLong = "RUL007";
    public const string PatternTooLong = "RUL008";
    public const string PatternInvalid = "RUL009";
    public const string PatternNotLinear = "RUL010";
    public const string PatternMatchesEmpty = "RUL011";
    public const string BadCount = "RUL012";
    public const string HoldsForEverything = "RUL013";
    public const string TestMissing = "RUL020";
    public const string MustMatchFailed = "RUL021";
    public const string MustNotMatchFailed = "RUL022";
    public const string TestIncomplete = "RUL023";
    public const string GuidanceMissing = "RUL024";

    public const string SlowPattern = "RUL101";
    public const string DuplicateLogic = "RUL102";
    public const string Unsatisfiable = "RUL103";
    public const string Shadowed = "RUL104";
    public const string RepeatedKeyword = "RUL105";
    public const string ContainedKeyword = "RUL106";
    public const string ShortKeyword = "RUL107";
    public const string GuidanceIncomplete = "RUL108";
    public const string TestsAdvised = "RUL109";
    public const string RelatedUnknown = "RUL110";
    public const string DatesReversed = "RUL111";
    public const string DeprecatedWithoutSuccessor = "RUL112";
    public const string GuidanceWithoutRule = "RUL113";
    public const string SameIdOtherLogic = "RUL120";
    public const string SameVersionOtherContent = "RUL121";
}
