namespace Monitor.Worker.Extracting;

/// <summary>
/// Reads a page tag by tag without building a tree: linear whatever the page does, at the price of the parser's knowledge of how broken mark-up nests.
/// Leaves open what the page leaves open.
/// </summary>
internal static class FlatReader
{
    private const int MaxSrcdocLevels = 3;

    // How far up an end tag may reach: pages that never close their tags must not make each end tag a search.
    private const int Reach = 32;

    public static void Read(string html, OutlineBuilder builder, PageReaderLimits limits, int level, CancellationToken cancellation)
    {
        var scanner = new TagScanner(html);
        var attributes = new AttributeBag();
        int floor = builder.Depth;
        int steps = 0;
        TagToken token;
        while ((token = scanner.Next(attributes)) != TagToken.End)
        {
            if (++steps % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
            switch (token)
            {
                case TagToken.Text:
                    builder.Text(scanner.RawText ? scanner.Text.ToString() : scanner.DecodedText());
                    break;
                case TagToken.Open:
                    if (builder.Elements >= limits.MaxElements)
                    {
                        builder.Truncated = true;
                        return;
                    }

                    Open(scanner, attributes, builder, limits, floor, level, cancellation);
                    break;
                case TagToken.Close:
                    Close(scanner.Name, builder, floor);
                    break;
            }
        }
    }

    private static void Open(TagScanner scanner, AttributeBag attributes, OutlineBuilder builder, PageReaderLimits limits, int floor, int level, CancellationToken cancellation)
    {
        string name = scanner.Name;

        // A new body, or anything that only the body holds, ends the head.
        if (builder.OpenName(0) == "head" && name is not ("title" or "meta" or "link" or "base" or "script" or "style" or "noscript" or "template"))
            builder.Close();
        if (name is "p" or "li" or "a" or "option" or "td" or "tr" or "dt" or "dd" && builder.OpenName(0) == name && builder.Depth > floor)
            builder.Close();

        // At the limit an element is opened and closed at once, its text going to the element around it. Those whose content is no text keep their place.
        bool raw = name is "script" or "style" or "title" or "textarea" or "xmp" or "noembed" or "noframes" or "iframe";
        string? inner = name == "iframe" ? attributes["srcdoc"] : null;
        builder.Open(name, attributes);
        if (inner is { Length: > 0 } && level < MaxSrcdocLevels)
        {
            builder.OpenHidden("srcdoc");
            int depth = builder.Depth;
            Read(inner, builder, limits, level + 1, cancellation);
            while (builder.Depth >= depth)
                builder.Close();
        }

        if (IsVoid(name) || (!raw && builder.Depth - floor >= limits.MaxDepth))
            builder.Close();
    }

    private static void Close(string name, OutlineBuilder builder, int floor)
    {
        int open = Math.Min(Reach, builder.Depth - floor);
        for (int up = 0; up < open; up++)
        {
            if (builder.OpenName(up) != name)
                continue;

            for (; up >= 0; up--)
                builder.Close();
            return;
        }
    }

    private static bool IsVoid(string name) =>
        name is "area" or "base" or "br" or "col" or "embed" or "hr" or "img" or "input" or "link" or "meta" or "param" or "source" or "track" or "wbr" or "frame";
}
