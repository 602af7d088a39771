using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>An act as the one who does it hands it in; the store gives it its place in the log within the act's own save.</summary>
public sealed record CustodyDraft
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Person id, or "system".</summary>
    public required string Actor { get; init; }

    public required string Role { get; init; }

    public required string Agency { get; init; }

    /// <summary>Verb in kebab-case: "intake", "inspect", "verify", "approve", "send", "import-bank" …</summary>
    public required string Act { get; init; }

    /// <summary>Id of the thing acted on. Never a URL, never a person under protection.</summary>
    public required string Item { get; init; }

    /// <summary>Digests of what the act was about (content of a notice, a captured page …).</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>Reason code or the person's short words; never page text, never a URL.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Second person, where the act needed one.</summary>
    public string? Approver { get; init; }
}

/// <summary>One entry of the custody log, chained to the one before it.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Previous">SHA-256 (lower hex) of the canonical form of the entry before; 64 zeros for the first.</param>
public sealed record CustodyEntry(long Sequence, CustodyDraft Act, string Previous);
