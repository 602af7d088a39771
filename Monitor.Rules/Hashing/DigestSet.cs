namespace Monitor.Rules.Hashing;

/// <summary>The three digests of one file, so that it can be looked up in whatever kind a list was supplied in.</summary>
public sealed record DigestSet(Digest Md5, Digest Sha1, Digest Sha256)
{
    public Digest Of(DigestKind kind) => kind switch
    {
        DigestKind.Md5 => Md5,
        DigestKind.Sha1 => Sha1,
        DigestKind.Sha256 => Sha256,
    };
}
