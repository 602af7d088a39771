namespace Monitor.Worker.Cli;

/// <summary>A stable contract: people script it.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Problems = 1;
    public const int Usage = 2;
    public const int Configuration = 3;
    public const int NotFoundOrConflict = 4;
    public const int Infrastructure = 5;
}
