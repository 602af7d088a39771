using Monitor.Rules.Takedowns;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Notices;

/// <summary>All that a draft is made from; values only, so that an act can be decided again after a conflict.</summary>
public sealed record DraftOrder
{
    public required MonitorConfiguration Configuration { get; init; }

    /// <summary>The pages it names, at least one; all of one agency, platform, category and legal basis.</summary>
    public required IReadOnlyList<DraftSubject> Subjects { get; init; }

    public required NoticeKind Kind { get; init; }

    public required NumberSeries Series { get; init; }

    public Notice? Parent { get; init; }

    /// <summary>The draft that is rendered anew because a page joined it; it keeps its number, and whoever had looked at it must look again.</summary>
    public Notice? Standing { get; init; }

    /// <summary>Escalations and relays only: who is addressed instead of the platform.</summary>
    public EscalationAddress? To { get; init; }

    /// <summary>The newest signed checkpoint of the custody log: whoever keeps the notice can show later what the log was. Null: none yet.</summary>
    public string? Checkpoint { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset Now { get; init; }

    internal DraftSubject First => Subjects[0];

    internal bool Named(DraftSubject subject) => Standing is { } standing && standing.RequestIds.Contains(subject.Request.Id);
}
