namespace Monitor.Worker.Media;

/// <summary>First word of a decoding process's answer.</summary>
internal enum MediaChildOutcome
{
    Damaged,
    Decoded,
    TooLarge,
}
