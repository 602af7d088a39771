using System.Collections.Frozen;
using Monitor.Rules.Removal;

namespace Monitor.Worker.Extracting;

/// <summary>
/// Tells the part of the page that an element opens: ARIA role, then landmark element, then conventional class and id names.
/// Names are taken apart into words ("site-footer", "cookieBanner"), so that "unrelated" or "commentary" mean nothing.
/// </summary>
internal static class BlockRoles
{
    private enum Use
    {
        /// <summary>Counts as the last word of a name, or as the first before words such as "list" or "left".</summary>
        Noun,

        /// <summary>Counts as the first word whatever follows ("related-videos", "cookie-law"), or as the last.</summary>
        Lead,

        /// <summary>Counts alone or behind "site", "page" and the like: an article has a header too.</summary>
        SiteOnly,
    }

    private static readonly FrozenDictionary<string, (BlockRole Role, Use Use)> Words = new Dictionary<string, (BlockRole, Use)>(StringComparer.OrdinalIgnoreCase)
    {
        ["header"] = (BlockRole.Header, Use.SiteOnly),
        ["masthead"] = (BlockRole.Header, Use.Noun),
        ["topbar"] = (BlockRole.Header, Use.Noun),
        ["nav"] = (BlockRole.Navigation, Use.Noun),
        ["navbar"] = (BlockRole.Navigation, Use.Noun),
        ["navigation"] = (BlockRole.Navigation, Use.Noun),
        ["menu"] = (BlockRole.Navigation, Use.Noun),
        ["breadcrumb"] = (BlockRole.Navigation, Use.Noun),
        ["breadcrumbs"] = (BlockRole.Navigation, Use.Noun),
        ["pagination"] = (BlockRole.Navigation, Use.Noun),
        ["sidebar"] = (BlockRole.Complementary, Use.Noun),
        ["aside"] = (BlockRole.Complementary, Use.Noun),
        ["widget"] = (BlockRole.Complementary, Use.Noun),
        ["widgets"] = (BlockRole.Complementary, Use.Noun),
        ["related"] = (BlockRole.Complementary, Use.Lead),
        ["recommended"] = (BlockRole.Complementary, Use.Lead),
        ["recommendations"] = (BlockRole.Complementary, Use.Lead),
        ["suggested"] = (BlockRole.Complementary, Use.Lead),
        ["suggestions"] = (BlockRole.Complementary, Use.Lead),
        ["similar"] = (BlockRole.Complementary, Use.Lead),
        ["trending"] = (BlockRole.Complementary, Use.Lead),
        ["upnext"] = (BlockRole.Complementary, Use.Lead),
        ["sponsored"] = (BlockRole.Complementary, Use.Lead),
        ["advert"] = (BlockRole.Complementary, Use.Noun),
        ["advertisement"] = (BlockRole.Complementary, Use.Noun),
        ["footer"] = (BlockRole.Footer, Use.Noun),
        ["colophon"] = (BlockRole.Footer, Use.Noun),
        ["comment"] = (BlockRole.Comment, Use.Noun),
        ["comments"] = (BlockRole.Comment, Use.Noun),
        ["commentlist"] = (BlockRole.Comment, Use.Noun),
        ["reply"] = (BlockRole.Comment, Use.Noun),
        ["replies"] = (BlockRole.Comment, Use.Noun),
        ["disqus"] = (BlockRole.Comment, Use.Lead),
        ["respond"] = (BlockRole.Comment, Use.Noun),
        ["modal"] = (BlockRole.Dialog, Use.Noun),
        ["dialog"] = (BlockRole.Dialog, Use.Noun),
        ["popup"] = (BlockRole.Dialog, Use.Noun),
        ["lightbox"] = (BlockRole.Dialog, Use.Noun),
        ["cookie"] = (BlockRole.Dialog, Use.Lead),
        ["cookies"] = (BlockRole.Dialog, Use.Lead),
        ["consent"] = (BlockRole.Dialog, Use.Lead),
        ["gdpr"] = (BlockRole.Dialog, Use.Lead),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, (BlockRole, Use)>.AlternateLookup<ReadOnlySpan<char>> WordLookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> Followers = new[]
    {
        "wrapper", "wrap", "container", "section", "area", "block", "list", "left", "right", "content", "contents", "inner", "outer", "box", "main", "top", "bottom",
        "primary", "secondary", "item", "items", "body", "text", "thread", "panel", "bar", "region", "module", "dialog", "desktop", "mobile", "column", "col", "links", "nav", "widget",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FollowerLookup = Followers.GetAlternateLookup<ReadOnlySpan<char>>();

    // "has-sidebar" speaks of the page, "post-footer" and "card-header" of an item.
    private static readonly FrozenSet<string> Spoilers = new[]
    {
        "has", "no", "not", "with", "without", "hide", "show", "is", "open", "layout", "content", "main", "article", "post", "entry", "card", "video", "player", "item", "story",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SpoilerLookup = Spoilers.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> SiteWords = new[] { "site", "page", "global", "top", "app", "web", "website", "blog", "the" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SiteLookup = SiteWords.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="insideItem">Within main or an article, whose header and footer are its own.</param>
    public static BlockRole Of(string element, AttributeBag attributes, BlockRole parent, bool insideItem)
    {
        // What stands in one of these belongs to it, whatever it calls itself.
        if (parent is BlockRole.Template)
            return parent;

        BlockRole own = Own(element, attributes, insideItem) ?? parent;
        return parent switch
        {
            BlockRole.Dialog => parent,
            BlockRole.Comment when own is not (BlockRole.Dialog or BlockRole.Template) => parent,
            _ => own,
        };
    }

    private static BlockRole? Own(string element, AttributeBag attributes, bool insideItem)
    {
        if (element is "template" or "noscript")
            return BlockRole.Template;
        if (element is "html" or "body" or "head")
            return null;

        if (attributes.Count > 0 && attributes["role"] is { } role && FromAria(role) is { } fromAria)
            return fromAria;

        switch (element)
        {
            case "main": return BlockRole.Main;
            case "nav": return BlockRole.Navigation;
            case "aside": return BlockRole.Complementary;
            case "dialog": return BlockRole.Dialog;
            case "blockquote": return BlockRole.Comment;
            case "header" when !insideItem: return BlockRole.Header;
            case "footer" when !insideItem: return BlockRole.Footer;
        }

        if (attributes.Count == 0 || element is "a" or "img" or "i" or "b" or "input" or "button" or "svg" or "path" or "script" or "style" or "link" or "meta" or "br" or "source")
            return null;

        return FromNames(attributes["class"]) ?? FromNames(attributes["id"]);
    }

    private static BlockRole? FromAria(string role) => role.Trim().ToLowerInvariant() switch
    {
        "main" => BlockRole.Main,
        "banner" => BlockRole.Header,
        "navigation" or "menu" or "menubar" => BlockRole.Navigation,
        "complementary" => BlockRole.Complementary,
        "contentinfo" => BlockRole.Footer,
        "dialog" or "alertdialog" => BlockRole.Dialog,
        "comment" => BlockRole.Comment,
        _ => null,
    };

    private static BlockRole? FromNames(string? names)
    {
        if (string.IsNullOrEmpty(names) || names.Length > 1024)
            return null;

        ReadOnlySpan<char> all = names;
        foreach (Range range in all.SplitAny(' ', '\t', '\n', '\r', '\f'))
        {
            if (!all[range].IsEmpty && FromName(all[range]) is { } role)
                return role;
        }

        return null;
    }

    private static BlockRole? FromName(ReadOnlySpan<char> name)
    {
        int at = 0;
        ReadOnlySpan<char> first = NextWord(name, ref at);
        if (first.IsEmpty)
            return null;

        ReadOnlySpan<char> last = first;
        bool plainFollowers = true;
        bool onlySite = true;
        int count = 1;
        for (ReadOnlySpan<char> word = NextWord(name, ref at); !word.IsEmpty; word = NextWord(name, ref at))
        {
            onlySite &= SiteLookup.Contains(last);
            last = word;
            count++;
            plainFollowers &= char.IsAsciiDigit(word[0]) || FollowerLookup.Contains(word);
        }

        if (count > 1 && SpoilerLookup.Contains(first))
            return null;

        if (WordLookup.TryGetValue(last, out (BlockRole Role, Use Use) found) && (count == 1 || found.Use != Use.SiteOnly || onlySite))
            return found.Role;

        bool leads = WordLookup.TryGetValue(first, out found) && (found.Use == Use.Lead || (found.Use == Use.Noun && plainFollowers));
        return leads ? found.Role : null;
    }

    /// <summary>The next run of letters or digits, also cut where a capital follows a small letter.</summary>
    internal static ReadOnlySpan<char> NextWord(ReadOnlySpan<char> name, ref int at)
    {
        while (at < name.Length && !char.IsLetterOrDigit(name[at]))
            at++;
        int start = at;
        while (at < name.Length && char.IsLetterOrDigit(name[at]) && (at == start || !char.IsUpper(name[at]) || char.IsUpper(name[at - 1])))
            at++;
        return name[start..at];
    }
}
