namespace Monitor.Worker.Warc;

/// <summary>What the records of one look say beside the page's content: the head of its own answer, which a revisit keeps, and the control's answer.</summary>
public sealed record SealedLook
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    /// <summary>Headers of the page's last answer, names lower case; empty: it has none, or is not among the records.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = None;

    /// <summary>The made-up address' answer; null: it was not asked in this look, or is not kept whole.</summary>
    public SealedControl? Control { get; init; }

    public static async Task<SealedLook> ReadAsync(ReadOnlyMemory<byte> records, CancellationToken cancellation)
    {
        var look = new SealedLook();
        try
        {
            WarcRecord? answer = null;
            foreach (var record in WarcReader.Read(records))
            {
                // The metadata, which tells the purpose, stands after the answer it belongs to.
                if (record.Type is "response" or "revisit")
                    answer = record;
                else if (record.Type == "metadata" && answer is not null && record["WARC-Concurrent-To"] == $"<{answer.Id}>" && WireResponse.Read(answer.Block.Span) is { } wire)
                    look = await WithAsync(look, answer, wire, WarcReader.BlockFields(record).FirstOrDefault(static field => field.Key == "purpose").Value, cancellation);
            }
        }
        catch (InvalidDataException)
        {
            // The vault has authenticated the bytes: a newer program wrote the rest otherwise.
        }

        return look;
    }

    private static async Task<SealedLook> WithAsync(SealedLook look, WarcRecord answer, WireResponse wire, string? purpose, CancellationToken cancellation) => purpose switch
    {
        // After redirects the last one is the page's.
        "page" => look with { Headers = wire.Headers(answer.Block.Span) },
        "control" when answer.Type == "response" && await SealedAnswers.EntityAsync(answer, cancellation) is { } body =>
            look with { Control = new SealedControl(answer["WARC-Target-URI"] ?? "", wire.Status, wire.Headers(answer.Block.Span).GetValueOrDefault("content-type"), body) },
        _ => look,
    };
}

/// <param name="Url">The address that answered last.</param>
public sealed record SealedControl(string Url, int Status, string? ContentType, byte[] Body);
