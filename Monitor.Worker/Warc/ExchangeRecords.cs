using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Monitor.Rules.Hashing;
using Monitor.Worker.Fetching.Recording;

namespace Monitor.Worker.Warc;

/// <summary>
/// An exchange as WARC records: response (or revisit), request and metadata, the last also where nothing answered; certificates once per chain.
/// The response block is the answer byte for byte. A chunked body keeps its framing, so its payload digest is left out of the response (readers
/// disagree on what it would be of); the digest of the content stands in the metadata.
/// </summary>
public sealed class ExchangeRecords(RecordingContext context)
{
    private const string SamePayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

    private readonly HashSet<string> _chains = new(StringComparer.Ordinal);

    /// <summary>Appends the records of one exchange.</summary>
    /// <param name="entity">SHA-256 of <see cref="Exchange.Entity"/> where it is known already; null: computed here.</param>
    /// <returns>The response record, to be referred to later; null unless a whole answer was kept whole.</returns>
    public WrittenAnswer? Write(IBufferWriter<byte> to, Exchange exchange, Keeping keeping, Digest? entity = null)
    {
        var metadata = WarcWriter.NewId();
        var request = exchange.Request.IsEmpty ? null : WarcWriter.NewId();
        var response = exchange.Response.IsEmpty ? null : WarcWriter.NewId();
        var subject = response ?? request;
        var chain = Chain(to, exchange, subject ?? metadata);
        WrittenAnswer? written = null;
        var facts = new List<(string, string?)>();
        if (response is not null)
            written = Answer(to, exchange, keeping, entity, response, facts);
        if (request is not null)
        {
            WarcWriter.Write(to, "request", request, exchange.At, [.. Common(exchange), ("WARC-Concurrent-To", response is null ? null : $"<{response}>"), ("Content-Type", "application/http;msgtype=request")], exchange.Request.Span);
        }

        WarcWriter.Write(
            to,
            "metadata",
            metadata,
            exchange.At,
            [.. Common(exchange), ("WARC-Concurrent-To", subject is null ? null : $"<{subject}>"), ("Content-Type", "application/warc-fields")],
            WarcWriter.Fields([.. About(exchange, chain), .. facts]));
        return written;
    }

    private static WrittenAnswer? Answer(IBufferWriter<byte> to, Exchange exchange, Keeping keeping, Digest? entity, string id, List<(string, string?)> facts)
    {
        var block = exchange.Response;
        var wire = WireResponse.Read(block.Span);
        var payload = wire is not null && exchange.Whole ? wire.Payload(block) : null;
        var plain = wire is { Chunked: false, ContentEncoding: "" };
        if (exchange.Whole)
        {
            entity ??= Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(exchange.Entity.Span));
            facts.Add(("entity-sha256", entity.Value.ToString()));
            facts.Add(("entity-length", Number(exchange.Entity.Length)));
        }

