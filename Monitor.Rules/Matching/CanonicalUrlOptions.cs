using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Monitor.Rules.Matching;

/// <summary>What canonicalisation may take away.</summary>
public sealed class CanonicalUrlOptions
{
    private readonly FrozenSet<string> _names;
    private readonly ImmutableArray<string> _prefixes;

    /// <param name="trackingParameters">Query parameter names to drop, compared without case after percent-decoding;
    /// a trailing <c>*</c> makes a prefix. A bare <c>*</c> is ignored: it would empty every query.</param>
    public CanonicalUrlOptions(IEnumerable<string> trackingParameters)
    {
        ImmutableArray<string> all = [.. trackingParameters.Select(name => name.Trim()).Where(name => name.Length > 0 && name != "*")];
        TrackingParameters = all;
        _names = all.Where(name => !name.EndsWith('*')).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _prefixes = [.. all.Where(name => name.EndsWith('*')).Select(name => name[..^1])];
    }

    /// <summary>Drops parameters that say how a visitor came, never which page it is. "ref", "si" and the like are not in it: some sites select content by them.</summary>
    public static CanonicalUrlOptions Default { get; } = new(
    [
        "utm_*", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "li_fat_id", "igshid", "igsh",
        "zarsrc", "mc_cid", "mc_eid", "mkt_tok", "vero_id", "wickedid", "oly_anon_id", "oly_enc_id", "rb_clickid", "_openstat",
        "_ga", "_gl", "_hsenc", "_hsmi", "hsctatracking", "__cft__*", "__xts__*", "__tn__", "fb_action_ids", "fb_action_types",
    ]);

    /// <summary>Drops no parameter: what a request line carries.</summary>
    public static CanonicalUrlOptions KeepAll { get; } = new([]);

    public IReadOnlyList<string> TrackingParameters { get; }

    internal bool DropsAny => _names.Count > 0 || _prefixes.Length > 0;

    internal bool Drops(string name)
    {
        if (_names.Contains(name))
            return true;
        foreach (string prefix in _prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
