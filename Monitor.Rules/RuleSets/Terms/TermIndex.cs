using System.Text.RegularExpressions;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets.Terms;

/// <summary>
/// The keywords and patterns of all rules, each once, numbered: keywords first. The one place where rules and the search engine meet.
/// </summary>
internal sealed class TermIndex
{
    private readonly TextScanner _scanner;

    private TermIndex(TextScanner scanner) => _scanner = scanner;

    public int Count => _scanner.Keywords.Count + _scanner.Patterns.Count;

    public static TermIndex Build(IReadOnlyList<string> keywords, IReadOnlyList<Regex> patterns) => new(TextScanner.Build(keywords, patterns));

    public TermScan Scan(string text, RuleEvaluatorLimits limits) => new(_scanner, text, limits);
}
