using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Rules.Hashing;
using Monitor.Worker.Ports;
using Monitor.Worker.Printing;
using Monitor.Worker.Settings;
using Monitor.Worker.Warc;

namespace Monitor.Worker.Evidence.Packaging;

/// <summary>
/// Writes one package from the vault to the encrypted file in one pass: bag, archive, encryption, digest, disk. Wire records are in memory one item at a time, anything else a chunk at a time, and nothing of it touches the disk
/// in the open.
/// </summary>
/// <param name="settings">In force at the moment.</param>
public sealed class PackageBuilder(IEvidenceVault vault, Func<EvidenceSettings> settings, ITimestampAuthority authority) : IPackageBuilder
{
    private static readonly JsonSerializerOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<PackageResult> BuildAsync(PackageOrder order, CancellationToken cancellation)
    {
        using var signer = PackageSigner.Open(settings(), order.At, out var problem, out var detail);
        if (signer is null)
            return new PackageResult.Failed(problem, detail);
        if (OfficialFonts.Find() is not { } fonts)
            return new PackageResult.Failed("font-missing", "");

        var part = order.Output + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(part))!);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Contents contents = null!;
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            long length;
            await using (var file = new FileStream(part, options))
            {
                await using (var hashed = new HashingStream(file, hash))
                {
                    await RecipientEncryption.WriteAsync(order.Request.RecipientKey, hashed, order.Request.Id + ".zip", order.At, async plain =>
                        contents = await WriteAsync(order, signer, fonts, plain, cancellation));
                    length = hashed.Written;
                }

                file.Flush(flushToDisk: true);
            }

            if (contents.Failed is { } failed)
                return failed;
            File.Move(part, order.Output, overwrite: true);
            return new PackageResult.Built(Digest.FromBytes(DigestKind.Sha256, hash.GetHashAndReset()), length, contents.Manifest, contents.Files, contents.Withheld);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new PackageResult.Failed("cannot-write", failure.Message);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Writes the archive in the open to a stream: the encryption's, or a test's.</summary>
    internal async Task<Contents> WriteAsync(PackageOrder order, PackageSigner signer, OfficialFonts fonts, Stream to, CancellationToken cancellation)
    {
        using var zip = new StoredZipWriter(to, leaveOpen: true);
        var bag = new BagWriter(zip);
        var files = new List<(string Path, string Sha256, long Length)>();
        async Task AddAsync(string path, Func<Stream, CancellationToken, Task> content)
        {
            var (sha256, length) = await bag.AddAsync(path, content, cancellation);
            files.Add(("data/" + path, sha256, length));
        }

        Task AddBytesAsync(string path, byte[] bytes) => AddAsync(path, async (stream, token) => await stream.WriteAsync(bytes, token));
        var withheld = new List<(PackageItem Item, string Why)>();
        foreach (var item in order.Items)
        {
            // Records are taken apart and written anew; whatever else there is passes through, once it is known to be whole.
            switch (VaultKinds.IsRecords(item.Item.Kind) ? await vault.OpenAsync(item.Item.Id, cancellation) : await vault.CopyAsync(item.Item.Id, Stream.Null, cancellation))
            {
                case OpenResult.Opened opened when VaultKinds.IsRecords(item.Item.Kind):
                    await AddAsync(item.Name + ".warc.gz", async (stream, token) =>
                    {
                        foreach (var record in WarcReader.Read(opened.Content))
                            await stream.WriteAsync(WarcGzip.Member(record.Raw), token);
                    });
                    break;
                case OpenResult.Opened opened:
                    await AddAsync(item.Name + Ending(item.Item.Kind, opened.Content), async (stream, token) =>
                    {
                        if (await vault.CopyAsync(item.Item.Id, stream, token) is not OpenResult.Opened)
                            throw new IOException($"{item.Item.Id} changed while it was read");
                    });
                    break;
                case OpenResult.Shredded:
                    withheld.Add((item, "key-destroyed"));
                    break;
                case OpenResult.Damaged damaged:
                    withheld.Add((item, "damaged: " + damaged.Problem));
                    break;
                case OpenResult.NotFound:
                    withheld.Add((item, "not-found"));
                    break;
            }
        }

        if (withheld.Count > 0)
        {
            await AddBytesAsync("withheld.jsonl", Encoding.UTF8.GetBytes(string.Concat(withheld.Select(one =>
                JsonSerializer.Serialize(new { item = one.Item.Item.Id, kind = one.Item.Item.Kind, target = one.Item.Item.Owner, sealedAt = WarcWriter.Date(one.Item.Item.SealedAt), length = one.Item.Item.Length, sha256 = one.Item.Item.Sha256.ToString(), why = one.Why }, Lines) + "\n"))));
        }

        if (order.Request.Renderings.Count > 0)
        {
            await AddBytesAsync("render/renderings.jsonl", Encoding.UTF8.GetBytes(string.Concat(order.Request.Renderings.Select(one =>
                JsonSerializer.Serialize(new { look = one.Observation, madeAt = WarcWriter.Date(one.At), browser = one.Browser, mediaGreyed = one.Items.Count > 0, cut = one.Cut, problem = one.Problem }, Lines) + "\n"))));
        }

        if (order.Items.Any(item => item.Item.Kind == VaultKinds.Exchanges))
        {
            await AddAsync($"capture/{order.Request.Id}.wacz", async (stream, token) =>
            {
                using var inner = new StoredZipWriter(stream, leaveOpen: true, plain: true);
                await new WaczWriter(inner, order.Tool, order.At, order.Request.Id).WriteAsync(LooksAsync(order, token), UuidOf(order.Request.Id), token);
            });
        }

        foreach (var target in order.Targets)
        {
            await AddBytesAsync($"observations/{target.Target.Id}.jsonl", Encoding.UTF8.GetBytes(string.Concat(target.Observations.Select(look => Encoding.UTF8.GetString(Storage.RowJson.Write(look)) + "\n"))));
            if (order.Request.Scope.Artefacts.Contains(EvidenceArtefact.Notices) && target.Notices.Count > 0)
                await AddBytesAsync($"notices/{target.Target.Id}.jsonl", Encoding.UTF8.GetBytes(string.Concat(target.Notices.Select(notice => Encoding.UTF8.GetString(Storage.RowJson.Write(notice)) + "\n"))));
        }

        foreach (var entry in order.Custody)
        {
            var name = $"custody/{entry.Sequence.ToString("D8", CultureInfo.InvariantCulture)}";
            await AddBytesAsync(name + ".json", entry.Canonical);
            await AddBytesAsync(name + ".tlog-proof", Encoding.UTF8.GetBytes(entry.Proof.ToString()));
        }

        await AddBytesAsync("custody/custody.jsonl", [.. order.Custody.SelectMany(entry => (byte[])[.. entry.Canonical, (byte)'\n'])]);
        await AddBytesAsync("custody/checkpoint", Encoding.UTF8.GetBytes(order.Checkpoint.Published));
        await AddBytesAsync("custody/vkey", Encoding.UTF8.GetBytes(string.Concat(order.LogKeys.Select(key => key + "\n"))));
        if (order.Checkpoint.Token is { } token)
            await AddBytesAsync("custody/checkpoint.tsr", token);
        await AddBytesAsync("report/case.jsonld", CaseGraph.Of(order, files));
        await AddBytesAsync("report/bao-cao.pdf", PackageReport.Of(order, files, [.. withheld.Select(one => one.Item.Name)], signer.Name, authority.IsConfigured, fonts));

        await bag.AddTagAsync("VERIFY.md", Encoding.UTF8.GetBytes(VerifyText.Of(authority.IsConfigured)), cancellation);
        await bag.AddTagAsync("trust/signer.pem", Encoding.ASCII.GetBytes(signer.Certificates), cancellation);
        var tags = await bag.SealAsync(
            [
                ("Source-Organization", order.Agency.Name),
                ("External-Identifier", order.Request.Id),
                ("External-Description", $"{order.Request.Number}; {order.Request.PoliceCase}"),
                ("Bagging-Date", order.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("Bag-Software-Agent", order.Tool),
            ],
            cancellation);
        var signature = signer.Sign(tags, order.At);
        await bag.AddBesideAsync("signatures/tagmanifest-sha256.txt.p7s", signature, cancellation);
        var result = new Contents(BagWriter.DigestOf(tags), bag.Files, [.. withheld.Select(one => $"{one.Item.Name}: {one.Why}")], null);
        if (authority.IsConfigured)
        {
            if (await authority.StampAsync(signature, cancellation) is not StampResult.Granted granted)
                return result with { Failed = new PackageResult.Failed("stamp", "") };
            await bag.AddBesideAsync("signatures/tagmanifest-sha256.txt.p7s.tsr", granted.Response, cancellation);
        }

        await zip.FinishAsync(cancellation);
        return result;
    }

    private async IAsyncEnumerable<IReadOnlyList<WarcRecord>> LooksAsync(PackageOrder order, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var item in order.Items.Where(item => item.Item.Kind == VaultKinds.Exchanges))
        {
            if (await vault.OpenAsync(item.Item.Id, cancellation) is OpenResult.Opened opened)
                yield return [.. WarcReader.Read(opened.Content)];
        }
    }

    private static string Ending(string kind, ReadOnlySpan<byte> content) => kind switch
    {
        VaultKinds.Text => ".txt",
        VaultKinds.Rendered => ".html",
        VaultKinds.RenderPng => ".png",
        VaultKinds.RenderPdf => ".pdf",
        VaultKinds.RenderMhtml => ".mhtml",
        _ when content.Length > 4 && content[0] == 0x89 && content[1..].StartsWith("PNG"u8) => ".png",
        _ when content.StartsWith("%PDF-"u8) => ".pdf",
        _ when content.Length > 2 && content[0] == 0xFF && content[1] == 0xD8 => ".jpg",
        _ => ".bin",
    };

    /// <summary>An id for what has none of its own, the same each time.</summary>
    private static string UuidOf(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("monitor package " + name));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(hash.AsSpan(0, 16), bigEndian: true):D}";
    }

    /// <param name="Failed">Set: what was written is to be thrown away.</param>
    internal sealed record Contents(Digest Manifest, int Files, IReadOnlyList<string> Withheld, PackageResult.Failed? Failed);
}
