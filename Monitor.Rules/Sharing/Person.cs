namespace Monitor.Rules.Sharing;

/// <summary>Somebody who answers for acts: "--as ID" on the command line.</summary>
public sealed record Person
{
    /// <summary>Lower-case id ("an.nguyen"); the only thing about a person that reaches logs and the custody log.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Position as printed in signatures (chức vụ).</summary>
    public string Title { get; init; } = "";

    public required string AgencyId { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    public bool Has(Role role) => Roles.Contains(role);

    public bool IsValidOn(DateOnly day) => (ValidFrom is null || ValidFrom <= day) && (ValidTo is null || day <= ValidTo);
}

/// <summary>What a person may do. A person may hold several; no two acts of one case's chain may be done by the same person.</summary>
public enum Role
{
    /// <summary>Takes in reports.</summary>
    Intake,

    /// <summary>Configures watch lists and rule sets, triages, inspects.</summary>
    Analyst,

    /// <summary>Verifies a case: first of the two persons.</summary>
    Verifier,

    /// <summary>Approves a notice: second of the two persons, signs.</summary>
    Approver,

    /// <summary>Reads everything that compliance needs; changes nothing.</summary>
    Inspector,

    Administrator,
}
