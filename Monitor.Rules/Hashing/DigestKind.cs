namespace Monitor.Rules.Hashing;

/// <summary>The cryptographic digests that hash lists exchange. MD5 and SHA-1 identify files here, they protect nothing.</summary>
public enum DigestKind
{
    /// <summary>16 bytes, RFC 1321.</summary>
    Md5,

    /// <summary>20 bytes, RFC 3174.</summary>
    Sha1,

    /// <summary>32 bytes, FIPS 180-4.</summary>
    Sha256,
}
