namespace Monitor.Worker.Ports;

/// <summary>
/// Shows a page as a browser does, without letting the browser out: whatever the page asks for is asked of the <see cref="IPartSource"/>, and nobody
/// else. Every end that can be expected is a <see cref="RenderOutcome"/>; a browser that crashes, hangs or grows costs the rendering, never the observation.
/// Safe for concurrent use; more renderings than allowed at once wait for their turn.
/// </summary>
public interface IPageRenderer
{
    /// <summary>What can be done at the moment, told without starting anything.</summary>
    RendererState State { get; }

    /// <exception cref="OperationCanceledException">Only for <paramref name="cancellation"/>.</exception>
    Task<RenderOutcome> RenderAsync(RenderRequest request, IPartSource parts, CancellationToken cancellation);
}

/// <summary>Whether pages can be rendered here, and by what.</summary>
public abstract record RendererState
{
    private RendererState()
    {
    }

    /// <param name="Program">Path of the browser.</param>
    public sealed record Ready(string Program) : RendererState;

    /// <param name="Reason">For people, in English: it becomes part of observations.</param>
    public sealed record Unavailable(string Reason) : RendererState;
}
