using System.Collections;

namespace Monitor.Rules.RuleSets;

/// <summary>The findings of one page, by rule and then by place, and whether all of it was looked at.</summary>
public sealed class RuleEvaluation : IReadOnlyList<RuleFinding>
{
    private readonly IReadOnlyList<RuleFinding> _findings;

    internal RuleEvaluation(IReadOnlyList<RuleFinding> findings, IReadOnlyList<string> rules, bool complete)
    {
        _findings = findings;
        Rules = rules;
        Complete = complete;
    }

    /// <summary>Ids of the rules that hold, in the order of the sets.</summary>
    public IReadOnlyList<string> Rules { get; }

    /// <summary>False when a limit cut the text, the work of the patterns or the number of findings: nothing found then does not mean nothing there.</summary>
    public bool Complete { get; }

    public int Count => _findings.Count;

    public RuleFinding this[int index] => _findings[index];

    public IEnumerator<RuleFinding> GetEnumerator() => _findings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
