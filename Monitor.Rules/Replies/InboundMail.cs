using Monitor.Rules.Cases;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Replies;

/// <summary>
/// A mail that came into the mailbox of notices. What it says is sealed in the vault; this row holds what machines and people concluded.
/// Nothing is dropped: what matches no notice waits for a person.
/// </summary>
public sealed record InboundMail : IVersioned
{
    /// <summary>"M000001".</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    /// <summary>Agency whose notice it answers; the one the mailbox belongs to while that is unknown.</summary>
    public required string OwnerAgency { get; init; }

    /// <summary>When the mailbox got it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was taken in here.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>SHA-256 of the message as the mailbox gave it: the same message is taken in once.</summary>
    public required Digest MessageDigest { get; init; }

    /// <summary>Bytes of the message, as the mailbox says.</summary>
    public required long Size { get; init; }

    /// <summary>Vault id of the message, attachments included; null: the mailbox did not give it out (<see cref="Contained"/>).</summary>
    public string? ContentId { get; init; }

    /// <summary>Address it claims to come from; <see cref="Proofs"/> says whether anything backs that.</summary>
    public string From { get; init; } = "";

    public string? MessageId { get; init; }

    public required InboundKind Kind { get; init; }

    public required InboundState State { get; init; }

    /// <summary>Reference of the notice it belongs to, or null: nobody knows yet.</summary>
    public string? NoticeId { get; init; }

    /// <summary>Requests it is about, once matched.</summary>
    public IReadOnlyList<string> RequestIds { get; init; } = [];

    /// <summary>By what it was matched, or null.</summary>
    public MatchedBy? MatchedBy { get; init; }

    /// <summary>What the words were read as; a person accepts or changes it. Null: nothing could be read out of them.</summary>
    public ReplyCode? ProposedReply { get; init; }

    /// <summary>What the proposal rests on.</summary>
    public IReadOnlyList<ReplySignal> Signals { get; init; } = [];

    /// <summary>What backs the sender: "dmarc:platform.example" and the like, as our own mail server found; empty: nothing.</summary>
    public IReadOnlyList<string> Proofs { get; init; } = [];

    /// <summary>The addressee's ticket number, where one was found.</summary>
    public string? ExternalTicket { get; init; }

    /// <summary>Attachments, quarantined with the message: never opened, never decoded beyond their transfer encoding.</summary>
    public IReadOnlyList<InboundAttachment> Attachments { get; init; } = [];

    /// <summary>Enhanced status code of a delivery report (RFC 3463), or null.</summary>
    public string? StatusCode { get; init; }

    /// <summary>What kept it from being read whole, or null.</summary>
    public MailContainment? Contained { get; init; }

    /// <summary>Who decided what about it, or null while it waits.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Only what nobody but the addressee's side can know makes a machine act on a delivery report.</summary>
    public bool IsTrusted => MatchedBy is Replies.MatchedBy.Token or Replies.MatchedBy.Envelope;

    /// <summary>A report that may take effect without a person: proven, about our addressee, at one with itself, and a report that machines write.</summary>
    public bool ActsByItself => IsTrusted && Kind is InboundKind.Delivered or InboundKind.Bounce or InboundKind.Read
        && !Signals.Any(static signal => signal is ReplySignal.OtherRecipient or ReplySignal.LooksLikeBounce or ReplySignal.Contradicts);
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

    /// <summary>Delivery report: handed to a system that reports nothing more; no proof of delivery.</summary>
    Relayed,

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

    /// <summary>Matched; what it proposes waits for a person, or for the notice to come to rest.</summary>
    Proposed,

    /// <summary>Its effect was carried out (a delivery report by the machine, an answer by a person).</summary>
    Done,

    /// <summary>A person said that it concerns nothing here.</summary>
    Dismissed,
}

/// <summary>What ties a mail to a notice, strongest first.</summary>
public enum MatchedBy
{
    /// <summary>It was sent to the notice's own reply address, whose token only its addressee was told.</summary>
    Token,

    /// <summary>A delivery report bears the envelope id with the token, which only mail servers on the way saw.</summary>
    Envelope,

    /// <summary>It answers our Message-ID; whoever saw the notice, and whoever guesses well, can write one.</summary>
    MessageId,

    /// <summary>It names the ticket number that the addressee had given us.</summary>
    Ticket,

    /// <summary>It names our reference.</summary>
    Reference,

    /// <summary>A person said so.</summary>
    Person,
}

/// <summary>Why a message was not read whole. It is kept whole in the mailbox; we delete nothing there.</summary>
public enum MailContainment
{
    /// <summary>Larger than is taken in: only its beginning is sealed.</summary>
    TooLarge,

    /// <summary>More parts, or deeper ones, than are looked at.</summary>
    TooManyParts,

    /// <summary>It is no message that can be read.</summary>
    Malformed,

    /// <summary>The mailbox failed to give it out, several times.</summary>
    NotFetched,
}
