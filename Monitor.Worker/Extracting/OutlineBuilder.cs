using System.Collections.Frozen;
using System.Text;
using Monitor.Rules.Removal;

namespace Monitor.Worker.Extracting;

/// <summary>
/// Makes an outline of elements opening and closing and the text between them. It does not care who tells it: the walk over a
/// parsed tree, or the flat scan of a page that could not be parsed.
/// </summary>
internal sealed class OutlineBuilder
{
    private const int MaxFrames = 64;
    private const int MaxInputs = 256;
    private const int MaxFactLength = 2048;

    private static readonly FrozenSet<string> BlockElements = new[]
    {
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "iframe", "legend", "li", "main", "menu", "nav", "noscript", "ol", "optgroup", "option", "p",
        "pre", "search", "section", "select", "summary", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "tr", "ul", "video", "audio", "object",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] LazySources =
        ["data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-actualsrc", "data-hi-res-src", "data-full", "data-image", "data-img", "data-url", "data-thumb"];

    private static readonly string[] LazyBackgrounds = ["data-bg", "data-background", "data-background-image", "data-bg-src"];

    private readonly PageReaderLimits _limits;
    private readonly List<OutlineBlock?> _blocks = [];
    private readonly List<(string Url, string Text, string Rel, BlockRole Role)> _links = [];
    private readonly List<(string Url, MediaKind Kind, string Source, BlockRole Role)> _media = [];
    private readonly HashSet<string> _mediaSeen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _facts = new(StringComparer.Ordinal);
    private readonly List<string> _inputs = [];
    private readonly List<string> _frames = [];
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly Stack<BlockState> _spare = new();
    private readonly StringBuilder _linkText = new();
    private readonly Action<string> _addCandidate;
    private readonly Action<string> _addHidden;
    private readonly Action<string, string> _addFact;
    private readonly Action<string, MediaKind> _addStructured;

    private Frame[] _stack = new Frame[64];
    private int _depth;
    private int _linkDepth = -1;
    private (string Url, string Rel, BlockRole Role) _link;
    private StringBuilder? _title;
    private string? _titleText;
    private string? _language;
    private string? _baseHref;
    private string? _canonical;
    private string? _refresh;
    private int _scripts;
    private int _elements;
    private (MediaKind Kind, string Source) _candidate;

    public OutlineBuilder(PageReaderLimits limits)
    {
        _limits = limits;
        _addCandidate = url => AddMedia(url, _candidate.Kind, _candidate.Source);
        _addHidden = selector => _hidden.Add(selector);
        _addFact = AddFact;
        _addStructured = (url, kind) => AddMedia(url, kind == MediaKind.Other ? KindOf(url, null) : kind, "json-ld");
        _stack[0] = new Frame { Visible = true, Block = new BlockState { Visible = true } };
    }

    public bool Truncated { get; set; }

    public int Elements => _elements;

    /// <summary>Frames open now, the root not counted.</summary>
    public int Depth => _depth;

    /// <summary>Name of the innermost open elements, 0 the innermost; empty beyond the root.</summary>
    public string OpenName(int up) => up < _depth ? _stack[_depth - up].Name : "";

    /// <summary>Opens what is not part of the page as shown, with its own name for the media in it.</summary>
    public void OpenHidden(string source)
    {
        ref Frame frame = ref Push();
        frame = _stack[_depth - 1];
        frame.Name = "#" + source;
        frame.Role = BlockRole.Template;
        frame.Source = source;
        Own(ref frame, 0);
    }

