namespace Monitor.Worker.Demo;

/// <summary>What a correct system ends up with for a target: facts of the world, to be compared with what was found.</summary>
public sealed record SampleExpectation
{
    public required SampleEnding Ending { get; init; }

    /// <summary>Name of the removal state in the end, in the words of the domain: "DurablyRemoved", "Live" or "Restricted".</summary>
    public required string FinalRemoval { get; init; }

    /// <summary>A picture of the page is in the hash list while the page is alive.</summary>
    public required bool BankHit { get; init; }

    /// <summary>The watch word stands in the page's text.</summary>
    public required bool RuleHit { get; init; }

    /// <summary>A person should have a notice sent.</summary>
    public required bool Noticed { get; init; }

    /// <summary>Different demands it takes: 2 where the media, or a reappearance, need one of their own.</summary>
    public required int DemandsNeeded { get; init; }

    /// <summary>No machine may settle it: soft removal, a wall, a rule hit without a bank hit.</summary>
    public required bool NeedsPerson { get; init; }

    /// <summary>How long it stays gone before it is served again, or null. Above about 16 days that is after durable removal.</summary>
    public TimeSpan? ReturnsAfter { get; init; }
}

public enum SampleEnding
{
    Removed,
    RemovedSoftly,
    RemovedAfterMediaNotice,
    RemovedAfterReturn,
    Walled,
    Restricted,
    StaysAlive,
    NeverNoticed,
}
