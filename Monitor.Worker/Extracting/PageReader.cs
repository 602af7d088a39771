using System.Buffers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Monitor.Rules.Removal;

namespace Monitor.Worker.Extracting;

/// <summary>
/// Reads a body of any kind: what it is, how it is encoded, and for HTML its outline. Stateless and safe to share between threads. Never throws but for
/// cancellation: a page made to be expensive, or one the parser stumbles over, is read flat and marked as truncated.
/// </summary>
public sealed class PageReader(TimeProvider time)
{
    private const int MaxSrcdocLevels = 3;
    private const int CheckEvery = 64;

    public PageReader()
        : this(TimeProvider.System)
    {
    }

    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public PageReading Read(PageSource source, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PageReaderLimits limits = source.Limits;
        ReadOnlySpan<byte> body = source.Body.Span;
        bool cut = body.Length > limits.MaxBytes;
        if (cut)
            body = body[..limits.MaxBytes];

        ContentKind kind = ContentSniffer.Sniff(body, source.ContentType);
        if (kind is not (ContentKind.Html or ContentKind.Json or ContentKind.Text))
            return new PageReading { Kind = kind };

        string text = CharsetSniffer.Decode(body, source.ContentType, kind == ContentKind.Html, out string charset, out CharsetOrigin origin);
        if (kind != ContentKind.Html)
        {
            return new PageReading
            {
                Kind = kind,
                CharsetUsed = charset,
                CharsetOrigin = origin,
                Text = text.Length > limits.MaxText ? text[..limits.MaxText] : text,
            };
        }

        OutlineBuilder builder = Outline(text, limits, cancellation);
        builder.Truncated |= cut;
        return new PageReading { Kind = kind, CharsetUsed = charset, CharsetOrigin = origin, Outline = builder.Build(source.FinalUrl) };
    }

    private OutlineBuilder Outline(string html, PageReaderLimits limits, CancellationToken cancellation)
    {
        var run = new Run(limits, time, cancellation);
        try
        {
            var builder = new OutlineBuilder(limits);
            run.Tree(html, builder, level: 0);
            return builder;
        }
        catch (LimitReachedException)
        {
            return Flat(html, limits, cancellation);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            // The parser is not ours and its input is hostile: a fault of it must not cost the observation.
            return Flat(html, limits, cancellation);
        }
    }

    private static OutlineBuilder Flat(string html, PageReaderLimits limits, CancellationToken cancellation)
    {
        var builder = new OutlineBuilder(limits) { Truncated = true };
        FlatReader.Read(html, builder, limits, level: 0, cancellation);
        return builder;
    }

    /// <summary>One page: what its parts (the page and the documents written into its frames) may use together.</summary>
    private sealed class Run(PageReaderLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        private readonly long _started = time.GetTimestamp();
        private readonly AttributeBag _attributes = new();
        private IElement? _last;
        private int _created;

        public void Tree(string html, OutlineBuilder builder, int level)
        {
            var options = new HtmlParserOptions
            {
                MaximumDepth = limits.MaxDepth,

                // As in a browser that runs scripts, noscript is text: else its content would end the head and show up as the page's own.
                IsScripting = true,
                SkipComments = true,
                DisableElementPositionTracking = true,
                OnCreated = (element, _) => Created(element),
            };
            _last = null;
            IHtmlDocument document = new HtmlParser(options).ParseDocument(html);
            Walk(document, builder, level);
        }

        private void Created(IElement element)
        {
            if (++_created > limits.MaxElements)
                throw new LimitReachedException();

            if (_created % CheckEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                if (time.GetElapsedTime(_started) > limits.MaxTime)
                    throw new LimitReachedException();

                // The new element has no parent yet; the one before it has.
                int depth = 0;
                for (INode? node = _last; node is not null; node = node.Parent)
                    depth++;
                if (depth >= limits.MaxDepth)
                    throw new LimitReachedException();
            }

            _last = element;
        }

        private void Walk(INode root, OutlineBuilder builder, int level)
        {
            (INodeList Nodes, int Next, bool Opened)[] stack = ArrayPool<(INodeList, int, bool)>.Shared.Rent(64);
            try
            {
                int depth = 0;
                stack[0] = (root.ChildNodes, 0, false);
                int steps = 0;
                while (depth >= 0)
                {
                    ref (INodeList Nodes, int Next, bool Opened) top = ref stack[depth];
                    if (top.Next >= top.Nodes.Length)
                    {
                        if (top.Opened)
                            builder.Close();
                        depth--;
                        continue;
                    }

                    INode node = top.Nodes[top.Next++];
                    if (++steps % 1024 == 0)
                        cancellation.ThrowIfCancellationRequested();
                    if (node is IText text)
                    {
                        builder.Text(text.Data);
                        continue;
                    }

                    if (node is not IElement element)
                        continue;

                    Fill(element);
                    string name = element.LocalName;
                    builder.Open(name, _attributes);
                    if (builder.Elements > limits.MaxElements)
                        throw new LimitReachedException();

                    if (name == "iframe" && _attributes["srcdoc"] is { Length: > 0 } inner)
                        Inner(inner, builder, level);

                    if (name == "noscript")
                    {
                        NoScript(element.TextContent, builder, level);
                        builder.Close();
                        continue;
                    }

                    INodeList children = element is IHtmlTemplateElement template ? template.Content.ChildNodes : element.ChildNodes;
                    if (children.Length == 0)
                    {
                        builder.Close();
                        continue;
                    }

                    if (depth >= limits.MaxDepth)
                    {
                        // Templates in templates: each starts a tree of its own, so the parser's limit does not hold.
                        throw new LimitReachedException();
                    }

                    if (++depth == stack.Length)
                        Grow(ref stack);
                    stack[depth] = (children, 0, true);
                }
            }
            finally
            {
                ArrayPool<(INodeList, int, bool)>.Shared.Return(stack, clearArray: true);
            }
        }

        private void Inner(string html, OutlineBuilder builder, int level)
        {
            if (level >= MaxSrcdocLevels)
            {
                builder.Truncated = true;
                return;
            }

            builder.OpenHidden("srcdoc");
            Tree(html, builder, level + 1);
            builder.Close();
        }

        private void NoScript(string html, OutlineBuilder builder, int level)
        {
            int depth = builder.Depth;
            FlatReader.Read(html, builder, limits, level + 1, cancellation);
            while (builder.Depth > depth)
                builder.Close();
        }

        private void Fill(IElement element)
        {
            _attributes.Clear();
            INamedNodeMap map = element.Attributes;
            for (int i = 0, count = map.Length; i < count; i++)
            {
                if (map[i] is { } attribute)
                    _attributes.Add(attribute.Name, attribute.Value);
            }
        }

        private static void Grow(ref (INodeList Nodes, int Next, bool Opened)[] stack)
        {
            (INodeList, int, bool)[] larger = ArrayPool<(INodeList, int, bool)>.Shared.Rent(stack.Length * 2);
            Array.Copy(stack, larger, stack.Length);
            ArrayPool<(INodeList, int, bool)>.Shared.Return(stack, clearArray: true);
            stack = larger;
        }
    }

    /// <summary>Leaves the parser from within its callback: it has no other way out. Never leaves this class.</summary>
    private sealed class LimitReachedException : Exception;
}
