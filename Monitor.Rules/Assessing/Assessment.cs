namespace Monitor.Rules.Assessing;

/// <summary>What an inspection amounts to: it orders the queue and puts the page before a person, and never does more.</summary>
/// <param name="Reasons">Stable codes with ids: "bank:NAME", "contradicted:NAME", "quarantined:NAME", "rule:SET/RULE", "report:danger".</param>
public sealed record Assessment(Category Category, Severity Severity, IReadOnlyList<string> Reasons)
{
    public bool NeedsPerson => Severity > Severity.None;
}
