namespace Monitor.Rules.Replies;

/// <summary>How far a mailbox was read. It moves in the same save as the mail it passes, so nothing is skipped and nothing taken in twice.</summary>
public sealed record MailboxCursor : IVersioned
{
    /// <summary>"user@host:port/folder".</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    /// <summary>UIDVALIDITY of the folder (RFC 9051 section 2.3.1.1); 0: never read. Another value: numbers mean other messages, and all is read anew.</summary>
    public uint Validity { get; init; }

    /// <summary>Highest UID that was dealt with.</summary>
    public uint LastUid { get; init; }

    /// <summary>The UID after it that the mailbox fails to give out, and how often it did.</summary>
    public uint StuckUid { get; init; }

    public int StuckTimes { get; init; }

    /// <summary>Since when it cannot be read; null: it can.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why it cannot.</summary>
    public string? Problem { get; init; }

    /// <summary>People were told that it cannot be read.</summary>
    public bool Told { get; init; }
}
