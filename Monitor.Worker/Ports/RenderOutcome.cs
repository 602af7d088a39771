using Monitor.Rules.Removal;

namespace Monitor.Worker.Ports;

/// <summary>How a rendering ended.</summary>
public abstract record RenderOutcome
{
    private RenderOutcome()
    {
    }

    /// <summary>Everything the page asked for, and what became of it, in order.</summary>
    public IReadOnlyList<RenderedPart> Parts { get; init; } = [];

    public TimeSpan Elapsed { get; init; }

    /// <summary>The page as it stood at the end.</summary>
    public sealed record Rendered : RenderOutcome
    {
        /// <summary>
        /// The tree that was shown, as HTML: shadow trees in their hosts' place, slots filled; what styles hide carries the hidden attribute;
        /// templates and noscript are left out.
        /// </summary>
        public required string Html { get; init; }

        /// <summary>Where scripts took the address bar.</summary>
        public required string FinalUrl { get; init; }

        /// <summary>False: a limit ended it, or it was too large to be read whole.</summary>
        public required bool Settled { get; init; }

        /// <summary>Null: none were asked for, or the browser could not take them (<see cref="PicturesProblem"/>).</summary>
        public PagePictures? Pictures { get; init; }

        public string PicturesProblem { get; init; } = "";
    }

    /// <param name="Reason">For people, in English: "the page's scripts never ended", "the browser ended" …</param>
    public sealed record Failed(string Reason) : RenderOutcome;

    /// <param name="Reason">As <see cref="RendererState.Unavailable"/>.</param>
    public sealed record Unavailable(string Reason) : RenderOutcome;
}

/// <summary>How a page looked, three ways. Media are grey: whoever reads evidence is shown what stands on a page, not what they must not see.</summary>
/// <param name="Browser">Name and version, such as "Chrome/140.0.7339.80".</param>
/// <param name="Png">The whole page, 1280 pixels wide and at most <see cref="MostPixels"/> high.</param>
/// <param name="Cut">The page was higher than the picture.</param>
public sealed record PagePictures(string Browser, byte[] Png, byte[] Pdf, byte[] Mhtml, bool Cut)
{
    public const int MostPixels = 12_000;
}
