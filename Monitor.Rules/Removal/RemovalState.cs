namespace Monitor.Rules.Removal;

/// <summary>Where a target stands. Computed from observations; see the table in <see cref="RemovalTable"/>.</summary>
public enum RemovalState
{
    Live,
    Partial,
    Restricted,
    ApparentlyGone,
    ConfirmedRemoved,
    DurablyRemoved,
    Reappeared,
}
