namespace Monitor.Rules.RuleSets;

/// <summary>A made-up page that a rule carries with it to prove that it finds, or spares, what it says.</summary>
/// <param name="Shown">What a message quotes: the text, or else the address, or "example 2".</param>
public sealed record RuleExample(RuleSubject Subject, string Shown)
{
    /// <summary>The commonest example is a text.</summary>
    public static implicit operator RuleExample(string text) => new(RuleSubject.OfText(text), text);
}
