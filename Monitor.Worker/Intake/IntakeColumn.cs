namespace Monitor.Worker.Intake;

/// <summary>The columns that are understood, in the order of a file without a header.</summary>
public enum IntakeColumn
{
    Url,
    Category,
    Source,
    Note,
    Reporter,
    Danger,
    WatchList,
}
