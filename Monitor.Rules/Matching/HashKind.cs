using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>What a bank holds: a cryptographic digest (equal or not) or a perceptual hash (near or far).</summary>
public enum HashKind
{
    Md5,
    Sha1,
    Sha256,

    /// <summary>256-bit perceptual hash; its distance is the number of differing bits.</summary>
    Pdq,
}

public static class HashKinds
{
    public static HashKind ToHashKind(this DigestKind kind) => kind switch
    {
        DigestKind.Md5 => HashKind.Md5,
        DigestKind.Sha1 => HashKind.Sha1,
        DigestKind.Sha256 => HashKind.Sha256,
    };

    /// <summary>The digest behind the kind, or null for a perceptual hash.</summary>
    public static DigestKind? ToDigestKind(this HashKind kind) => kind switch
    {
        HashKind.Md5 => DigestKind.Md5,
        HashKind.Sha1 => DigestKind.Sha1,
        HashKind.Sha256 => DigestKind.Sha256,
        HashKind.Pdq => null,
    };
}
