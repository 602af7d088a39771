namespace Monitor.Worker.Media;

/// <summary>What kind of picture some bytes claim to be, by their first bytes.</summary>
public enum MediaFormat
{
    /// <summary>No picture, or none that is known.</summary>
    Unknown,
    Jpeg,
    Png,
    Gif,
    Webp,
    Bmp,
    Ico,
    Avif,
    Heic,
    Tiff,

    /// <summary>A document that draws: never rendered.</summary>
    Svg,

    /// <summary>Film or sound.</summary>
    Video,
}
