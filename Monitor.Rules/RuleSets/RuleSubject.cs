using Monitor.Rules.Matching;
using Monitor.Rules.Removal;

namespace Monitor.Rules.RuleSets;

/// <summary>What is known of one page when rules are held against it. Null means "nobody knows", which is not the same as "there is none".</summary>
public sealed record RuleSubject
{
    /// <summary>Title and visible text, in the form in which places are counted.</summary>
    public string? Text { get; init; }

    /// <summary>Absolute http(s) URL of the page.</summary>
    public string? Url { get; init; }

    /// <summary>Elements, links and media of the page.</summary>
    public PageOutline? Page { get; init; }

    /// <summary>What hash banks say of the page's media; empty when they were asked and know nothing.</summary>
    public IReadOnlyList<Match>? Matches { get; init; }

    /// <summary>Scores by name, 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>A text and nothing else.</summary>
    public static RuleSubject OfText(string text) => new() { Text = text };
}
