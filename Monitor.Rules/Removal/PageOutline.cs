namespace Monitor.Rules.Removal;

/// <summary>
/// What a page consists of, as facts without a DOM: the worker parses HTML into this, the rules judge it.
/// A page that is not HTML has no outline.
/// </summary>
public sealed record PageOutline
{
    /// <summary>The document's title, white space collapsed; empty if there is none.</summary>
    public string Title { get; init; } = "";

    /// <summary>BCP 47 tag of the html element's lang attribute, or null.</summary>
    public string? Language { get; init; }

    /// <summary>Text blocks in document order. A block is the text of one block-level element without that of its block-level descendants.</summary>
    public IReadOnlyList<OutlineBlock> Blocks { get; init; } = [];

    public IReadOnlyList<OutlineLink> Links { get; init; } = [];

    public IReadOnlyList<OutlineMedia> Media { get; init; } = [];

    /// <summary>Input types present in visible forms, lower case ("password", "email", "text", "tel" …), in document order.</summary>
    public IReadOnlyList<string> FormInputs { get; init; } = [];

    /// <summary>Flat facts from meta elements and structured data: "og:type" → "video.other", "robots" → "noindex",
    /// "ld:@type" → "VideoObject", "http-equiv:refresh" → "0;url=/", and the first states that scripts' data name: "state:reason" → "PRIVATE". Keys lower case; the first value of a key wins.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Absolute URL of link rel=canonical, or null.</summary>
    public string? Canonical { get; init; }

    /// <summary>Absolute URL that meta refresh leads to, with its delay in seconds, or null.</summary>
    public MetaRefresh? Refresh { get; init; }

    /// <summary>Absolute URLs of frames and iframes.</summary>
    public IReadOnlyList<string> Frames { get; init; } = [];

    /// <summary>Number of script elements with source or content.</summary>
    public int ScriptCount { get; init; }

    /// <summary>Element count seen; a cap may have stopped the reading (<see cref="Truncated"/>).</summary>
    public int ElementCount { get; init; }

    /// <summary>True when a limit (bytes, elements, depth, time) cut the reading short.</summary>
    public bool Truncated { get; init; }
}

public sealed record MetaRefresh(string Url, double DelaySeconds);

/// <param name="Role">Where on the page the block stands.</param>
/// <param name="Visible">False for hidden attribute, display:none / visibility:hidden inline, aria-hidden, template, noscript.</param>
/// <param name="Text">White space collapsed, NFC.</param>
/// <param name="Heading">1-6 for h1-h6, 0 otherwise.</param>
/// <param name="LinkedCharacters">How many of the text's characters stand inside links.</param>
/// <param name="Mark">What the page's own mark-up calls the block, in its class and id names: the same in every language.</param>
public sealed record OutlineBlock(BlockRole Role, bool Visible, string Text, int Heading = 0, int LinkedCharacters = 0, BlockMark Mark = BlockMark.None);

/// <summary>What names of classes and ids say of the text inside.</summary>
public enum BlockMark
{
    None,

    /// <summary>A box for what went wrong ("error", "oops"): whatever it says, it is no content.</summary>
    Error,

    /// <summary>Named after a missing page ("error-404", "not-found").</summary>
    NotFound,
}

/// <summary>Part of the page a block belongs to, from landmarks, roles, and conventional class and id names.</summary>
public enum BlockRole
{
    /// <summary>Main content, or a page without landmarks.</summary>
    Main,
    Header,
    Navigation,

    /// <summary>aside, sidebars, "related", "you may also like".</summary>
    Complementary,
    Footer,

    /// <summary>Comments, replies, quoted posts (blockquote).</summary>
    Comment,

    /// <summary>Dialogs, modals, cookie and consent banners.</summary>
    Dialog,

    /// <summary>template, noscript, srcdoc content not shown by default.</summary>
    Template,
}

/// <param name="Url">Absolute URL, as written after resolving (not canonicalised).</param>
/// <param name="Text">Link text, collapsed.</param>
/// <param name="Rel">rel attribute, lower case, or empty.</param>
public sealed record OutlineLink(string Url, string Text, string Rel, BlockRole Role);

/// <param name="Url">Absolute http(s) URL, or a data: URL.</param>
/// <param name="Source">Where it was found: img, srcset, picture, video, audio, source, poster, og, twitter, json-ld, css-background, data, template, srcdoc, link, object, embed.</param>
/// <param name="Role">Where on the page it stands; media of navigation, sidebars and comments are not the target's own.</param>
public sealed record OutlineMedia(string Url, MediaKind Kind, string Source, BlockRole Role = BlockRole.Main);

public enum MediaKind
{
    Image,
    Video,
    Audio,
    Other,
}
