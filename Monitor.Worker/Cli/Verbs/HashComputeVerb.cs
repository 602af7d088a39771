using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Monitor.Rules.Hashing;
using Monitor.Worker.Media;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Digests of files of any size and, where they are pictures, their perceptual hashes. Needs no configuration and creates nothing.</summary>
public static class HashComputeVerb
{
    public static Command Build(VerbSet verbs)
    {
        var files = new Argument<string[]>("files") { Arity = ArgumentArity.OneOrMore };
        return verbs.Plain("compute", "Tính mã băm của tệp (ảnh: cả mã tri giác PDQ)", "Compute digests of files (pictures: the perceptual hash PDQ too)", [files], async (parsed, token) =>
        {
            foreach (var name in parsed.GetValue(files)!)
            {
                try
                {
                    await OneAsync(verbs.Context, name, token);
                }
                catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
                {
                    verbs.Context.Tell(new { file = name, error = problem.Message }, $"{name}: {problem.Message}", $"{name}: {problem.Message}");
                }
            }

            return ExitCodes.Done;
        });
    }

    private static async Task OneAsync(CliContext context, string name, CancellationToken cancellation)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = new FileStream(context.PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var kept = new MemoryStream();
        var decoder = MediaDecoder.Default;
        var picture = (MediaFormat?)null;
        var tooLarge = false;
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation)) > 0)
        {
            md5.AppendData(buffer, 0, read);
            sha1.AppendData(buffer, 0, read);
            sha256.AppendData(buffer, 0, read);

            // Only what begins as a picture is kept in memory, and only as much as is decoded.
            picture ??= MediaFormats.Sniff(buffer.AsSpan(0, Math.Min(read, MediaFormats.HeadBytes)));
            if (picture is MediaFormat.Unknown or MediaFormat.Video or MediaFormat.Svg || tooLarge)
            {
                if (kept.Length == 0)
                {
                    kept.Write(buffer, 0, Math.Min(read, MediaFormats.HeadBytes));
                }
            }
            else if (kept.Length + read > decoder.Limits.MaxBytes)
            {
                tooLarge = true;
                kept.SetLength(0);
                kept.Capacity = 0;
            }
            else
            {
                kept.Write(buffer, 0, read);
            }
        }

        var hashing = tooLarge
            ? new MediaHashing(new MediaDecoding.TooLarge(0, 0), [], null)
            : await MediaHasher.HashAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), decoder, dihedrals: false, cancellation);
        Tell(context, name, Hex(md5), Hex(sha1), Hex(sha256), hashing);
    }

    private static void Tell(CliContext context, string name, string md5, string sha1, string sha256, MediaHashing hashing)
    {
        var (width, height) = hashing.Decoding switch
        {
            MediaDecoding.Decoded decoded => (decoded.Width, decoded.Height),
            MediaDecoding.TooLarge large => (large.Width, large.Height),
            _ => (0, 0),
        };
        var pdq = hashing.Fingerprint;
        var row = new
        {
            file = name,
            md5,
            sha1,
            sha256,
            width = width > 0 ? width : (int?)null,
            height = height > 0 ? height : (int?)null,
            pdq = pdq?.Hash.ToString(),
            pdqQuality = pdq?.Quality,
            pdqVariant = pdq?.Variant,
            pdqGate = pdq?.Gate,
            picture = hashing.Decoding.Name,
            partial = hashing.Partial,
            frames = hashing.Frames.Select(frame => new { frame = frame.Index, pdq = frame.Pdq.Hash.ToString(), pdqQuality = frame.Pdq.Quality }).ToArray(),
        };
        var shape = string.Create(CultureInfo.InvariantCulture, $"{width}×{height}");
        context.Tell(row,
            pdq is null ? $"{sha256}  {name}" : $"{sha256}  {name}\n  pdq {pdq.Hash}  chất lượng {pdq.Quality} ({Say(pdq.Gate, "đủ", "quá ít chi tiết", "suy biến")}), {shape}{(hashing.Partial ? ", tệp bị cắt" : "")}",
            pdq is null ? $"{sha256}  {name}" : $"{sha256}  {name}\n  pdq {pdq.Hash}  quality {pdq.Quality} ({Say(pdq.Gate, "enough", "too little detail", "degenerate")}), {shape}{(hashing.Partial ? ", partial" : "")}");
    }

    private static string Say(PdqGate gate, string open, string low, string degenerate) => gate switch
    {
        PdqGate.Open => open,
        PdqGate.LowQuality => low,
        PdqGate.Degenerate => degenerate,
    };

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
