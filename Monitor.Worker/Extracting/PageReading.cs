using Monitor.Rules.Removal;

namespace Monitor.Worker.Extracting;

/// <summary>What a body turned out to be.</summary>
public sealed record PageReading
{
    public required ContentKind Kind { get; init; }

    /// <summary>Null when the content is not HTML.</summary>
    public PageOutline? Outline { get; init; }

    /// <summary>Lower-case name of the encoding the text was decoded with; empty for binary content.</summary>
    public string CharsetUsed { get; init; } = "";

    public CharsetOrigin CharsetOrigin { get; init; }

    /// <summary>The text of a text or JSON body, cut to the limit; null for everything else.</summary>
    public string? Text { get; init; }
}

/// <summary>Who said which encoding it is, in the order in which they are asked.</summary>
public enum CharsetOrigin
{
    /// <summary>Nobody: plain ASCII, or bytes that tell nothing.</summary>
    Default,
    Bom,
    Header,
    Meta,

    /// <summary>The bytes themselves.</summary>
    Detected,
}

public enum ContentKind
{
    Empty,
    Html,
    Json,
    Text,
    Image,
    Video,
    Audio,
    Pdf,
    Other,
}