    public void Open(string name, AttributeBag attributes)
    {
        _elements++;
        ref Frame frame = ref Push();
        ref Frame parent = ref _stack[_depth - 1];
        frame.Name = name;
        frame.Source = parent.Source;
        frame.Svg = parent.Svg || name == "svg";
        frame.Content = parent.Content is Content.Head ? Content.Head : Content.Body;
        frame.Role = BlockRoles.Of(name, attributes, parent.Role, parent.InsideItem);
        frame.InsideItem = parent.InsideItem || name is "main" or "article";
        frame.Mark = BlockMarks.Of(name, attributes) is var mark && mark > parent.Mark ? mark : parent.Mark;
        frame.Visible = parent.Visible && !Hides(name, attributes);
        int heading = name.Length == 2 && name[0] == 'h' && name[1] is >= '1' and <= '6' ? name[1] - '0' : 0;
        if (BlockElements.Contains(name) || frame.Role != parent.Role || frame.Visible != parent.Visible)
            Own(ref frame, heading);
        else
            frame.Block = parent.Block;

        if (attributes.Count > 0)
        {
            if (attributes["style"] is { } style && style.Contains("url(", StringComparison.OrdinalIgnoreCase))
            {
                _candidate = (MediaKind.Image, "css-background");
                CssReader.Urls(style, _addCandidate);
            }

            for (int i = 0; attributes.HasData && i < LazyBackgrounds.Length; i++)
            {
                if (attributes[LazyBackgrounds[i]] is { } background)
                    AddBackground(background);
            }
        }

        Special(name, attributes, ref frame, ref parent);
    }

    public void Close()
    {
        ref Frame frame = ref _stack[_depth];
        if (_linkDepth == _depth)
        {
            if (_links.Count < _limits.MaxLinks)
                _links.Add((_link.Url, OutlineText.Finish(_linkText), _link.Rel, _link.Role));
            else
                Truncated = true;
            _linkText.Clear();
            _linkDepth = -1;
        }

        if (frame.Content == Content.Title && _title is not null)
        {
            _titleText = OutlineText.Finish(_title);
            _title = null;
        }

        if (frame.OwnsBlock)
            Finish(frame.Block);
        _depth--;
    }

    public void Text(string text)
    {
        ref Frame frame = ref _stack[_depth];
        switch (frame.Content)
        {
            case Content.Body:
                BlockState block = frame.Block;
                int added = OutlineText.AppendCollapsed(block.Text, text);
                if (added > 0 && block.Slot < 0)
                {
                    block.Slot = _blocks.Count;
                    _blocks.Add(null);
                }

                if (_linkDepth >= 0)
                {
                    block.Linked += added;
                    OutlineText.AppendCollapsed(_linkText, text);
                }

                break;
            case Content.Title when _title is not null:
                OutlineText.AppendCollapsed(_title, text);
                break;
            case Content.Script when !string.IsNullOrWhiteSpace(text):
                if (!frame.Counted)
                    _scripts++;
                frame.Counted = true;
                if (frame.Role != BlockRole.Template)
                    ScriptStates.Read(text, _addFact);
                break;
            case Content.JsonLd:
                if (!string.IsNullOrWhiteSpace(text) && !frame.Counted)
                    _scripts++;
                frame.Counted = true;
                if (frame.Role != BlockRole.Template)
                    StructuredData.Read(text, _addFact, _addStructured);
                break;
            case Content.Style:
                _candidate = (MediaKind.Image, "css-background");
                CssReader.Sheet(text, _addCandidate, frame.Role == BlockRole.Template ? static _ => { } : _addHidden);
                break;
        }
    }

    public PageOutline Build(string finalUrl)
    {
        while (_depth > 0)
            Close();
        Finish(_stack[0].Block);

        var urls = new UrlResolver(finalUrl, _baseHref);
        var links = new List<OutlineLink>(_links.Count);
        foreach ((string url, string text, string rel, BlockRole role) in _links)
        {
            if (urls.Resolve(url) is { } resolved)
                links.Add(new OutlineLink(resolved, text, rel, role));
        }

        var media = new List<OutlineMedia>(_media.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string url, MediaKind kind, string source, BlockRole role) in _media)
        {
            string? resolved = source == "data" ? url : urls.Resolve(url);
            if (resolved is not null && seen.Add(resolved))
                media.Add(new OutlineMedia(resolved, kind, source, role));
        }

