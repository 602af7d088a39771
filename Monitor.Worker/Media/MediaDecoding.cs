namespace Monitor.Worker.Media;

/// <summary>How decoding some bytes ended. Whatever the bytes are, it is one of these.</summary>
public abstract record MediaDecoding
{
    private MediaDecoding()
    {
    }

    /// <param name="Width">Pixels, as stored: a rotation asked for by EXIF is not applied.</param>
    /// <param name="Frames">Frames the file has; 1 for a still.</param>
    /// <param name="Sampled">Frames that were handed over.</param>
    /// <param name="Partial">The file is cut short or faulty: the last frame handed over is not whole.</param>
    public sealed record Decoded(MediaFormat Format, int Width, int Height, int Frames, int Sampled, bool Partial) : MediaDecoding;

    /// <summary>More bytes, pixels or work than is allowed.</summary>
    /// <param name="Width">0 if not known.</param>
    public sealed record TooLarge(int Width, int Height) : MediaDecoding;

    /// <summary>The bytes do not begin as any picture does.</summary>
    public sealed record NotAnImage : MediaDecoding;

    /// <summary>A picture or film of a kind that is not decoded here.</summary>
    public sealed record Unsupported(MediaFormat Format) : MediaDecoding;

    /// <summary>It begins as a picture and cannot be read as one.</summary>
    public sealed record Damaged(MediaFormat Format) : MediaDecoding;

    /// <summary>The process it was decoded in took too long and was ended.</summary>
    public sealed record TimedOut(MediaFormat Format) : MediaDecoding;

    /// <summary>In kebab-case, as people and scripts read it: "decoded", "too-large" …</summary>
    public string Name => this switch
    {
        Decoded => "decoded",
        TooLarge => "too-large",
        NotAnImage => "not-an-image",
        Unsupported => "unsupported",
        Damaged => "damaged",
        TimedOut => "timed-out",
        _ => throw new InvalidOperationException("unknown outcome"),
    };
}
