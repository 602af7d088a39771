namespace Monitor.Rules.Removal;

/// <summary>
/// One observation with what is read of it, made when first asked for and then kept: a page is judged again when its control has been seen,
/// and its sketch is stored. Serves one thread.
/// </summary>
public sealed class ObservedPage(PageObservation page)
{
    private PageSketch? _sketch;
    private PageReadout? _readout;

    public PageObservation Page { get; } = page;

    /// <summary>Null when there is no outline.</summary>
    public PageSketch? Sketch => _sketch ??= Page.Outline is { } outline ? PageSketcher.Sketch(outline, Page.Status) : null;

    internal PageReadout? Readout => _readout ??= Page.Outline is { } outline ? PageReadout.Of(outline, Page.RequestedUrl) : null;
}
