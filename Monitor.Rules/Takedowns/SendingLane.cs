namespace Monitor.Rules.Takedowns;

/// <summary>What was sent to one platform within the last hour, where its profile limits that. Kept in the store, so that restarts and other workers count too.</summary>
public sealed record SendingLane : IVersioned
{
    /// <summary>Id of the platform.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    /// <summary>Instants of the sends of the last hour, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Sent { get; init; } = [];

    private static TimeSpan Window { get; } = TimeSpan.FromHours(1);

    /// <summary>When the next send may begin; <paramref name="now"/> when at once.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now, int perHour)
    {
        var recent = Sent.Where(at => now - at < Window).ToList();
        return recent.Count < perHour ? now : recent[recent.Count - perHour] + Window;
    }

    /// <summary>With one more send; what is older than an hour is forgotten.</summary>
    public SendingLane With(DateTimeOffset now) => this with { Sent = [.. Sent.Where(at => now - at < Window), now] };
}
