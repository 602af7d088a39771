using System.Text.RegularExpressions;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets.Terms;

/// <summary>
/// The keywords and patterns of all rules, each once, numbered: keywords first. The one place where rules and the search engine meet.
/// </summary>
internal sealed class TermIndex
{
    private readonly KeywordIndex _keywords;
    private readonly Regex[] _patterns;

    private TermIndex(KeywordIndex keywords, Regex[] patterns)
    {
        _keywords = keywords;
        _patterns = patterns;
    }

    public int Count => _keywords.Keywords.Count + _patterns.Length;

    public static TermIndex Build(IReadOnlyList<string> keywords, IReadOnlyList<Regex> patterns) => new(KeywordIndex.Build(keywords), [.. patterns]);

    public TermScan Scan(string text, RuleEvaluatorLimits limits) => new(_keywords, _patterns, text, limits);
}
