using System.Net;

namespace Monitor.Worker.Extracting;

internal enum TagToken
{
    End,
    Open,
    Close,
    Text,
}

/// <summary>
/// Splits HTML into tags and text in one linear pass, without a tree: for looking at the start of a body before its
/// encoding is known, and for reading pages that are built to make tree building expensive.
/// </summary>
internal sealed class TagScanner(string html)
{
    private const int MaxAttributes = 256;
    private int _at;
    private string? _rawName;

    /// <summary>Lower-case element name of the tag.</summary>
    public string Name { get; private set; } = "";

    /// <summary>True for an opening tag that ends in "/&gt;".</summary>
    public bool SelfClosing { get; private set; }

    /// <summary>Where the token's text stands in the source, references not yet decoded.</summary>
    public (int Start, int Length) Span { get; private set; }

    /// <summary>True for the content of script, style and their like.</summary>
    public bool RawText { get; private set; }

    public ReadOnlySpan<char> Text => html.AsSpan(Span.Start, Span.Length);

    public string DecodedText()
    {
        string text = html.Substring(Span.Start, Span.Length);
        return text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;
    }

    public TagToken Next(AttributeBag attributes)
    {
        RawText = false;
        if (_rawName is { } raw)
        {
            _rawName = null;
            int end = FindRawEnd(raw);
            if (end > _at)
            {
                Span = (_at, end - _at);
                RawText = raw is not ("title" or "textarea");
                _at = end;
                return TagToken.Text;
            }
        }

        while (_at < html.Length)
        {
            int open = html.IndexOf('<', _at);
            if (open < 0)
                open = html.Length;
            if (open > _at)
            {
                Span = (_at, open - _at);
                _at = open;
                return TagToken.Text;
            }

            char next = open + 1 < html.Length ? html[open + 1] : '\0';
            if (char.IsAsciiLetter(next))
            {
                ReadTag(open + 1, attributes);
                if (Name is "script" or "style" or "title" or "textarea" or "xmp" or "noembed" or "noframes" or "iframe")
                    _rawName = Name;
                return TagToken.Open;
            }

            if (next == '/' && open + 2 < html.Length && char.IsAsciiLetter(html[open + 2]))
            {
                ReadTag(open + 2, attributes);
                return TagToken.Close;
            }

            if (next is '!' or '?' or '/')
            {
                bool comment = html.AsSpan(open).StartsWith("<!--");
                int end = comment ? html.IndexOf("-->", open + 2, StringComparison.Ordinal) : html.IndexOf('>', open);
                _at = end < 0 ? html.Length : end + (comment ? 3 : 1);
                continue;
            }

            // A "<" that starts nothing is text.
            Span = (open, 1);
            _at = open + 1;
            return TagToken.Text;
        }

        return TagToken.End;
    }

    private int FindRawEnd(string name)
    {
        string close = "</" + name;
        int end = html.IndexOf(close, _at, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : end;
    }

    private void ReadTag(int at, AttributeBag attributes)
    {
        attributes.Clear();
        SelfClosing = false;
        int start = at;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('>' or '/'))
            at++;
        Name = html.AsSpan(start, Math.Min(at - start, 64)).ToString().ToLowerInvariant();
        while (at < html.Length && html[at] != '>')
        {
            if (IsSpace(html[at]) || html[at] == '/')
            {
                SelfClosing = html[at] == '/' && at + 1 < html.Length && html[at + 1] == '>';
                at++;
                continue;
            }

            at = ReadAttribute(at, attributes);
        }

        _at = Math.Min(at + 1, html.Length);
    }

    private int ReadAttribute(int at, AttributeBag attributes)
    {
        int start = at++;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('>' or '/' or '='))
            at++;
        int nameEnd = at;
        while (at < html.Length && IsSpace(html[at]))
            at++;
        ReadOnlySpan<char> value = default;
        if (at < html.Length && html[at] == '=')
        {
            at++;
            while (at < html.Length && IsSpace(html[at]))
                at++;
            if (at < html.Length && html[at] is '"' or '\'')
            {
                int end = html.IndexOf(html[at], at + 1);
                if (end < 0)
                    end = html.Length;
                value = html.AsSpan(at + 1, end - at - 1);
                at = Math.Min(end + 1, html.Length);
            }
            else
            {
                int from = at;
                while (at < html.Length && !IsSpace(html[at]) && html[at] != '>')
                    at++;
                value = html.AsSpan(from, at - from);
            }
        }
        else
        {
            at = nameEnd;
        }

        if (attributes.Count < MaxAttributes && nameEnd - start <= 64)
        {
            string text = value.ToString();
            attributes.Add(
                html.AsSpan(start, nameEnd - start).ToString().ToLowerInvariant(),
                text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text);
        }

        return at;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
