using Monitor.Rules.Hashing;
using Monitor.Worker.Fetching;

namespace Monitor.Worker.Warc;

/// <summary>Takes an answer's content out of sealed records again.</summary>
public static class SealedAnswers
{
    /// <summary>The content with that digest, framing and codings taken off; null when no whole response of it is among the records.</summary>
    public static async Task<byte[]?> ContentAsync(ReadOnlyMemory<byte> records, Digest sha256, CancellationToken cancellation)
    {
        try
        {
            WarcRecord? answer = null;
            var wanted = sha256.ToString();
            foreach (var record in WarcReader.Read(records))
            {
                // The metadata, which tells the digest, stands after the response it belongs to.
                if (record.Type == "response")
                    answer = record;
                else if (record.Type == "metadata" && answer is not null && record["WARC-Concurrent-To"] == $"<{answer.Id}>"
                    && WarcReader.BlockFields(record).Any(field => field.Key == "entity-sha256" && field.Value == wanted)
                    && await EntityAsync(answer, cancellation) is { } content)
                    return content;
            }
        }
        catch (InvalidDataException)
        {
            // The vault has authenticated the bytes: a newer program wrote them otherwise.
        }

        return null;
    }

    /// <summary>A response's body, framing and codings taken off; null when it is not whole.</summary>
    public static async Task<byte[]?> EntityAsync(WarcRecord answer, CancellationToken cancellation)
    {
        if (WireResponse.Read(answer.Block.Span) is not { } wire || wire.Payload(answer.Block) is not { } payload)
            return null;
        using var stream = new MemoryStream(payload.ToArray(), writable: false);
        var read = await BodyReader.ReadAsync(stream, null, wire.ContentEncoding, Whole, cancellation);
        return read is { Cap: null, Problem: null } ? read.Body : null;
    }

    /// <summary>What was read once within the limits of its time is read again.</summary>
    private static readonly FetchLimits Whole = new() { MaxWireBytes = int.MaxValue, MaxBodyBytes = int.MaxValue };
}
