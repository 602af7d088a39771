using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Monitor.Rules.Custody;
using Monitor.Worker.Evidence.LogSigning;
using Monitor.Worker.Evidence.Timestamping;
using Monitor.Worker.Ports;
using Monitor.Worker.Warc;

namespace Monitor.Worker.Evidence.Packaging;

/// <summary>
/// Checks a package, as an archive or unpacked, without any store, network or configuration. Each check is told with its reason; an added file is told like a missing or an altered one,
/// and so is any bit of the archive that a package of ours would not have.
/// </summary>
public static class PackageVerifier
{
    private const string Signature = "signatures/tagmanifest-sha256.txt.p7s";
    private const string Stamp = Signature + ".tsr";
    private const string TagManifest = "tagmanifest-sha256.txt";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly string[] Listed = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"];
    private const int LargestSmallFile = 64 * 1024 * 1024;

    /// <param name="path">A decrypted archive, or a directory that it was unpacked into.</param>
    /// <param name="roots">Roots of the signer; empty: the signature is checked, its owner is not.</param>
    /// <param name="stampRoots">Roots of the time stamping authority.</param>
    /// <param name="vkey">The log's key known from elsewhere; null: the one in the package.</param>
    public static async Task<IReadOnlyList<PackageFinding>> RunAsync(string path, X509Certificate2Collection roots, X509Certificate2Collection stampRoots, NoteKey? vkey, CancellationToken cancellation)
    {
        var findings = new List<PackageFinding>();
        if (Directory.Exists(path))
        {
            await CheckAsync(new DirectoryFiles(path), findings, roots, stampRoots, vkey, cancellation);
            return findings;
        }

        if (!File.Exists(path))
            return [new PackageFinding("file", false, path, "not-found")];
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        ZipArchive archive;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            _ = archive.Entries.Count;
        }
        catch (InvalidDataException)
        {
            return [new PackageFinding("archive", false, Path.GetFileName(path), path.EndsWith(".gpg", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".p7m", StringComparison.OrdinalIgnoreCase) ? "encrypted" : "not-an-archive")];
        }

        using (archive)
        {
            var names = archive.Entries.Select(entry => entry.FullName).ToList();
            var twice = names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
            findings.AddRange(twice.Select(name => new PackageFinding("archive", false, name, "name-twice")));
            findings.AddRange(names.Where(name => name.Split('/').Any(part => part is "" or "." or "..") || name.Contains('\\', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal)).Select(name => new PackageFinding("archive", false, name, "path-outside")));
            if (findings.Count > 0)
                return findings;
            var files = new ArchiveFiles(archive);
            await CheckAsync(files, findings, roots, stampRoots, vkey, cancellation);
            findings.Add(await IsOursAsync(archive, stream, cancellation)
                ? new PackageFinding("archive", true, Path.GetFileName(path), "every-byte-accounted-for")
                : new PackageFinding("archive", false, Path.GetFileName(path), "bytes-beside-the-files"));
        }

