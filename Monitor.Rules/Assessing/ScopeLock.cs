using Monitor.Rules.Sharing;

namespace Monitor.Rules.Assessing;

/// <summary>
/// The lock on what may be requested: a category from the closed list, a legal basis that is valid that day for that category and
/// within the agency's competence, two different people. Enforced before a notice is drafted, approved and sent.
/// </summary>
public static class ScopeLock
{
    /// <param name="relay">True: it is passed to the authority that the basis names, not demanded of the platform.</param>
    /// <param name="approvedBy">Null: nobody has to have approved yet (drafting). Otherwise the approver, who must be somebody else.</param>
    public static ScopeAnswer Check(Category category, LegalBasis? basis, string agencyId, DateOnly day, string verifiedBy, string? approvedBy, bool relay = false)
    {
        if (!Enum.IsDefined(category))
        {
            return new ScopeAnswer.Refused("category-outside-list");
        }

        if (basis is null)
        {
            return new ScopeAnswer.Refused("no-legal-basis");
        }

        if (!basis.Uses.Contains(LegalUse.Takedown))
        {
            return new ScopeAnswer.Refused("basis-not-for-takedown");
        }

        if (!basis.IsValidOn(day))
        {
            return new ScopeAnswer.Refused("legal-basis-not-valid");
        }

        if (!basis.Categories.Contains(category))
        {
            return new ScopeAnswer.Refused("legal-basis-other-category");
        }

        // A relay demands nothing of a platform itself: whoever it goes to has the competence.
        if (!basis.CompetentAgencies.Contains(agencyId) && !(relay && basis.RelayTo is not null))
        {
            return new ScopeAnswer.Refused("not-competent");
        }

        return approvedBy is not null && !TwoPeople(verifiedBy, approvedBy)
            ? new ScopeAnswer.Refused("same-person")
            : new ScopeAnswer.Allowed();
    }

    /// <summary>An empty name is nobody, and nobody is not the second person.</summary>
    private static bool TwoPeople(string verifiedBy, string approvedBy) =>
        verifiedBy.Trim() is { Length: > 0 } first && approvedBy.Trim() is { Length: > 0 } second && !string.Equals(first, second, StringComparison.OrdinalIgnoreCase);
}

public abstract record ScopeAnswer
{
    private ScopeAnswer()
    {
    }

    public sealed record Allowed : ScopeAnswer;

    /// <param name="Code">category-outside-list, no-legal-basis, basis-not-for-takedown, legal-basis-not-valid, legal-basis-other-category, not-competent, same-person.</param>
    public sealed record Refused(string Code) : ScopeAnswer;
}
