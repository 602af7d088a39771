using System.Collections.Frozen;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Fetching;

/// <summary>
/// Recognises links whose mere fetching does something: files a report, deletes, votes, signs out, or hands a picture to a search engine.
/// The watch only looks, and forwarding a picture's address to a third party is itself a disclosure.
/// Applied to links found in pages and to redirects, never to a URL that a person flagged. Errs on the side of not fetching:
/// a link left alone costs a lead, a link that acted cannot be taken back. Article slugs ("annual-report-2024") do not match: a verb
/// must be the whole path segment, or be followed by the thing it is done to.
/// </summary>
public static class ActingLinks
{
    private static readonly FrozenSet<string> Verbs = new[]
    {
        "report", "flag", "delete", "remove", "destroy", "erase", "purge", "logout", "logoff", "signout", "signoff", "unsubscribe", "subscribe",
        "vote", "upvote", "downvote", "unvote", "like", "unlike", "dislike", "follow", "unfollow", "block", "unblock", "ban", "mute", "unmute", "approve", "reject",
        "confirm", "deactivate", "activate", "cancel", "checkout", "purchase", "buy", "order", "donate", "repost", "retweet", "share", "bookmark", "favorite", "favourite",
        "xoa", "baocao", "dangxuat", "huydangky", "binhchon", "thich", "chan",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Several words that act together, written without separators.</summary>
    private static readonly FrozenSet<string> Phrases = new[]
    {
        "searchbyimage", "reverseimagesearch", "reverseimage", "imagesearch", "visualsearch", "searchimage", "uploadbyurl", "lenssearch",
        "signout", "logout", "optout", "addtocart", "addfriend", "dangxuat", "baocao", "baocaovipham", "huydangky", "binhchon", "timkiembanghinhanh",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Objects = new[]
    {
        "post", "posts", "comment", "comments", "account", "accounts", "user", "users", "profile", "photo", "photos", "image", "images", "picture", "video", "videos",
        "page", "abuse", "link", "url", "item", "message", "messages", "reply", "thread", "topic", "file", "files", "album", "content", "this", "it", "me", "all",
        "bai", "binhluan", "tai", "anh", "vipham", "video",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Parameters that name what to do.</summary>
    private static readonly FrozenSet<string> Selectors = new[]
    {
        "action", "act", "do", "op", "cmd", "command", "mode", "task", "method", "_method", "func", "function", "operation",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> PictureParameters = new[]
    {
        "imgurl", "img_url", "image_url", "imageurl", "sbisrc", "imgsrc", "picurl",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Matches(CanonicalUrl url)
    {
        bool searches = false;
        foreach (string segment in Segments(url.Path).Concat(HashbangSegments(url)))
        {
            if (SegmentActs(segment))
                return true;
            searches |= segment.Contains("search", StringComparison.OrdinalIgnoreCase) || segment.Contains("lens", StringComparison.OrdinalIgnoreCase);
        }

        foreach (string parameter in url.Query.TrimStart('?').Split('&', ';'))
        {
            int equals = parameter.IndexOf('=');
            string name = Unescape(equals < 0 ? parameter : parameter[..equals]);
            string value = equals < 0 ? "" : Unescape(parameter[(equals + 1)..]);

            // "?delete=17" and "?logout" act; "?report=annual" merely might, and is left alone just the same. An explicit "no" does not act.
            if (Verbs.Contains(name) && value is not ("0" or "false" or "no"))
                return true;
            if (Selectors.Contains(name) && SegmentActs(value))
                return true;
            if (PictureParameters.Contains(name) && (searches || name.StartsWith("sbi", StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }

    private static IEnumerable<string> Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Unescape);

    private static IEnumerable<string> HashbangSegments(CanonicalUrl url) => url.Fragment.Length > 2 ? Segments(url.Fragment[2..]) : [];

    private static bool SegmentActs(string segment)
    {
        // "logout.php", "delete.do": the extension is how, not what. Pictures called "like.png" are only pictures.
        int dot = segment.LastIndexOf('.');
        if (dot > 0 && segment[(dot + 1)..].ToLowerInvariant() is "php" or "asp" or "aspx" or "jsp" or "do" or "action" or "cgi" or "pl" or "html" or "htm")
            segment = segment[..dot];

        string[] words = Words(segment);
        if (words.Length is 0 or > 6)
            return false;
        if (Phrases.Contains(string.Concat(words)))
            return true;
        return Verbs.Contains(words[0])
            ? words.Length == 1 || Objects.Contains(words[1])
            : words.Length == 2 && Objects.Contains(words[0]) && Verbs.Contains(words[1]);
    }

    /// <summary>Words of "delete-post", "delete_post", "deletePost".</summary>
    private static string[] Words(string segment)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= segment.Length; i++)
        {
            bool end = i == segment.Length || !char.IsLetterOrDigit(segment[i]);
            bool hump = !end && i > start && char.IsUpper(segment[i]) && char.IsLower(segment[i - 1]);
            if (!end && !hump)
                continue;
            if (i > start)
                words.Add(segment[start..i]);
            start = hump ? i : i + 1;
        }

        return [.. words];
    }

    private static string Unescape(string text) => text.Contains('%') ? Uri.UnescapeDataString(text) : text;
}