        // Without coding and framing the body is what was read of it, and its digest is known.
        var digest = payload is null ? (Digest?)null
            : plain && payload.Value.Length == exchange.Entity.Length && entity is not null ? entity
            : Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(payload.Value.Span));
        var type = "application/http;msgtype=response";
        if (wire is null)
        {
            // Not HTTP at all: kept as what it is.
            type = "application/octet-stream";
            facts.Add(("not-http", "true"));
        }

        switch (keeping)
        {
            case Keeping.Again again when wire is not null && digest is not null && digest == again.Before.Payload:
                WarcWriter.Write(
                    to,
                    "revisit",
                    id,
                    exchange.At,
                    [
                        .. Common(exchange),
                        ("WARC-Profile", SamePayload),
                        ("WARC-Refers-To", $"<{again.Before.RecordId}>"),
                        ("WARC-Refers-To-Target-URI", again.Before.Url),
                        ("WARC-Refers-To-Date", WarcWriter.Date(again.Before.At)),
                        ("WARC-Payload-Digest", "sha256:" + digest),
                        ("WARC-Truncated", "length"),
                        ("Content-Type", type),
                    ],
                    block.Span[..wire.HeadLength]);
                facts.Add(("block-sha256", WarcWriter.Sha256(block.Span)[7..]));
                facts.Add(("block-length", Number(block.Length)));
                return null;
            case Keeping.HeadOnly head:
                // Where the head's end cannot be told, nothing is known to be free of what must not be kept.
                var kept = block.Span[..(wire?.HeadLength ?? 0)];
                WarcWriter.Write(to, "response", id, exchange.At, [.. Common(exchange), ("WARC-Truncated", "unspecified"), ("Content-Type", type)], kept);
                facts.Add(("withheld", head.Reason));
                facts.Add(("block-sha256", WarcWriter.Sha256(block.Span)[7..]));
                facts.Add(("block-length", Number(block.Length)));
                facts.Add(("payload-sha256", digest?.ToString()));
                return null;
            default:
                WarcWriter.Write(
                    to,
                    "response",
                    id,
                    exchange.At,
                    [.. Common(exchange), ("WARC-Payload-Digest", wire is { Chunked: false } && digest is not null ? "sha256:" + digest : null), ("WARC-Truncated", exchange.Truncated), ("Content-Type", type)],
                    block.Span);
                return digest is null ? null : new WrittenAnswer(id, exchange.Url, exchange.At, digest.Value, entity!.Value);
        }
    }

    /// <summary>Digest of the chain; its certificates are written the first time that they are shown.</summary>
    private string? Chain(IBufferWriter<byte> to, Exchange exchange, string subject)
    {
        if (exchange.Connection?.Tls is not { Chain.Count: > 0 } tls)
            return null;
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var certificate in tls.Chain)
            all.AppendData(certificate);
        var digest = Convert.ToHexStringLower(all.GetHashAndReset());
        if (!_chains.Add(digest))
            return digest;
        var pem = new ArrayBufferWriter<byte>(8192);
        foreach (var certificate in tls.Chain)
        {
            pem.Write(System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", certificate)));
            pem.Write("\n"u8);
        }

        WarcWriter.Write(to, "metadata", WarcWriter.NewId(), exchange.At, [.. Common(exchange), ("WARC-Concurrent-To", $"<{subject}>"), ("Content-Type", "application/pem-certificate-chain")], pem.WrittenSpan);
        return digest;
    }

    private static (string, string?)[] Common(Exchange exchange) =>
        [("WARC-Target-URI", exchange.Url), ("WARC-IP-Address", exchange.Connection?.Pinned?.ToString())];

    private (string, string?)[] About(Exchange exchange, string? chain)
    {
        var line = exchange.Connection;
        return
        [
            ("outcome", exchange.Outcome),
            ("purpose", exchange.Purpose.ToString().ToLowerInvariant()),
            ("vantage", context.Vantage),
            ("elapsed-ms", Number((long)exchange.Elapsed.TotalMilliseconds)),
            ("resolved", line is { Resolved.Count: > 0 } ? string.Join(' ', line.Resolved) : null),
            ("pinned", line?.Pinned?.ToString()),
            ("through-proxy", line is { Tunnelled: true } ? "true" : null),
            ("tls", line?.Tls is { Protocol.Length: > 0 } tls ? $"{tls.Protocol} {tls.Cipher}" : null),
            ("tls-problem", line?.Tls?.Problem),
            ("tls-chain-sha256", chain),
            ("tool", context.Tool),
            ("clock", context.Clock.Source),
            ("clock-offset-us", context.Clock.Offset is { } offset ? Number((long)offset.TotalMicroseconds) : null),
            ("clock-error-us", context.Clock.LargestError is { } error ? Number((long)error.TotalMicroseconds) : null),
        ];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A response record that holds a whole answer.</summary>
/// <param name="Payload">SHA-256 of the body as it was sent, framing taken off, codings left on.</param>
/// <param name="Entity">SHA-256 of the body with codings taken off too.</param>
public sealed record WrittenAnswer(string RecordId, string Url, DateTimeOffset At, Digest Payload, Digest Entity);