        return findings;
    }

    /// <summary>Writes the same files anew, as a package of ours is written: equal bytes, or something stands in the archive that is no file.</summary>
    private static async Task<bool> IsOursAsync(ZipArchive archive, FileStream original, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var hashed = new HashingStream(Stream.Null, hash))
        {
            using var zip = new StoredZipWriter(hashed, leaveOpen: true);
            foreach (var entry in archive.Entries)
            {
                try
                {
                    await zip.AddAsync(entry.FullName, async (to, token) =>
                    {
                        await using var from = await entry.OpenAsync(token);
                        await from.CopyToAsync(to, token);
                    }, cancellation);
                }
                catch (Exception altered) when (Unreadable(altered))
                {
                    return false;
                }
            }

            await zip.FinishAsync(cancellation);
        }

        var anew = hash.GetHashAndReset();
        original.Position = 0;
        return (await SHA256.HashDataAsync(original, cancellation)).AsSpan().SequenceEqual(anew);
    }

    private static async Task CheckAsync(IFiles files, List<PackageFinding> findings, X509Certificate2Collection roots, X509Certificate2Collection stampRoots, NoteKey? vkey, CancellationToken cancellation)
    {
        void Tell(string check, bool good, string what, string why = "") => findings.Add(new PackageFinding(check, good, what, why));
        if (await files.ReadAsync("bagit.txt", cancellation) is not { } bagit || !Encoding.UTF8.GetString(bagit).StartsWith("BagIt-Version: 1.0\n", StringComparison.Ordinal))
        {
            Tell("bag", false, "bagit.txt", "not-a-bag");
            return;
        }

        var payload = await ManifestAsync(files, "manifest-sha256.txt", cancellation);
        var tags = await ManifestAsync(files, TagManifest, cancellation);
        if (payload is null || tags is null)
        {
            Tell("bag", false, payload is null ? "manifest-sha256.txt" : TagManifest, "missing-or-unreadable");
            return;
        }

        await FilesAsync(files, payload, tags, Tell, cancellation);
        var tagBytes = (await files.ReadAsync(TagManifest, cancellation))!;
        var signature = await files.ReadAsync(Signature, cancellation);
        Signed(tagBytes, signature, roots, Tell);
        if (await files.ReadAsync(Stamp, cancellation) is { } stamp)
            Stamped(stamp, signature ?? [], stampRoots, Tell);
        await WarcsAsync(files, payload, Tell, cancellation);
        await CustodyAsync(files, payload, vkey, Tell, cancellation);
    }

    private static async Task FilesAsync(IFiles files, SortedDictionary<string, string> payload, SortedDictionary<string, string> tags, Action<string, bool, string, string> tell, CancellationToken cancellation)
    {
        foreach (var (manifest, listed) in new[] { ("manifest", payload), ("tagmanifest", tags) })
        {
            var bad = 0;
            foreach (var (name, expected) in listed)
            {
                var found = await files.HashAsync(name, cancellation);
                if (found is not null && string.Equals(found, expected, StringComparison.OrdinalIgnoreCase))
                    continue;
                bad++;
                tell(manifest, false, name, found is null ? "missing" : "altered");
            }

            if (bad == 0)
                tell(manifest, true, string.Create(CultureInfo.InvariantCulture, $"{(manifest == "manifest" ? "manifest-sha256.txt" : TagManifest)}, {listed.Count} files"), "");
        }

        foreach (var name in files.Names)
        {
            if (!payload.ContainsKey(name) && !tags.ContainsKey(name) && name is not (TagManifest or Signature or Stamp) && !IsRoot(name))
                tell("manifest", false, name, "added");
        }

        foreach (var name in payload.Keys.Where(name => !name.StartsWith("data/", StringComparison.Ordinal)))
            tell("manifest", false, name, "outside-data");
        foreach (var name in Listed.Where(name => !tags.ContainsKey(name)))
            tell("tagmanifest", false, name, "not-listed");
    }

    /// <summary>Where VERIFY.md asks people to put roots from elsewhere.</summary>
    private static bool IsRoot(string name) => name is "root.pem" or "tsa-root.pem";

    private static void Signed(byte[] content, byte[]? signature, X509Certificate2Collection roots, Action<string, bool, string, string> tell)
    {
        if (signature is null)
        {
            tell("signature", false, Signature, "missing");
            return;
        }

        try
        {
            var cms = new SignedCms(new ContentInfo(content), detached: true);
            cms.Decode(signature);
            // The whole file is the signature: bytes behind it would be somebody else's.
            if (cms.SignerInfos.Count != 1 || !AsnEnds(signature))
            {
                tell("signature", false, Signature, "not-one-signature");
                return;
            }

            cms.CheckSignature(verifySignatureOnly: true);
            var signer = cms.SignerInfos[0].Certificate!;
            var name = signer.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            if (roots.Count == 0)
            {
                tell("signature", true, name, "owner-not-checked");
                return;
            }

            var signedAt = cms.SignerInfos[0].SignedAttributes.Cast<CryptographicAttributeObject>().SelectMany(attribute => attribute.Values.Cast<AsnEncodedData>()).OfType<Pkcs9SigningTime>().Select(time => time.SigningTime).FirstOrDefault(signer.NotBefore.ToUniversalTime());
            using var chain = new X509Chain { ChainPolicy = RootTrust.Policy(roots, cms.Certificates, signedAt) };
            tell("signature", chain.Build(signer), name, chain.ChainStatus.Length == 0 ? "trusted" : chain.ChainStatus[0].Status.ToString());
        }
        catch (CryptographicException)
        {
            tell("signature", false, Signature, "does-not-hold");
        }
    }

    private static bool AsnEnds(ReadOnlySpan<byte> der)
    {
        try
        {
            System.Formats.Asn1.AsnDecoder.ReadSequence(der, System.Formats.Asn1.AsnEncodingRules.BER, out _, out _, out var consumed);
            return consumed == der.Length;
        }
        catch (System.Formats.Asn1.AsnContentException)
        {
            return false;
        }
    }

    private static void Stamped(byte[] stamp, byte[] signature, X509Certificate2Collection roots, Action<string, bool, string, string> tell)
    {
        if (!AsnEnds(stamp))
        {
            tell("stamp", false, Stamp, "not-a-token");
            return;
        }

        switch (TimestampCheck.Of(stamp, signature, roots))
        {
            case StampCheck.Good good:
                tell("stamp", good.Trusted || roots.Count == 0, $"{good.Authority}, {good.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", roots.Count == 0 ? "authority-not-checked" : good.Trusted ? "trusted" : "not-trusted");
                break;
            case StampCheck.Bad bad:
                tell("stamp", false, Stamp, bad.Code);
                break;
        }
    }

    private static async Task WarcsAsync(IFiles files, SortedDictionary<string, string> payload, Action<string, bool, string, string> tell, CancellationToken cancellation)
    {
        var (count, records, bad) = (0, 0L, 0);
        var logged = await files.ReadAsync("data/custody/custody.jsonl", cancellation) is { } log ? Encoding.UTF8.GetString(log) : "";
        foreach (var name in payload.Keys.Where(name => name.EndsWith(".warc.gz", StringComparison.Ordinal)))
        {
            count++;
            var why = "";
            try
            {
                if (await files.ReadAsync(name, cancellation) is not { } packed)
                    continue;
                using var plain = new MemoryStream();
                await using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
                    await gzip.CopyToAsync(plain, cancellation);
                var bytes = plain.ToArray();
                foreach (var record in WarcReader.Read(bytes))
                {
                    records++;
                    if (record["WARC-Block-Digest"] != WarcWriter.Sha256(record.Block.Span))
                        why = "block-digest";
                }

                // What was written to the log when it was seen.
                if (why.Length == 0 && !logged.Contains(WarcWriter.Sha256(bytes), StringComparison.Ordinal) && !name.Contains("-before-", StringComparison.Ordinal))
                    why = "not-in-the-log";
            }
            catch (InvalidDataException problem)
            {
                why = problem.Message;
            }

            if (why.Length > 0)
            {
                bad++;
                tell("warc", false, name, why);
            }
        }

        if (bad == 0)
            tell("warc", true, string.Create(CultureInfo.InvariantCulture, $"{count} files, {records} records"), "");
    }

    private static async Task CustodyAsync(IFiles files, SortedDictionary<string, string> payload, NoteKey? vkey, Action<string, bool, string, string> tell, CancellationToken cancellation)
    {
        if (await files.ReadAsync("data/custody/checkpoint", cancellation) is not { } bytes || !SignedNote.TryParse(Encoding.UTF8.GetString(bytes), out var note) || !Checkpoint.TryParse(note.Body, out var checkpoint))
        {
            tell("custody", false, "data/custody/checkpoint", "missing-or-unreadable");
            return;
        }

        var verifier = new LogKeyFile("");
        var keys = vkey is not null ? [vkey] : (await files.ReadAsync("data/custody/vkey", cancellation) is { } listed ? Encoding.UTF8.GetString(listed).Split('\n') : []).Select(line => NoteKey.TryParse(line, out var key) ? key : null).OfType<NoteKey>().ToList();
        if (!keys.Any(key => note.Check(key, verifier.Verify) is NoteCheck.Good))
        {
            tell("custody", false, "data/custody/checkpoint", "signature");
            return;
        }

        var (good, bad) = (0, 0);
        foreach (var name in payload.Keys.Where(name => name.EndsWith(".tlog-proof", StringComparison.Ordinal)))
        {
            var entry = await files.ReadAsync(name[..^".tlog-proof".Length] + ".json", cancellation);
            if (await files.ReadAsync(name, cancellation) is { } proofBytes && entry is not null && LogProof.TryParse(Encoding.UTF8.GetString(proofBytes), out var proof) && proof.Checkpoint.Body == note.Body && proof.Holds(entry))
            {
                good++;
                continue;
            }

            bad++;
            tell("custody", false, name, "does-not-lead-to-the-checkpoint");
        }

        if (bad == 0)
            tell("custody", true, string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Origin} {checkpoint.Size}, {good} proofs"), vkey is null ? "key-from-the-package" : "");
    }

    private static async Task<SortedDictionary<string, string>?> ManifestAsync(IFiles files, string name, CancellationToken cancellation)
    {
        if (await files.ReadAsync(name, cancellation) is not { } bytes)
            return null;
        var listed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length < 67 || line[64..66] != "  " || line.AsSpan(0, 64).ContainsAnyExcept(HexDigits) || !listed.TryAdd(line[66..], line[..64]))
                return null;
        }

        return listed;
    }

    /// <summary>Besides content that does not unpack, an altered directory may send the reader to where no file can be.</summary>
    private static bool Unreadable(Exception problem) => problem is InvalidDataException or IOException or ArgumentException or NotSupportedException;

    /// <summary>The files of a package, wherever they lie.</summary>
    private interface IFiles
    {
        IEnumerable<string> Names { get; }

        /// <summary>Null: not there, or not readable, or far larger than such a file is.</summary>
        Task<byte[]?> ReadAsync(string name, CancellationToken cancellation);

        /// <summary>SHA-256 in lower-case hex; null: not there.</summary>
        Task<string?> HashAsync(string name, CancellationToken cancellation);
    }

    private sealed class DirectoryFiles(string root) : IFiles
    {
        public IEnumerable<string> Names => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

        public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellation) =>
            Find(name) is { } file && new FileInfo(file).Length <= LargestSmallFile * 4L ? await File.ReadAllBytesAsync(file, cancellation) : null;

        public async Task<string?> HashAsync(string name, CancellationToken cancellation)
        {
            if (Find(name) is not { } file)
                return null;
            await using var stream = File.OpenRead(file);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        }

        private string? Find(string name)
        {
            var file = Path.GetFullPath(Path.Combine(root, name));
            return file.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(file) ? file : null;
        }
    }

    private sealed class ArchiveFiles(ZipArchive archive) : IFiles
    {
        public IEnumerable<string> Names => archive.Entries.Select(entry => entry.FullName);

        public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellation)
        {
            if (archive.GetEntry(name) is not { Length: <= LargestSmallFile * 4L } entry)
                return null;
            try
            {
                using var to = new MemoryStream();
                await using var from = await entry.OpenAsync(cancellation);
                await from.CopyToAsync(to, cancellation);
                return to.ToArray();
            }
            catch (Exception altered) when (Unreadable(altered))
            {
                return null;
            }
        }

        public async Task<string?> HashAsync(string name, CancellationToken cancellation)
        {
            if (archive.GetEntry(name) is not { } entry)
                return null;
            try
            {
                await using var from = await entry.OpenAsync(cancellation);
                return Convert.ToHexStringLower(await SHA256.HashDataAsync(from, cancellation));
            }
            catch (Exception altered) when (Unreadable(altered))
            {
                return "unreadable";
            }
        }
    }
}

/// <param name="Check">"archive", "bag", "manifest", "tagmanifest", "signature", "stamp", "warc", "custody".</param>
/// <param name="What">The file, or who signed, or how many.</param>
/// <param name="Why">Why it failed, or what to know of it.</param>
public sealed record PackageFinding(string Check, bool Good, string What, string Why);
