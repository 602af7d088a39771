using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Hashing;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Extracting;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Recording;
using Monitor.Worker.Ports;
using Monitor.Worker.Warc;

namespace Monitor.Worker.Pipeline;

/// <summary>
/// Seals what one look saw. Every exchange leaves records: whole where its content is new, else as a revisit of what was kept before.
/// Known material is never kept, unless police ordered its preservation: of it remain head, length and digests. Each new media file is an item of
/// its own, so that its key can be destroyed without touching the rest.
/// </summary>
public sealed class LookSealing(IEvidenceVault vault, string toolVersion)
{
    private const string KnownMaterial = "known-material";
    private const string NotOwn = "not-the-target's";
    private const string SameRendering = "same-rendering";
    private const string SameBeginning = "same-beginning";

    private static readonly Keeping Everything = new Keeping.Everything();

    /// <param name="before">What was sealed already; grows by what is sealed now.</param>
    public async Task<InspectionRecord> SealAsync(Target target, InspectionRecord record, SealedBefore before, CancellationToken cancellation)
    {
        var context = Context(record.Observation.Vantage);
        var exchanges = new ExchangeRecords(context);
        var look = new ArrayBufferWriter<byte>(16 * 1024);
        var captures = new List<SealRequest>();
        var records = new List<SealRequest>();
        var withheld = !target.Preserve && record.Media.Any(media => media.Known && DataUrl.Is(media.Url));
        var newPage = record.PageDigest is { } digest && digest != target.CapturedPage && before.Pages.Add(digest);
        // The bytes of a shell stay the same whatever it shows: what a browser showed is kept each time it is new.
        var newShown = record is { RenderedHtml: not null, Observation.Render.Text: { } shown } && shown != target.CapturedRendering && before.Pages.Add(shown);
        if (!withheld && newShown)
        {
            captures.Add(new SealRequest(target.Id, VaultKinds.Rendered, Encoding.UTF8.GetBytes(record.RenderedHtml!)));
        }

        if (record.Text.Length > 0 && (newShown || (newPage && record.RenderedHtml is null)))
        {
            captures.Add(new SealRequest(target.Id, VaultKinds.Text, Encoding.UTF8.GetBytes(record.Text)));
        }

        var page = record.Exchanges.LastOrDefault(exchange => exchange.Purpose == FetchPurpose.Page);
        WrittenAnswer? answer = null;
        CapturedRecord? earlier = null;
        foreach (var exchange in record.Exchanges)
        {
            var keeping = Everything;
            if (ReferenceEquals(exchange, page))
            {
                earlier = record.PageDigest is { } now ? before.Records.GetValueOrDefault(now) ?? (target.PageRecord?.Content == now ? target.PageRecord : null) : null;
                keeping = withheld ? new Keeping.HeadOnly(KnownMaterial)
                    : !exchange.Whole && record.PageDigest is not null && !newPage ? new Keeping.HeadOnly(SameBeginning)
                    : earlier is not null ? new Keeping.Again(earlier) : Everything;
                answer = exchanges.Write(look, exchange, keeping, exchange.Whole ? record.PageDigest : null);
                continue;
            }

            if (exchange.Purpose is FetchPurpose.Part or FetchPurpose.PagePart && !newShown)
            {
                keeping = new Keeping.HeadOnly(SameRendering);
            }

            exchanges.Write(look, exchange, keeping);
        }

        // Own: which of the records is the file's own item; null: what there is of it stands among the look's exchanges.
        var written = new Dictionary<int, (WrittenAnswer? Answer, CapturedRecord? Earlier, int? Own)>();
        for (var i = 0; i < record.Media.Count; i++)
        {
            var media = record.Media[i];
            if (media.Sealed is not null)
            {
                continue;
            }

            if (media.Exchanges.Count == 0)
            {
                // A picture within the page's own address has no exchange; the page that holds it has.
                if (media.Body.Length > 0 && media.Digests is { } digests && media.Own && (!media.Known || target.Preserve) && !target.Media.Any(known => known.Digests.Contains(digests.Sha256)) && before.Pages.Add(digests.Sha256))
                {
                    captures.Add(new SealRequest(target.Id, VaultKinds.Media, media.Body));
                }

                continue;
            }

            var keeping = OfMedia(target, media, before);
            var own = keeping is Keeping.Everything && media.Digests is not null;
            var to = own ? new ArrayBufferWriter<byte>(media.Exchanges[^1].Response.Length + 4096) : look;
            written[i] = (Write(exchanges, to, media, keeping), (keeping as Keeping.Again)?.Before, own ? records.Count : null);
            if (own)
            {
                records.Add(new SealRequest(target.Id, VaultKinds.MediaExchange, to.WrittenMemory));
            }
        }

        if (look.WrittenCount > 0)
        {
            records.Add(new SealRequest(target.Id, VaultKinds.Exchanges, look.WrittenMemory));
        }

        var ids = captures.Count + records.Count == 0 ? [] : await vault.SealAsync([.. captures, .. records], cancellation);
        var captureIds = ids.Take(captures.Count).ToList();
        var recordIds = ids.Skip(captures.Count).ToList();
        var lookItem = look.WrittenCount > 0 ? recordIds[^1] : "";

        CapturedRecord? Kept(WrittenAnswer? answer, string item) =>
            answer is null ? null : before.Records[answer.Entity] = Place(answer, item);

        var allMedia = record.Media.Select((media, i) => media.Sealed is { } done ? media with { Record = done.Record }
            : written.TryGetValue(i, out var kept) ? media with { Body = [], Exchanges = [], Record = Kept(kept.Answer, kept.Own is { } own ? recordIds[own] : lookItem) ?? kept.Earlier }
            : media with { Body = [] }).ToList();
        var sealedEarly = record.Media.Select(media => media.Sealed).OfType<SealedMedia>().ToList();
        return record with
        {
            Captures = captureIds,
            Records = [.. sealedEarly.Select(one => one.Item), .. recordIds],
            RecordDigests = [.. sealedEarly.Select(one => one.Sha256), .. records.Select(item => Sha256(item.Content.Span))],
            PageRecord = Kept(answer, lookItem) ?? earlier,
            Media = allMedia,
            Exchanges = [],
        };
    }

