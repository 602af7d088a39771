namespace Monitor.Worker.Simulation;

/// <summary>How a modelled target behaves once its removal was asked for. What the machine sees of it is another matter: see <see cref="Truth"/>.</summary>
internal enum Behaviour
{
    /// <summary>404 within hours to two days.</summary>
    RemovesSoon,

    /// <summary>404 after days or weeks.</summary>
    RemovesLate,

    /// <summary>Stays; sometimes the platform says it is gone.</summary>
    NeverRemoves,

    /// <summary>200 with a tombstone; mostly with a control probe that speaks.</summary>
    SoftRemover,

    /// <summary>Page gone soon, the copy on the CDN stays until a notice of its own.</summary>
    CdnCopy,

    /// <summary>Our lines are walled off after some looks.</summary>
    WallAfterProbes,

    /// <summary>Withheld in the country only; some remove it everywhere later.</summary>
    GeoBlock,

    /// <summary>Our own address is told "not found", everybody else is served; some remove it later.</summary>
    Cloak,

    /// <summary>Every machine line is shown a tombstone, a visitor is served.</summary>
    CloakAllSoft,

    /// <summary>404 for hours, back for days, again; most remove it in the end.</summary>
    Flapping,

    /// <summary>A script shell: a machine without a browser can tell nothing.</summary>
    SpaShell,

    /// <summary>The domain runs out: no such name for days, then a parking page.</summary>
    Parking,

    /// <summary>Removed and confirmed, then uploaded again.</summary>
    Reupload,

    /// <summary>A platform that walls visitors off: people look.</summary>
    WalledPlatform,

    /// <summary>As before, and the uploader has blocked one of the people.</summary>
    WalledBlockedViewer,

    /// <summary>Strangers get 404, members are served.</summary>
    WalledNotFound,

    /// <summary>Machines see a tombstone without a valid control, and one of the people is shown it too.</summary>
    BlockedViewer,

    /// <summary>Our own line is told "not found" for good; the line abroad is walled off but for two short 404 spells of everybody, a day apart.</summary>
    GlimpsesOfNotFound,

    /// <summary>As before with tombstones: three short spells within four days.</summary>
    GlimpsesOfTombstone,

    /// <summary>Three short 404 spells of everybody within thirty hours, our lines walled off between them.</summary>
    BlindSpells,

    /// <summary>Two 404 spells of hours, five days apart, our lines walled off between them.</summary>
    SpellsFarApart,

    /// <summary>A platform that walls visitors off, and shows everybody a tombstone around midnight.</summary>
    MidnightSpells,

    /// <summary>Everybody is shown a tombstone for a day or two, then it is served again.</summary>
    TombstoneSpells,
}
