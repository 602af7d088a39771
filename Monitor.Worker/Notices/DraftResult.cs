using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Notices;

public abstract record DraftResult
{
    private DraftResult()
    {
    }

    /// <param name="Requests">In the order of the subjects; the notice count of those that were not named before is raised.</param>
    public sealed record Drafted(Notice Notice, NumberSeries Series, IReadOnlyList<TakedownRequest> Requests) : DraftResult
    {
        public TakedownRequest Request => Requests[0];
    }

    /// <param name="Missing">Everything that is missing, not the first only.</param>
    public sealed record Incomplete(IReadOnlyList<MissingPart> Missing) : DraftResult;
}
