using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Intake;

/// <summary>How opening a CSV file ended.</summary>
public abstract record IntakeCsvOpening
{
    private IntakeCsvOpening()
    {
    }

    public sealed record Opened(IntakeCsvReader Reader) : IntakeCsvOpening;

    /// <summary>The file as a whole is of no use.</summary>
    public sealed record Refused(BilingualText Reason) : IntakeCsvOpening;
}
