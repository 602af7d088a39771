using Monitor.Rules.Removal;

namespace Monitor.Worker.Scoring;

/// <summary>How a page is built, as counts: what the scorer looks at besides the words. Read from an outline, or given with a training text.</summary>
public sealed record PageStructure
{
    public int Links { get; init; }

    /// <summary>Links to other hosts.</summary>
    public int ForeignLinks { get; init; }

    /// <summary>Images, videos and sounds.</summary>
    public int Media { get; init; }

    /// <summary>Media served by other hosts.</summary>
    public int ForeignMedia { get; init; }

    /// <summary>Visible text blocks.</summary>
    public int Blocks { get; init; }

    /// <summary>Visible text blocks that are comments.</summary>
    public int CommentBlocks { get; init; }

    /// <summary>UTF-16 units.</summary>
    public int TitleLength { get; init; }

    /// <summary>A form that asks for a password.</summary>
    public bool LogIn { get; init; }

    /// <param name="url">Where the page was found; says which hosts are others.</param>
    public static PageStructure Of(PageOutline outline, string url)
    {
        var host = Host(url);
        int blocks = 0, comments = 0, media = 0, foreignMedia = 0, foreignLinks = 0;
        foreach (var block in outline.Blocks)
        {
            if (block.Visible)
            {
                blocks++;
                comments += block.Role == BlockRole.Comment ? 1 : 0;
            }
        }

        foreach (var one in outline.Media)
        {
            if (one.Kind != MediaKind.Other)
            {
                media++;
                foreignMedia += IsElsewhere(one.Url, host) ? 1 : 0;
            }
        }

        foreach (var link in outline.Links)
        {
            foreignLinks += IsElsewhere(link.Url, host) ? 1 : 0;
        }

        return new PageStructure
        {
            Links = outline.Links.Count,
            ForeignLinks = foreignLinks,
            Media = media,
            ForeignMedia = foreignMedia,
            Blocks = blocks,
            CommentBlocks = comments,
            TitleLength = outline.Title.Length,
            LogIn = outline.FormInputs.Contains("password"),
        };
    }

    private static bool IsElsewhere(string url, string? host) => Host(url) is { } other && other != host;

    /// <summary>Null for what has no host: data: URLs, mail addresses, nonsense.</summary>
    private static string? Host(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IdnHost.Length > 0 ? address.IdnHost : null;
}
