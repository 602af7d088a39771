using System.CommandLine;
using System.Security.Cryptography;

namespace Monitor.Worker.Cli.Verbs;

public static class HashVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("hashes", "Mã băm và ngân hàng băm", "Digests and hash banks", [Compute(verbs), BankVerbs.Import(verbs), BankVerbs.Banks(verbs), LookupVerb.Build(verbs), .. EntryVerbs.All(verbs)]);

    private static Command Compute(VerbSet verbs)
    {
        var files = new Argument<string[]>("files") { Arity = ArgumentArity.OneOrMore };
        return verbs.Plain("compute", "Tính mã băm của tệp", "Compute digests of files", [files], async (parsed, token) =>
        {
            foreach (var name in parsed.GetValue(files)!)
            {
                try
                {
                    using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
                    using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
                    using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                    await using var stream = new FileStream(verbs.Context.PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
                    var buffer = new byte[1 << 16];
                    int read;
                    while ((read = await stream.ReadAsync(buffer, token)) > 0)
                    {
                        md5.AppendData(buffer, 0, read);
                        sha1.AppendData(buffer, 0, read);
                        sha256.AppendData(buffer, 0, read);
                    }

                    var row = new { file = name, md5 = Hex(md5), sha1 = Hex(sha1), sha256 = Hex(sha256), width = (int?)null, height = (int?)null, pdq = (string?)null, pdqQuality = (int?)null };
                    verbs.Context.Tell(row, $"{row.sha256}  {name}", $"{row.sha256}  {name}");
                }
                catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
                {
                    verbs.Context.Tell(new { file = name, error = problem.Message }, $"{name}: {problem.Message}", $"{name}: {problem.Message}");
                }
            }

            return ExitCodes.Done;
        });
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
