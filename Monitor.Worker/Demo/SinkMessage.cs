namespace Monitor.Worker.Demo;

/// <summary>A mail as the <see cref="SmtpSink"/> received it.</summary>
public sealed record SinkMessage
{
    public required string EnvelopeFrom { get; init; }

    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>What followed the path in MAIL FROM: "SIZE=… RET=HDRS ENVID=…".</summary>
    public string SenderParameters { get; init; } = "";

    /// <summary>What followed the path in the last RCPT TO: "NOTIFY=…".</summary>
    public string RecipientParameters { get; init; } = "";

    /// <summary>Number of the mail in its connection, from 1.</summary>
    public int NumberInConnection { get; init; }

    /// <summary>Fields in their order, values unfolded and decoded (RFC 2047).</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public required string Subject { get; init; }

    /// <summary>Without angle brackets; empty when there is none.</summary>
    public required string MessageId { get; init; }

    /// <summary>Decoded text of the first text/plain part; line ends are "\n".</summary>
    public required string Text { get; init; }

    /// <summary>The message after dot-unstuffing, byte for byte.</summary>
    public required byte[] Raw { get; init; }

    /// <summary>By the sink's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required bool Encrypted { get; init; }

    /// <summary>User name of a successful AUTH, or null.</summary>
    public string? User { get; init; }

    /// <summary>Decoded value of the first field of that name, or null.</summary>
    public string? Header(string name)
    {
        foreach (var (field, value) in Headers)
        {
            if (string.Equals(field, name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }
}
