namespace Monitor.Rules.Cases;

/// <summary>
/// In which order people should look at cases: a child in danger first, then by severity, then by the legal deadline of the open demand (earliest first,
/// none last), and only then by the score (highest first, none last). A score never passes anything graver.
/// </summary>
public static class CaseRank
{
    public static IComparer<RankedCase> Order { get; } = Comparer<RankedCase>.Create(Compare);

    private static int Compare(RankedCase one, RankedCase other)
    {
        var order = other.Case.Danger.CompareTo(one.Case.Danger);
        order = order != 0 ? order : other.Case.Severity.CompareTo(one.Case.Severity);
        order = order != 0 ? order : (one.LegalDeadline ?? DateTimeOffset.MaxValue).CompareTo(other.LegalDeadline ?? DateTimeOffset.MaxValue);
        order = order != 0 ? order : (other.Score ?? double.NegativeInfinity).CompareTo(one.Score ?? double.NegativeInfinity);
        return order != 0 ? order : string.CompareOrdinal(one.Case.Id, other.Case.Id);
    }
}

/// <param name="LegalDeadline">Of its open demand; null: none.</param>
/// <param name="Score">Of its page's last live look, 0 to 1; null: no score.</param>
public sealed record RankedCase(Case Case, DateTimeOffset? LegalDeadline, double? Score);
