using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks.Formats;

/// <summary>What lists call the kinds of hashes.</summary>
internal static class HashKindNames
{
    private static readonly FrozenDictionary<string, HashKind> Known = new Dictionary<string, HashKind>(StringComparer.Ordinal)
    {
        ["md5"] = HashKind.Md5,
        ["hashmd5"] = HashKind.Md5,
        ["videomd5"] = HashKind.Md5,
        ["photomd5"] = HashKind.Md5,
        ["hashvideomd5"] = HashKind.Md5,
        ["sha1"] = HashKind.Sha1,
        ["hashsha1"] = HashKind.Sha1,
        ["sha256"] = HashKind.Sha256,
        ["hashsha256"] = HashKind.Sha256,
        ["pdq"] = HashKind.Pdq,
        ["hashpdq"] = HashKind.Pdq,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Kinds that need a licence, or that nothing here can compare: counted by name, not stored.</summary>
    private static readonly FrozenDictionary<string, string> LeftOut = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["photodna"] = "photodna",
        ["pdna"] = "photodna",
        ["hashphotodna"] = "photodna",
        ["tmk"] = "tmk-pdqf",
        ["hashtmk"] = "tmk-pdqf",
        ["tmkpdqf"] = "tmk-pdqf",
        ["vpdq"] = "vpdq",
        ["videntifier"] = "videntifier",
        ["netclean"] = "netclean",
        ["sha512"] = "sha512",
        ["sha3"] = "sha3",
        ["ssvp"] = "ssvp",
        ["ssdeep"] = "ssdeep",
        ["phash"] = "phash",
        ["hashpdqocr"] = "pdq-ocr",
        ["pdqocr"] = "pdq-ocr",
        ["rawtext"] = "text",
        ["hashtextsha256"] = "text",
        ["trendquery"] = "text",
        ["tlshtextpdf"] = "tlsh",
        ["texttlsh"] = "tlsh",
        ["tlsh"] = "tlsh",
        ["url"] = "url",
        ["uri"] = "url",
        ["urlmd5"] = "url",
        ["hashurlmd5"] = "url",
        ["hashmd5url"] = "url",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly SearchValues<char> Ignored = SearchValues.Create("-_ .+");

    public static bool TryKind(ReadOnlySpan<byte> name, out HashKind kind)
    {
        kind = default;
        return name.Length is > 0 and <= 40 && TryKind(Encoding.UTF8.GetString(name), out kind);
    }

    public static bool TryKind(string name, out HashKind kind) => Known.TryGetValue(Bare(name), out kind);

    /// <summary>The word under which a kind that is left out is counted; null: no kind that is known to exist.</summary>
    public static string? LeftOutAs(string name) => LeftOut.GetValueOrDefault(Bare(name));

    public static string? LeftOutAs(ReadOnlySpan<byte> name) => name.Length is > 0 and <= 40 ? LeftOutAs(Encoding.UTF8.GetString(name)) : null;

    public static string Word(HashKind kind) => kind switch
    {
        HashKind.Md5 => "md5",
        HashKind.Sha1 => "sha1",
        HashKind.Sha256 => "sha256",
        HashKind.Pdq => "pdq",
    };

    private static string Bare(string name) => name.AsSpan().ContainsAny(Ignored)
        ? string.Concat(name.Where(c => !Ignored.Contains(c))).ToLowerInvariant()
        : name.ToLowerInvariant();
}
