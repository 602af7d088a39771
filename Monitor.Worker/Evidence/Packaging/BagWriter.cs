using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Hashing;

namespace Monitor.Worker.Evidence.Packaging;

/// <summary>
/// A bag (BagIt 1.0, RFC 8493) written straight into an archive: payload first, then manifest, bag-info and the other tag files, then the tag manifest, which is what gets signed.
/// </summary>
public sealed class BagWriter(StoredZipWriter zip)
{
    private readonly SortedDictionary<string, string> _payload = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _tags = new(StringComparer.Ordinal);
    private long _octets;

    public int Files => _payload.Count + _tags.Count;

    /// <summary>Path within "data/" and SHA-256 of what was written so far.</summary>
    public IReadOnlyDictionary<string, string> Payload => _payload;

    /// <param name="path">Without "data/".</param>
    /// <returns>SHA-256 and length of the content.</returns>
    public async Task<(string Sha256, long Length)> AddAsync(string path, Func<Stream, CancellationToken, Task> content, CancellationToken cancellation)
    {
        CheckPath(path);
        var (sha256, length) = await WriteAsync("data/" + path, content, cancellation);
        _payload.Add("data/" + path, sha256);
        _octets += length;
        return (sha256, length);
    }

    public Task<(string Sha256, long Length)> AddAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        AddAsync(path, async (stream, token) => await stream.WriteAsync(content, token), cancellation);

    /// <summary>A file beside the payload; it is in the tag manifest.</summary>
    public async Task AddTagAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        CheckPath(path);
        var (sha256, _) = await WriteAsync(path, async (stream, token) => await stream.WriteAsync(content, token), cancellation);
        _tags.Add(path, sha256);
    }

    /// <summary>Writes bagit.txt, bag-info.txt, both manifests. What follows is over the tag manifest and not in it.</summary>
    /// <returns>The bytes of tagmanifest-sha256.txt.</returns>
    public async Task<byte[]> SealAsync(IReadOnlyList<(string Name, string Value)> info, CancellationToken cancellation)
    {
        await AddTagAsync("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"u8.ToArray(), cancellation);
        var oxum = string.Create(CultureInfo.InvariantCulture, $"{_octets}.{_payload.Count}");
        await AddTagAsync("bag-info.txt", Encoding.UTF8.GetBytes(string.Concat(info.Append(("Payload-Oxum", oxum)).Select(one => $"{one.Item1}: {one.Item2.ReplaceLineEndings(" ")}\n"))), cancellation);
        await AddTagAsync("manifest-sha256.txt", Manifest(_payload), cancellation);
        var tags = Manifest(_tags);
        await zip.AddAsync("tagmanifest-sha256.txt", tags, cancellation);
        return tags;
    }

    /// <summary>A file over the tag manifest: signatures and stamps.</summary>
    public Task AddBesideAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation) => zip.AddAsync(path, content, cancellation);

    public static Digest DigestOf(ReadOnlySpan<byte> bytes) => Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(bytes));

    /// <summary>As sha256sum writes and reads it.</summary>
    private static byte[] Manifest(SortedDictionary<string, string> files) => Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Value}  {file.Key}\n")));

    /// <summary>Names are ours alone: letters, digits and a few marks, so that no tool has to escape one.</summary>
    private static void CheckPath(string path)
    {
        if (path.Length == 0 || path.Split('/').Any(part => part.Length == 0 || part[0] == '.') || path.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('/' or '.' or '-' or '_')))
            throw new ArgumentException($"'{path}' is no path for a bag", nameof(path));
    }

    private async Task<(string Sha256, long Length)> WriteAsync(string path, Func<Stream, CancellationToken, Task> content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        await zip.AddAsync(path, async (stream, token) =>
        {
            await using var through = new HashingStream(stream, hash);
            await content(through, token);
            length = through.Written;
        }, cancellation);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }
}
