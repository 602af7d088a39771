using Monitor.Rules.Hashing;

namespace Monitor.Rules.Takedowns;

/// <summary>
/// A mail that came into the mailbox of notices. What it says is sealed in the vault; this row holds what machines and people concluded.
/// Nothing is dropped: what matches no notice waits for a person.
/// </summary>
public sealed record InboundMail : IVersioned
{
    /// <summary>"M000001".</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    /// <summary>Agency whose mailbox it came to, or whose notice it answers.</summary>
    public required string OwnerAgency { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>SHA-256 of the message as the mailbox gave it: the same message is taken in once.</summary>
    public required Digest MessageDigest { get; init; }

    /// <summary>Bytes of the message.</summary>
    public required long Size { get; init; }

    /// <summary>Vault id of the whole message, attachments included; never opened by machines again.</summary>
    public required string ContentId { get; init; }

    /// <summary>Address it claims to come from; nothing proves it.</summary>
    public string From { get; init; } = "";

    public string? MessageId { get; init; }

    public required InboundKind Kind { get; init; }

    public required InboundState State { get; init; }

    /// <summary>Reference of the notice it belongs to, or null: nobody knows yet.</summary>
    public string? NoticeId { get; init; }

    /// <summary>Requests it is about, once matched.</summary>
    public IReadOnlyList<string> RequestIds { get; init; } = [];

    /// <summary>By what it was matched: message-id, reference, token, ticket, person; null when it was not.</summary>
    public string? MatchedBy { get; init; }

    /// <summary>removed / geo-restricted / partial / refused / more-info, as the words were read; a person accepts or changes it.</summary>
    public string? ProposedReply { get; init; }

    /// <summary>What the proposal rests on, in words that quote nothing.</summary>
    public IReadOnlyList<string> Signals { get; init; } = [];

    /// <summary>The addressee's ticket number, where one was found.</summary>
    public string? ExternalTicket { get; init; }

    /// <summary>Attachments, quarantined with the message: never opened, never decoded beyond their transfer encoding.</summary>
    public IReadOnlyList<InboundAttachment> Attachments { get; init; } = [];

    /// <summary>Enhanced status code of a delivery report (RFC 3463), or null.</summary>
    public string? StatusCode { get; init; }

    /// <summary>The mail was larger or more nested than is read: only its head was looked at.</summary>
    public string? Contained { get; init; }

    /// <summary>Who decided what about it, or null while it waits.</summary>
    public Cases.Decision? Decision { get; init; }
}

/// <param name="Type">Media type it claims.</param>
/// <param name="Bytes">Decoded length.</param>
public sealed record InboundAttachment(string Type, long Bytes, Digest Sha256);

public enum InboundKind
{
    /// <summary>Somebody wrote.</summary>
    Answer,

    /// <summary>"We have received your message", out of office: no answer.</summary>
    AutoReply,

    /// <summary>Delivery report: delivered.</summary>
    Delivered,

    /// <summary>Delivery report: failed for good.</summary>
    Bounce,

    /// <summary>Delivery report: late, still being tried.</summary>
    Delayed,

    /// <summary>Read receipt (RFC 8098).</summary>
    Read,
}

public enum InboundState
{
    /// <summary>Belongs to no notice that is known: a person finds out.</summary>
    Unmatched,

    /// <summary>Matched; what it proposes waits for a person.</summary>
    Proposed,

    /// <summary>Its effect was carried out (a delivery report by the machine, an answer by a person).</summary>
    Done,

    /// <summary>A person said that it concerns nothing here.</summary>
    Dismissed,
}
