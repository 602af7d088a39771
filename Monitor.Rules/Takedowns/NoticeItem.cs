using Monitor.Rules.Hashing;

namespace Monitor.Rules.Takedowns;

/// <summary>One page that a notice names.</summary>
public sealed record NoticeItem
{
    /// <summary>Request that this page is demanded by; empty in rows written before a notice could name several: the notice's own.</summary>
    public string RequestId { get; init; } = "";

    public string TargetId { get; init; } = "";

    public string CaseId { get; init; } = "";

    public required string Url { get; init; }

    public IReadOnlyList<string> Media { get; init; } = [];

    public string? Account { get; init; }

    public string? Post { get; init; }

    public IReadOnlyList<Digest> Digests { get; init; } = [];

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }
}