        var frames = new List<string>(_frames.Count);
        foreach (string frame in _frames)
        {
            if (urls.Resolve(frame) is { } resolved && !frames.Contains(resolved))
                frames.Add(resolved);
        }

        var blocks = new List<OutlineBlock>(_blocks.Count);
        foreach (OutlineBlock? block in _blocks)
        {
            if (block is not null)
                blocks.Add(block);
        }

        return new PageOutline
        {
            Title = _titleText ?? "",
            Language = _language,
            Blocks = blocks,
            Links = links,
            Media = media,
            FormInputs = _inputs,
            Facts = _facts,
            Canonical = _canonical is null ? null : urls.Resolve(_canonical),
            Refresh = _refresh is null ? null : urls.Refresh(_refresh),
            Frames = frames,
            ScriptCount = _scripts,
            ElementCount = _elements,
            Truncated = Truncated,
        };
    }

    private void Special(string name, AttributeBag attributes, ref Frame frame, ref Frame parent)
    {
        switch (name)
        {
            case "html":
                if (parent.Source is null)
                    _language ??= NonEmpty(attributes["lang"] ?? attributes["xml:lang"]);
                break;
            case "head":
                frame.Content = Content.Head;
                break;
            case "body":
                frame.Content = Content.Body;
                if (attributes["background"] is { } bodyBackground)
                    AddMedia(bodyBackground, MediaKind.Image, "css-background");
                break;
            case "table" or "td" or "th":
                if (attributes.Count > 0 && attributes["background"] is { } background)
                    AddMedia(background, MediaKind.Image, "css-background");
                break;
            case "title":
                frame.Content = Content.Skipped;
                if (_titleText is null && _title is null && !frame.Svg && frame.Role != BlockRole.Template)
                {
                    frame.Content = Content.Title;
                    _title = new StringBuilder();
                }

                break;
            case "script":
                bool source = attributes["src"] is { Length: > 0 };
                frame.Counted = source;
                _scripts += source ? 1 : 0;
                frame.Content = attributes["type"] is { } type && type.Contains("ld+json", StringComparison.OrdinalIgnoreCase) ? Content.JsonLd : Content.Script;
                break;
            case "style":
                frame.Content = Content.Style;
                break;
            case "template":
                frame.Source ??= "template";
                frame.Content = Content.Body;
                break;
            case "noscript":
                frame.Content = Content.Body;
                break;
            case "base":
                if (frame.Role != BlockRole.Template)
                    _baseHref ??= NonEmpty(attributes["href"]);
                break;
            case "meta":
                Meta(attributes, frame.Role);
                break;
            case "link":
                LinkElement(attributes, frame.Role);
                break;
            case "a" or "area":
                if (_linkDepth < 0 && NonEmpty(attributes["href"] ?? attributes["xlink:href"])?.Trim() is { Length: > 0 } href && href[0] != '#')
                {
                    _linkDepth = _depth;
                    _link = (href, attributes["rel"]?.Trim().ToLowerInvariant() ?? "", frame.Role);
                    if (name == "area" && attributes["alt"] is { } alt)
                        OutlineText.AppendCollapsed(_linkText, alt);
                }

                break;
            case "img" or "amp-img":
                Image(attributes, parent.Name == "picture" ? "picture" : "img");
                break;
            case "image":
                AddIfAny(attributes["href"] ?? attributes["xlink:href"], MediaKind.Image, "img");
                break;
            case "video" or "amp-video":
                AddIfAny(attributes["poster"] ?? attributes["data-poster"], MediaKind.Image, "poster");
                AddIfAny(attributes["src"], MediaKind.Video, "video");
                AddIfAny(attributes["data-src"] ?? attributes["data-video-src"], MediaKind.Video, "video");
                break;
            case "audio":
                AddIfAny(attributes["src"] ?? attributes["data-src"], MediaKind.Audio, "audio");
                break;
            case "source":
                SourceElement(attributes, parent.Name);
                break;
            case "object":
                if (attributes["data"] is { Length: > 0 } data)
                    AddMedia(data, KindOf(data, attributes["type"]), "object");
                break;
            case "embed":
                if (attributes["src"] is { Length: > 0 } embedded)
                    AddMedia(embedded, KindOf(embedded, attributes["type"]), "embed");
                break;
            case "iframe" or "frame":
                frame.Content = Content.Skipped;
                if (NonEmpty(attributes["src"] ?? attributes["data-src"]) is { } address)
                {
                    if (_frames.Count < MaxFrames)
                        _frames.Add(address);
                    else
                        Truncated = true;
                }

                break;
            case "input":
                Input(attributes, frame.Visible);
                Space(frame.Block);
                break;
            case "br" or "hr" or "wbr":
                if (name != "wbr")
                    Space(frame.Block);
                break;
        }
    }

    private void Meta(AttributeBag attributes, BlockRole role)
    {
        if (role == BlockRole.Template || attributes["content"] is not { } content)
            return;

        if (attributes["http-equiv"] is { Length: > 0 } equivalent)
        {
            AddFact("http-equiv:" + equivalent.Trim(), content);
            if (equivalent.Trim().Equals("refresh", StringComparison.OrdinalIgnoreCase))
                _refresh ??= content;
        }

        for (int i = 0; i < 2; i++)
        {
            if (attributes[i == 0 ? "property" : "name"] is not { Length: > 0 } written)
                continue;

            string name = written.Trim().ToLowerInvariant();
            AddFact(name, content);
            (MediaKind Kind, string Source)? media = name switch
            {
                "og:image" or "og:image:url" or "og:image:secure_url" => (MediaKind.Image, "og"),
                "og:video" or "og:video:url" or "og:video:secure_url" => (MediaKind.Video, "og"),
                "og:audio" or "og:audio:url" or "og:audio:secure_url" => (MediaKind.Audio, "og"),
                "twitter:image" or "twitter:image:src" or "twitter:image0" => (MediaKind.Image, "twitter"),
                "twitter:player:stream" => (MediaKind.Video, "twitter"),
                _ => null,
            };
            if (media is { } found)
                AddIfAny(content, found.Kind, found.Source);
        }
    }

    private void LinkElement(AttributeBag attributes, BlockRole role)
    {
        if (NonEmpty(attributes["href"]) is not { } href || attributes["rel"] is not { } rel)
            return;

        foreach (string word in rel.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word.ToLowerInvariant())
            {
                case "canonical" when role != BlockRole.Template:
                    _canonical ??= href;
                    break;
                case "image_src":
                    AddMedia(href, MediaKind.Image, "link");
                    break;
                case "preload" when attributes["as"] is { } kind:
                    if (kind.Equals("image", StringComparison.OrdinalIgnoreCase))
                    {
                        AddMedia(href, MediaKind.Image, "link");
                        AddSet(attributes["imagesrcset"], "link");
                    }
                    else if (kind.Equals("video", StringComparison.OrdinalIgnoreCase))
                    {
                        AddMedia(href, MediaKind.Video, "link");
                    }
                    else if (kind.Equals("audio", StringComparison.OrdinalIgnoreCase))
                    {
                        AddMedia(href, MediaKind.Audio, "link");
                    }

                    break;
            }
        }
    }

    private void Image(AttributeBag attributes, string source)
    {
        AddIfAny(attributes["src"], MediaKind.Image, source);
        for (int i = 0; attributes.HasData && i < LazySources.Length; i++)
            AddIfAny(attributes[LazySources[i]], MediaKind.Image, source);
        string setSource = source == "picture" ? source : "srcset";
        AddSet(attributes["srcset"], setSource);
        AddSet(attributes["data-srcset"] ?? attributes["data-lazy-srcset"], setSource);
    }

    private void SourceElement(AttributeBag attributes, string parent)
    {
        string? address = attributes["src"] ?? attributes["data-src"];
        switch (parent)
        {
            case "picture":
                AddSet(attributes["srcset"], "picture");
                AddSet(attributes["data-srcset"], "picture");
                AddIfAny(address, MediaKind.Image, "picture");
                break;
            case "audio":
                AddIfAny(address, MediaKind.Audio, "source");
                break;
            default:
                if (NonEmpty(address) is { } url)
                    AddMedia(url, KindOf(url, attributes["type"]) is var kind && kind == MediaKind.Other ? MediaKind.Video : kind, "source");
                break;
        }
    }

    private void Input(AttributeBag attributes, bool visible)
    {
        string type = attributes["type"]?.Trim().ToLowerInvariant() is { Length: > 0 and < 32 } given ? given : "text";
        if (type == "image")
            AddIfAny(attributes["src"], MediaKind.Image, "img");
        if (visible && type != "hidden" && _inputs.Count < MaxInputs)
            _inputs.Add(type);
    }

    private void AddIfAny(string? url, MediaKind kind, string source)
    {
        if (!string.IsNullOrWhiteSpace(url))
            AddMedia(url, kind, source);
    }

    private void AddSet(string? srcset, string source)
    {
        if (string.IsNullOrWhiteSpace(srcset))
            return;

        _candidate = (MediaKind.Image, source);
        SrcsetReader.Read(srcset, _addCandidate);
    }

    private void AddBackground(string value)
    {
        if (value.Contains("url(", StringComparison.OrdinalIgnoreCase))
        {
            _candidate = (MediaKind.Image, "css-background");
            CssReader.Urls(value, _addCandidate);
        }
        else if (value.AsSpan().ContainsAny('/', '.'))
        {
            AddMedia(value, MediaKind.Image, "css-background");
        }
    }

    private void AddMedia(string url, MediaKind kind, string source)
    {
        url = url.Trim();
        bool inline = DataUrl.Is(url);
        if (inline)
        {
            MediaKind? written = DataKind(url);
            if (written is null)
                return;

            if (url.Length > _limits.MaxDataUrl)
            {
                Truncated = true;
                return;
            }

            (kind, source) = (written.Value, "data");
        }
        else
        {
            source = _stack[_depth].Source ?? source;
        }

        if (url.Length == 0 || url[0] == '#')
            return;

        BlockRole role = _stack[_depth].Role;
        if (_mediaSeen.Contains(url))
        {
            // Found in a sidebar first and in the main part later: it is the page's own.
            if (role == BlockRole.Main && _media.FindIndex(one => one.Url == url) is var at and >= 0)
                _media[at] = _media[at] with { Role = BlockRole.Main };
            return;
        }

        if (_media.Count >= _limits.MaxMedia)
        {
            Truncated = true;
            return;
        }

        _mediaSeen.Add(url);
        _media.Add((url, kind, source, role));
    }

    private static MediaKind? DataKind(string url)
    {
        ReadOnlySpan<char> type = url.AsSpan("data:".Length);
        return type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? MediaKind.Image
            : type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) ? MediaKind.Video
            : type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) ? MediaKind.Audio
            : null;
    }

    /// <summary>By declared type, else by the ending of the path.</summary>
    private static MediaKind KindOf(string url, string? type)
    {
        if (type is not null)
        {
            if (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase))
                return MediaKind.Image;
            if (type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) || type.Contains("mpegurl", StringComparison.OrdinalIgnoreCase))
                return MediaKind.Video;
            if (type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase))
                return MediaKind.Audio;
        }

        ReadOnlySpan<char> path = url;
        int end = path.IndexOfAny('?', '#');
        if (end >= 0)
            path = path[..end];
        int dot = path.LastIndexOf('.');
        if (dot < 0 || path.Length - dot > 6)
            return MediaKind.Other;

        Span<char> ending = stackalloc char[8];
        int length = path[(dot + 1)..].ToLowerInvariant(ending);
        return ending[..length] switch
        {
            "jpg" or "jpeg" or "png" or "gif" or "webp" or "avif" or "bmp" or "svg" or "heic" => MediaKind.Image,
            "mp4" or "webm" or "m4v" or "mov" or "mkv" or "avi" or "flv" or "m3u8" or "mpd" or "ogv" or "ts" or "3gp" => MediaKind.Video,
            "mp3" or "m4a" or "ogg" or "oga" or "wav" or "opus" or "aac" or "flac" => MediaKind.Audio,
            _ => MediaKind.Other,
        };
    }

    private void AddFact(string key, string value)
    {
        if (key.Length > 128)
            return;

        key = key.ToLowerInvariant();
        if (_facts.ContainsKey(key))
            return;

        if (_facts.Count >= _limits.MaxFacts)
        {
            Truncated = true;
            return;
        }

        _facts.Add(key, OutlineText.Collapse(value.Length > MaxFactLength ? value.AsSpan(0, MaxFactLength) : value));
    }

    private bool Hides(string name, AttributeBag attributes)
    {
        if (name is "template" or "noscript")
            return true;
        if (attributes.Count == 0)
            return false;
        if (attributes["hidden"] is not null)
            return true;
        if (attributes["aria-hidden"] is { } aria && aria.Trim().Equals("true", StringComparison.OrdinalIgnoreCase))
            return true;
        if (attributes["style"] is { Length: > 9 } style && CssReader.Hides(style))
            return true;
        if (_hidden.Count == 0)
            return false;

        return (attributes["id"] is { } id && _hidden.Contains("#" + id)) || (attributes["class"] is { } classes && HasHiddenClass(classes));
    }

    private bool HasHiddenClass(string classes)
    {
        foreach (string name in classes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (_hidden.Contains("." + name))
                return true;
        }

        return false;
    }

    private void Space(BlockState block)
    {
        if (block.Text.Length > 0)
            OutlineText.AppendCollapsed(block.Text, " ");
        if (_linkDepth >= 0)
            OutlineText.AppendCollapsed(_linkText, " ");
    }

    private ref Frame Push()
    {
        if (++_depth == _stack.Length)
            Array.Resize(ref _stack, _depth * 2);
        _stack[_depth] = default;
        return ref _stack[_depth];
    }

    private void Own(ref Frame frame, int heading)
    {
        // A block element parts the text around it: "a<div>b</div>c" reads "a c" in the outer block.
        Space(_stack[_depth - 1].Block);
        if (!_spare.TryPop(out BlockState? block))
            block = new BlockState();
        block.Role = frame.Role;
        block.Visible = frame.Visible;
        block.Heading = heading;
        block.Mark = frame.Mark;
        frame.Block = block;
        frame.OwnsBlock = true;
    }

    private void Finish(BlockState block)
    {
        if (block.Slot >= 0)
        {
            string text = OutlineText.Finish(block.Text);
            if (text.Length > 0)
                _blocks[block.Slot] = new OutlineBlock(block.Role, block.Visible, text, block.Heading, Math.Min(block.Linked, text.Length), block.Mark);
        }

        if (block.Text.Capacity <= 4096)
        {
            block.Text.Clear();
            block.Slot = -1;
            block.Linked = 0;
            _spare.Push(block);
        }
    }

    private static string? NonEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private enum Content : byte
    {
        Body,
        Head,
        Title,
        Script,
        JsonLd,
        Style,
        Skipped,
    }

    private struct Frame
    {
        public string Name;
        public string? Source;
        public BlockState Block;
        public BlockRole Role;
        public BlockMark Mark;
        public Content Content;
        public bool Visible;
        public bool OwnsBlock;
        public bool InsideItem;
        public bool Svg;
        public bool Counted;
    }

    private sealed class BlockState
    {
        public StringBuilder Text { get; } = new();

        public int Slot { get; set; } = -1;

        public int Linked { get; set; }

        public int Heading { get; set; }

        public BlockRole Role { get; set; }

        public BlockMark Mark { get; set; }

        public bool Visible { get; set; }
    }
}
