namespace Monitor.Worker.Intake;

/// <summary>How a file's bytes were read as text.</summary>
public enum IntakeEncoding
{
    Utf8,
    Utf8WithMark,
    Utf16LittleEndian,
    Utf16BigEndian,

    /// <summary>Not valid UTF-8; composed to NFC, as its tone marks stand apart from their letters.</summary>
    Windows1258,
}
