namespace Monitor.Rules.Replies;

/// <summary>What was read out of one message, as plain values; nothing of it is believed yet.</summary>
public sealed record MailFacts
{
    /// <summary>Bare address of the first author, or "".</summary>
    public string From { get; init; } = "";

    /// <summary>Reply tokens in the addresses it was delivered to, by any header that says so.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    public string? MessageId { get; init; }

    /// <summary>Message-IDs it answers, the nearest first; of a delivery report also the one of the message it returns.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    public string Subject { get; init; } = "";

    /// <summary>What its author sees as its text, at most <see cref="MaxText"/> characters, with what it quotes.</summary>
    public string Text { get; init; } = "";

    public const int MaxText = 64 * 1024;

    /// <summary>Auto-Submitted and its like say that a machine wrote it.</summary>
    public bool MarkedAutomatic { get; init; }

    /// <summary>Sent with the empty envelope sender, or by a mail system.</summary>
    public bool FromMailSystem { get; init; }

    public DeliveryReport? Report { get; init; }

    /// <summary>A read receipt says "displayed".</summary>
    public bool IsReadReceipt { get; init; }

    /// <summary>What our own mail server found out about the sender (RFC 8601): "dmarc:example.com".</summary>
    public IReadOnlyList<string> Proofs { get; init; } = [];

    public IReadOnlyList<InboundAttachment> Attachments { get; init; } = [];

    public MailContainment? Contained { get; init; }
}

/// <summary>Delivery status notification (RFC 3464).</summary>
/// <param name="Token">The reply token in the envelope id that we had sent along (ENVID, RFC 3461), or null.</param>
/// <param name="Recipients">At least one.</param>
public sealed record DeliveryReport(string? Token, IReadOnlyList<RecipientReport> Recipients)
{
    /// <summary>What it says of the address the notice went to; where it says nothing of that, of one that failed, or of the first.</summary>
    /// <param name="addressee">Null: unknown.</param>
    public RecipientReport About(string? addressee) =>
        Recipients.FirstOrDefault(one => one.Is(addressee)) ?? Recipients.FirstOrDefault(static one => one.Action == ReportedAction.Failed) ?? Recipients[0];

    /// <summary>Two ends for the same address, or an end and a status (RFC 3463, its first digit) that exclude each other.</summary>
    public bool Contradicts(string? addressee) =>
        Recipients.Where(one => one.Is(addressee)).Select(static one => one.Action).Distinct().Count() > 1
        || About(addressee) is { Action: ReportedAction.Delivered, Status: ['4' or '5', ..] } or { Action: ReportedAction.Failed, Status: ['2', ..] };
}

/// <param name="Recipient">Bare address the report is about: the one the sender had given, else the final one; or "".</param>
/// <param name="Status">RFC 3463, such as 5.1.1; or null.</param>
public sealed record RecipientReport(string Recipient, ReportedAction Action, string? Status)
{
    public bool Is(string? addressee) => string.Equals(Recipient, addressee, StringComparison.OrdinalIgnoreCase);
}

/// <summary>RFC 3464 section 2.3.3.</summary>
public enum ReportedAction
{
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}
