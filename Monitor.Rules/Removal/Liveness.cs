namespace Monitor.Rules.Removal;

/// <summary>What one observation of one URL says. Not a verdict about removal: that is <see cref="RemovalProof"/>.</summary>
public enum Liveness
{
    /// <summary>The content is there.</summary>
    Live,

    /// <summary>The page is gone but a known media URL still answers.</summary>
    Partial,

    /// <summary>Withheld from visitors of some places only.</summary>
    Restricted,

    /// <summary>A hard sign: 404, 410, a global 451.</summary>
    Gone,

    /// <summary>A soft sign: tombstone, soft 404, redirect to home, parked domain, suspended account.</summary>
    ProbablyGone,

    /// <summary>Says nothing either way: walls, errors, time-outs.</summary>
    Inconclusive,
}
