namespace Monitor.Worker.Simulation;

/// <summary>What stands before the truth for a while.</summary>
internal enum MaskKind
{
    /// <summary>404, media too.</summary>
    NotFound,

    /// <summary>A tombstone, media 404; a person takes it for one as well.</summary>
    Tombstone,

    /// <summary>Looks like a tombstone to a machine; a person sees what it is and comes back.</summary>
    Maintenance,

    /// <summary>Says itself that it is withheld by place.</summary>
    GeoBlock,
    Wall,
    ServerError,
    NoSuchName,
    Shell,
}

[Flags]
internal enum Onlookers
{
    None = 0,

    /// <summary>Our own line.</summary>
    Direct = 1,

    /// <summary>The line abroad.</summary>
    Abroad = 2,

    /// <summary>People, from clean addresses or with accounts of their own.</summary>
    People = 4,

    /// <summary>The one person whom the uploader knows.</summary>
    BlockedPerson = 8,
    Machines = Direct | Abroad,
    Everyone = Machines | People | BlockedPerson,
}

/// <summary>From (included) to (not included).</summary>
internal readonly record struct Mask(DateTimeOffset From, DateTimeOffset To, MaskKind Kind, Onlookers For);
