using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>A digest with its kind in one word, as rows and custody entries write it: "md5:…", "sha1:…", "sha256:…" and lower-case hex.</summary>
public static class DigestText
{
    public static string Write(Digest digest) => Prefix(digest.Kind) + digest;

    /// <summary>Reads exactly what <see cref="Write"/> gives; hex digits of either case.</summary>
    public static bool TryRead(string? text, out Digest digest)
    {
        foreach (var kind in Kinds)
        {
            var prefix = Prefix(kind);
            if (text is not null && text.StartsWith(prefix, StringComparison.Ordinal))
                return Digest.TryParse(kind, text.AsSpan(prefix.Length), out digest);
        }

        digest = default;
        return false;
    }

    private static readonly DigestKind[] Kinds = [DigestKind.Sha256, DigestKind.Md5, DigestKind.Sha1];

    private static string Prefix(DigestKind kind) => kind switch
    {
        DigestKind.Md5 => "md5:",
        DigestKind.Sha1 => "sha1:",
        DigestKind.Sha256 => "sha256:",
    };
}
