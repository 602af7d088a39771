using Monitor.Worker.Ports;

namespace Monitor.Worker.Warc;

/// <summary>What one look recorded, given out again: a page that is shown from its records sees what it saw then, and nothing else.</summary>
public sealed class RecordedParts : IPartSource
{
    private readonly Dictionary<string, PartAnswer> _answers = new(StringComparer.Ordinal);

    private RecordedParts()
    {
    }

    public static async Task<RecordedParts> ReadAsync(ReadOnlyMemory<byte> records, CancellationToken cancellation)
    {
        var parts = new RecordedParts();
        try
        {
            foreach (var record in WarcReader.Read(records))
            {
                if (record.Type == "response" && record["WARC-Target-URI"] is { } url && WireResponse.Read(record.Block.Span) is { } wire && await SealedAnswers.EntityAsync(record, cancellation) is { } body)
                {
                    // Asked for twice in one look: the page saw the first.
                    parts._answers.TryAdd(url, new PartAnswer { Status = wire.Status, Headers = wire.Headers(record.Block.Span), Body = body });
                }
            }
        }
        catch (InvalidDataException)
        {
            // The vault has authenticated the bytes: a newer program wrote the rest otherwise.
        }

        return parts;
    }

    public Task<PartAnswer> AskAsync(PartAsk ask, CancellationToken cancellation) => Task.FromResult(
        _answers.GetValueOrDefault(ask.Url.Split('#')[0]) is not { } answer ? new PartAnswer { Problem = "not-recorded", Refused = true }
        : answer.Body.LongLength > ask.MaxBytes ? new PartAnswer { Problem = "too-large" }
        : answer);
}
