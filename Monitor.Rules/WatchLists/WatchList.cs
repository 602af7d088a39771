using Monitor.Rules.Assessing;

namespace Monitor.Rules.WatchLists;

/// <summary>A named list of pages and site sections under watch for one purpose.</summary>
public sealed record WatchList
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Id of the agency that answers for it.</summary>
    public required string OwnerAgency { get; init; }

    public required Category Category { get; init; }

    public required string Purpose { get; init; }

    /// <summary>Pages watched from the start, as written.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Site sections: the scope within which depth-1 candidates may be found; URL prefixes, as written.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    public IReadOnlyList<string> RuleSets { get; init; } = [];

    public IReadOnlyList<string> HashBanks { get; init; } = [];

    /// <summary>Time between inspections while nothing is requested.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromHours(24);

    /// <summary>0: only the listed pages. 1: links of those pages within the scope become candidates awaiting triage.</summary>
    public int Depth { get; init; }

    /// <summary>Most candidates one inspection may add. 0 switches discovery off.</summary>
    public int PageCap { get; init; }

    /// <summary>True: robots.txt disallow stops the fetch. False: recorded only.</summary>
    public bool ObeyRobots { get; init; }

    /// <summary>After this day nothing on the list is inspected until it is reviewed.</summary>
    public required DateOnly ExpiresOn { get; init; }

    /// <summary>Person id who reviews the list before it expires.</summary>
    public required string Reviewer { get; init; }

    public bool IsActiveOn(DateOnly day) => day <= ExpiresOn;
}