    /// <summary>Seals a large file as soon as it was judged, so that it does not wait in memory for the rest of the page.</summary>
    public async Task<MediaSeen> SealEarlyAsync(Target target, MediaSeen media, string vantage, CancellationToken cancellation)
    {
        var before = new SealedBefore();
        var keeping = OfMedia(target, media, before);
        var to = new ArrayBufferWriter<byte>(media.Exchanges[^1].Response.Length + 4096);
        var answer = Write(new ExchangeRecords(Context(vantage)), to, media, keeping);
        var item = (await vault.SealAsync([new SealRequest(target.Id, keeping is Keeping.Everything ? VaultKinds.MediaExchange : VaultKinds.Exchanges, to.WrittenMemory)], cancellation))[0];
        var place = answer is null ? (keeping as Keeping.Again)?.Before : Place(answer, item);
        return media with { Body = [], Exchanges = [], Sealed = new SealedMedia(item, Sha256(to.WrittenSpan), place) };
    }

    private static Keeping OfMedia(Target target, MediaSeen media, SealedBefore before)
    {
        if (media.Known && !target.Preserve)
        {
            return new Keeping.HeadOnly(KnownMaterial);
        }

        if (!media.Own)
        {
            return new Keeping.HeadOnly(NotOwn);
        }

        var earlier = media.Digests is not { } digests ? null
            : before.Records.GetValueOrDefault(digests.Sha256) ?? target.Media.FirstOrDefault(known => known.Record?.Content == digests.Sha256)?.Record;
        return earlier is null ? Everything : new Keeping.Again(earlier);
    }

    /// <summary>The last exchange is the answer; before it stand robots.txt, redirects and tries that failed.</summary>
    private static WrittenAnswer? Write(ExchangeRecords records, ArrayBufferWriter<byte> to, MediaSeen media, Keeping keeping)
    {
        WrittenAnswer? answer = null;
        for (var i = 0; i < media.Exchanges.Count; i++)
        {
            var last = i == media.Exchanges.Count - 1;
            var written = records.Write(to, media.Exchanges[i], last || media.Exchanges[i].Purpose == FetchPurpose.Media ? keeping : Everything, last ? media.Digests?.Sha256 : null);
            answer = last ? written : answer;
        }

        return answer;
    }

    private static CapturedRecord Place(WrittenAnswer answer, string item) => new(item, answer.RecordId, answer.Url, answer.At, answer.Payload, answer.Entity);

    private RecordingContext Context(string vantage) => new(vantage, $"Monitor/{toolVersion}", HostClock.Read());

    private static Digest Sha256(ReadOnlySpan<byte> bytes) => Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(bytes));
}

/// <summary>What earlier looks, and those of the same round, have sealed.</summary>
public sealed class SealedBefore
{
    /// <summary>SHA-256 of page bytes, shown texts and pictures.</summary>
    public HashSet<Digest> Pages { get; } = [];

    /// <summary>Where content is kept, by its SHA-256.</summary>
    public Dictionary<Digest, CapturedRecord> Records { get; } = [];
}

/// <param name="Item">Vault item.</param>
/// <param name="Sha256">Of the item's content.</param>
/// <param name="Record">Where the file itself is kept; null: nowhere.</param>
public sealed record SealedMedia(string Item, Digest Sha256, CapturedRecord? Record);
