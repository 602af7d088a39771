using Monitor.Rules.Assessing;

namespace Monitor.Rules.Sharing;

/// <summary>One dated ground for a request, as configured; an administrator keeps the list.</summary>
public sealed record LegalBasis
{
    public required string Id { get; init; }

    /// <summary>Citation in Vietnamese, as printed after "Căn cứ".</summary>
    public required string Citation { get; init; }

    public required string CitationEnglish { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity, or null.</summary>
    public DateOnly? ValidTo { get; init; }

    public required IReadOnlyList<Category> Categories { get; init; }

    /// <summary>Which agencies (by id) may request on this ground; a request by another goes as a relay.</summary>
    public required IReadOnlyList<string> CompetentAgencies { get; init; }

    /// <summary>Hours after delivery within which the addressee must act. Decree 147/2024: 24.</summary>
    public int DeadlineHours { get; init; } = 24;

    /// <summary>Profile or agency of the national authority that a request of an agency without competence is passed to; null: nobody, it is refused.</summary>
    public string? RelayTo { get; init; }

    /// <summary>Hours within which that authority should acknowledge.</summary>
    public int RelayHours { get; init; } = 48;

    /// <summary>What it carries; a demand on a ground that only carries evidence is refused, and the other way round.</summary>
    public IReadOnlyList<LegalUse> Uses { get; init; } = [LegalUse.Takedown];

    public bool IsValidOn(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);
}
