using System.Collections.Frozen;

namespace Monitor.Rules.Removal;

/// <summary>What the address says about names: the site's, and the item's.</summary>
internal sealed class SiteName
{
    /// <summary>Words of addresses that name a kind of page, not an item.</summary>
    private static readonly FrozenSet<string> Generic = new[]
    {
        "html", "aspx", "index", "post", "posts", "thread", "threads", "user", "users", "profile", "video", "videos", "watch", "page", "pages", "article", "articles", "member", "members", "topic", "topics", "item", "items",
        "view", "status", "https", "http", "error", "news", "blog", "forum", "home", "search", "login", "about", "404", "not found", "notfound", "site", "web", "account", "group", "groups", "photo", "photos", "the",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly string[] _labels;
    private readonly string _declared;
    private readonly string[] _item;
    private readonly string _last;

    private SiteName(string[] labels, string declared, string[] item, string last, IReadOnlyList<string> segments) =>
        (_labels, _declared, _item, _last, Segments) = (labels, declared, item, last, segments);

    /// <summary>The path's parts and the query's values as text.</summary>
    public IReadOnlyList<string> Segments { get; }

    public static SiteName Of(string url, PageOutline outline)
    {
        var declared = NoticeText.Fold(outline.Facts.GetValueOrDefault("og:site_name", outline.Facts.GetValueOrDefault("application-name", "")));
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return new SiteName([], declared, [], "", []);
        }

        var labels = uri.Host.Split('.', StringSplitOptions.RemoveEmptyEntries).Where(static label => label is not ("www" or "com" or "net" or "org" or "vn" or "co")).Select(Letters).ToArray();
        var segments = new List<string>();
        foreach (var segment in uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Take(16))
        {
            segments.Add(Unescape(segment));
        }

        if (uri.Query.Length > 1 && uri.Query.Length < 512)
        {
            foreach (var pair in uri.Query[1..].Split('&').Take(16))
            {
                var at = pair.IndexOf('=', StringComparison.Ordinal);
                segments.Add(Unescape(pair[(at + 1)..]));
            }
        }

        var item = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in segments.AsEnumerable().Reverse().Take(3))
        {
            foreach (var word in segment.Split(['-', '_', '.', ' ', '~', '@', '=', '+', ','], StringSplitOptions.RemoveEmptyEntries))
            {
                var letters = Letters(word);
                if (letters.Length >= 4 && !Generic.Contains(letters))
                {
                    item.Add(letters);
                }
            }

            var whole = Letters(segment);
            if (whole.Length >= 4)
            {
                item.Add(whole);
            }
        }

        var last = segments.Count > 0 ? NoticeText.Fold(segments[^1].Trim('@', '~', ' ')) : "";
        return new SiteName(labels, declared, [.. item], Generic.Contains(last) ? "" : last, segments);
    }

    /// <summary>The folded text is the site's name, with or without its ending.</summary>
    public bool IsSite(string folded)
    {
        if (folded.Length == 0)
        {
            return false;
        }

        if (folded == _declared)
        {
            return true;
        }

        var letters = Letters(folded);
        if (letters.Length < 1)
        {
            return false;
        }

        var joined = string.Concat(_labels);
        foreach (var label in _labels)
        {
            if (label == letters || (label.Length < 2 && label == folded) || (letters.Length >= 3 && label.Contains(letters, StringComparison.Ordinal)) || (label.Length >= 4 && letters.StartsWith(label, StringComparison.Ordinal) && letters.Length <= label.Length + 12))
            {
                return true;
            }
        }

        return letters.Length >= 4 && (joined.Contains(letters, StringComparison.Ordinal) || folded.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).All(word => Array.Exists(_labels, label => label == word)));
    }

    /// <summary>The folded text names what the address asks for.</summary>
    public bool Names(string folded)
    {
        if (_last.Length >= 3 && HasWord(folded, _last))
        {
            return true;
        }

        var letters = Letters(folded);
        var shared = 0;
        foreach (var word in _item)
        {
            if (letters.Contains(word, StringComparison.Ordinal))
            {
                if (word.Length >= 6 || word.Any(char.IsAsciiDigit))
                {
                    return true;
                }

                shared++;
            }
        }

        return shared >= 2;
    }

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !NoticeText.IsWord(text[at - 1])) && (end == text.Length || !NoticeText.IsWord(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static string Letters(string text)
    {
        var folded = NoticeText.Fold(text);
        Span<char> kept = folded.Length <= 512 ? stackalloc char[folded.Length] : new char[folded.Length];
        var n = 0;
        foreach (var c in folded)
        {
            if (NoticeText.IsWord(c))
            {
                kept[n++] = c;
            }
        }

        return kept[..n].ToString();
    }

    private static string Unescape(string text)
    {
        var plain = text.Length > 512 ? text[..512] : text;
        return Uri.UnescapeDataString(plain).Replace('-', ' ').Replace('_', ' ').Replace('+', ' ');
    }
}
