using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Worker.Extracting;
using Monitor.Worker.Warc;

namespace Monitor.Worker.Evidence.Packaging;

/// <summary>
/// The looks of a package as one WACZ 1.1.1, for people who want to replay them with public tools: archive, CDXJ index, list of pages, data package with digests.
/// </summary>
public sealed class WaczWriter(StoredZipWriter zip, string tool, DateTimeOffset at, string title)
{
    private const string Archive = "archive/data.warc.gz";

    private static readonly JsonSerializerOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly PageReader Reader = new();

    private readonly List<string> _index = [];
    private readonly List<string> _pages = [];
    private readonly List<(string Path, string Hash, long Bytes)> _resources = [];

    /// <param name="records">Every sealed look, its records in order; asked for once.</param>
    public async Task WriteAsync(IAsyncEnumerable<IReadOnlyList<WarcRecord>> records, string infoId, CancellationToken cancellation)
    {
        await AddAsync(Archive, async (stream, token) =>
        {
            var offset = 0L;
            async Task<int> PutAsync(ReadOnlyMemory<byte> record)
            {
                var member = WarcGzip.Member(record);
                await stream.WriteAsync(member, token);
                offset += member.Length;
                return member.Length;
            }

            await PutAsync(WarcGzip.Info(infoId, at, tool, "data.warc.gz"));
            await foreach (var look in records.WithCancellation(token))
            {
                foreach (var record in look)
                {
                    var begin = offset;
                    var length = await PutAsync(record.Raw);
                    if (record.Type is "response" or "revisit")
                        Index(record, begin, length);
                }

                await PageAsync(look, token);
            }
        }, cancellation);

        _index.Sort(StringComparer.Ordinal);
        await AddAsync("indexes/index.cdxj", string.Concat(_index.Select(line => line + "\n")), cancellation);
        await AddAsync("pages/pages.jsonl", """{"format":"json-pages-1.0","id":"pages","title":"Pages"}""" + "\n" + string.Concat(_pages.Select(page => page + "\n")), cancellation);
        var package = JsonSerializer.Serialize(new
        {
            profile = "data-package",
            wacz_version = "1.1.1",
            software = tool,
            title,
            created = WarcWriter.Date(at),
            resources = _resources.Select(one => new { name = one.Path.Split('/')[^1], path = one.Path, hash = "sha256:" + one.Hash, bytes = one.Bytes }),
        }, Lines);
        await zip.AddAsync("datapackage.json", Encoding.UTF8.GetBytes(package), cancellation);
        await zip.AddAsync("datapackage-digest.json", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { path = "datapackage.json", hash = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(package))) }, Lines)), cancellation);
        await zip.FinishAsync(cancellation);
    }

    private void Index(WarcRecord record, long offset, int length)
    {
        var url = record["WARC-Target-URI"] ?? "";
        var wire = WireResponse.Read(record.Block.Span);
        _index.Add($"{Surt(url)} {WarcGzip.CdxTime(record["WARC-Date"] ?? "")} " + JsonSerializer.Serialize(new
        {
            url,
            mime = record.Type == "revisit" ? "warc/revisit" : MimeOf(record, wire),
            status = (wire?.Status ?? 0).ToString(CultureInfo.InvariantCulture),
            digest = record["WARC-Payload-Digest"] ?? record["WARC-Block-Digest"] ?? "",
            length = length.ToString(CultureInfo.InvariantCulture),
            offset = offset.ToString(CultureInfo.InvariantCulture),
            filename = "data.warc.gz",
        }, Lines));
    }

    /// <summary>The page of a look: its first answer that a page was asked for by.</summary>
    private async Task PageAsync(IReadOnlyList<WarcRecord> look, CancellationToken cancellation)
    {
        var page = look.FirstOrDefault(record => record.Type == "metadata" && record["Content-Type"] == "application/warc-fields" && WarcReader.BlockFields(record).Any(field => field is { Key: "purpose", Value: "page" }));
        if (page is null)
            return;
        _pages.Add(JsonSerializer.Serialize(new { id = page.Id.Split(':')[^1], url = page["WARC-Target-URI"], ts = page["WARC-Date"], title = await TitleAsync(look, page, cancellation) }, Lines));
    }

    /// <summary>The page's own title; its address, where the look holds no whole HTML of it.</summary>
    private static async Task<string?> TitleAsync(IReadOnlyList<WarcRecord> look, WarcRecord page, CancellationToken cancellation)
    {
        var url = page["WARC-Target-URI"];
        if (look.FirstOrDefault(record => record.Type == "response" && page["WARC-Concurrent-To"] == $"<{record.Id}>") is not { } answer
            || WireResponse.Read(answer.Block.Span) is not { } wire || await SealedAnswers.EntityAsync(answer, cancellation) is not { } body)
        {
            return url;
        }

        var reading = Reader.Read(new PageSource(body, wire.Headers(answer.Block.Span).GetValueOrDefault("content-type"), url ?? ""), cancellation);
        return reading.Outline?.Title is { Length: > 0 } title ? title : url;
    }

    /// <summary>As the server named it, without parameters; CDX says "unk" of what has no name.</summary>
    private static string MimeOf(WarcRecord record, WireResponse? wire) =>
        wire?.Headers(record.Block.Span).GetValueOrDefault("content-type")?.Split(';')[0].Trim().ToLowerInvariant() is { Length: > 0 } type ? type : "unk";

    /// <summary>Sort-friendly form of a URL: "example,forum)/t/7?a=1", as CDX indexes are ordered by.</summary>
    internal static string Surt(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            return url;
        var host = address.HostNameType == UriHostNameType.Dns ? string.Join(',', address.IdnHost.ToLowerInvariant().Split('.').Reverse()) : address.Host;
        if (host.EndsWith(",www", StringComparison.Ordinal))
            host = host[..^4];
        var port = address.IsDefaultPort ? "" : ":" + address.Port.ToString(CultureInfo.InvariantCulture);
        return $"{host}{port}){address.PathAndQuery.ToLowerInvariant()}";
    }

    private Task AddAsync(string path, string text, CancellationToken cancellation) =>
        AddAsync(path, async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token), cancellation);

    private async Task AddAsync(string path, Func<Stream, CancellationToken, Task> content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await zip.AddAsync(path, async (stream, token) =>
        {
            await using var through = new HashingStream(stream, hash);
            await content(through, token);
            _resources.Add((path, "", through.Written));
        }, cancellation);
        _resources[^1] = _resources[^1] with { Hash = Convert.ToHexStringLower(hash.GetHashAndReset()) };
    }
}
