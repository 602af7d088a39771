using System.Collections.Frozen;
using Monitor.Rules.Removal;

namespace Monitor.Rules.RuleSets.Conditions;

/// <summary>
/// A small safe part of CSS selectors, judged on a page's outline and not on a DOM. Elements: title, h1 … h6, p (any text block),
/// a, img, video, audio, input, iframe, meta, link (canonical only). Before the element one landmark may stand (main, header, nav, aside, footer, dialog, .comment);
/// after it any number of attribute tests [name], [name=v], [name^=v], [name$=v], [name*=v], [name~=v]. Several selectors are separated by commas.
/// </summary>
public sealed class ElementSelector
{
    internal static readonly FrozenDictionary<string, string[]> Attributes = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["title"] = ["text"],
        ["h1"] = ["text"],
        ["h2"] = ["text"],
        ["h3"] = ["text"],
        ["h4"] = ["text"],
        ["h5"] = ["text"],
        ["h6"] = ["text"],
        ["p"] = ["text", "hidden"],
        ["a"] = ["href", "rel", "text"],
        ["img"] = ["src", "source"],
        ["video"] = ["src", "source"],
        ["audio"] = ["src", "source"],
        ["input"] = ["type"],
        ["iframe"] = ["src"],
        ["meta"] = ["name", "content"],
        ["link"] = ["rel", "href"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static readonly FrozenDictionary<string, BlockRole> Landmarks = new Dictionary<string, BlockRole>(StringComparer.Ordinal)
    {
        ["main"] = BlockRole.Main,
        ["header"] = BlockRole.Header,
        ["nav"] = BlockRole.Navigation,
        ["aside"] = BlockRole.Complementary,
        ["footer"] = BlockRole.Footer,
        [".comment"] = BlockRole.Comment,
        ["dialog"] = BlockRole.Dialog,
        ["template"] = BlockRole.Template,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal ElementSelector(string text, IReadOnlyList<SimpleSelector> alternatives)
    {
        Text = text;
        Alternatives = alternatives;
    }

    /// <summary>As it was written, trimmed.</summary>
    public string Text { get; }

    internal IReadOnlyList<SimpleSelector> Alternatives { get; }

    /// <returns>The selector, or the first fault in the text.</returns>
    public static SelectorReading Parse(string text) => new SelectorParser(text).Read();

    /// <summary>Elements of the page that any of the alternatives selects.</summary>
    public int Count(PageOutline page)
    {
        int count = 0;
        foreach (SimpleSelector one in Alternatives)
            count += Candidates(page, one.Element).Count(element => one.Selects(element));
        return count;
    }

    public override string ToString() => Text;

    private static IEnumerable<Element> Candidates(PageOutline page, string element) => element switch
    {
        "title" => page.Title.Length == 0 ? [] : [new Element(null, ("text", page.Title))],
        "a" => page.Links.Select(link => new Element(link.Role, ("href", link.Url), ("rel", link.Rel), ("text", link.Text))),
        "img" => Of(page, MediaKind.Image),
        "video" => Of(page, MediaKind.Video),
        "audio" => Of(page, MediaKind.Audio),
        "input" => page.FormInputs.Select(type => new Element(null, ("type", type))),
        "iframe" => page.Frames.Select(url => new Element(null, ("src", url))),
        "meta" => page.Facts.Select(fact => new Element(null, ("name", fact.Key), ("content", fact.Value))),
        "link" => page.Canonical is null ? [] : [new Element(null, ("rel", "canonical"), ("href", page.Canonical))],
        "p" => page.Blocks.Select(block => block.Visible ? new Element(block.Role, ("text", block.Text)) : new Element(block.Role, ("text", block.Text), ("hidden", ""))),
        _ => page.Blocks.Where(block => block.Heading == element[1] - '0').Select(block => new Element(block.Role, ("text", block.Text))),
    };

    private static IEnumerable<Element> Of(PageOutline page, MediaKind kind) =>
        page.Media.Where(media => media.Kind == kind).Select(media => new Element(media.Role, ("src", media.Url), ("source", media.Source)));

    internal sealed record Element(BlockRole? Role, params (string Name, string Value)[] Attributes);

    internal sealed record SimpleSelector(BlockRole? Role, string Element, IReadOnlyList<AttributeTest> Tests)
    {
        public bool Selects(Element element)
        {
            if (Role is not null && element.Role != Role)
                return false;
            foreach (AttributeTest test in Tests)
            {
                if (!element.Attributes.Any(attribute => attribute.Name == test.Name && test.Accepts(attribute.Value)))
                    return false;
            }

            return true;
        }
    }

    /// <param name="Operator">'\0' for presence, '=', '^', '$', '*' or '~'.</param>
    internal sealed record AttributeTest(string Name, char Operator, string Value)
    {
        public bool Accepts(string value) => Operator switch
        {
            '\0' => true,
            '=' => string.Equals(value, Value, StringComparison.OrdinalIgnoreCase),
            '^' => value.StartsWith(Value, StringComparison.OrdinalIgnoreCase),
            '$' => value.EndsWith(Value, StringComparison.OrdinalIgnoreCase),
            '*' => value.Contains(Value, StringComparison.OrdinalIgnoreCase),
            _ => value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(Value, StringComparer.OrdinalIgnoreCase),
        };
    }
}

/// <summary>A selector, or why there is none.</summary>
public abstract record SelectorReading
{
    private SelectorReading()
    {
    }

    public sealed record Read(ElementSelector Selector) : SelectorReading;

    /// <param name="At">Position in the text, in UTF-16 units.</param>
    /// <param name="Length">Units at fault, at least 1; may reach past the end of the text.</param>
    /// <param name="Known">Words that could stand there.</param>
    public sealed record Refused(SelectorFault Fault, int At, int Length, IReadOnlyList<string> Known) : SelectorReading;
}

public enum SelectorFault
{
    TooLong,
    Empty,

    /// <summary>Not an element that outlines have.</summary>
    UnknownElement,

    /// <summary>Not an attribute that the element's facts have.</summary>
    UnknownAttribute,

    /// <summary>Not one of = ^= $= *= ~=.</summary>
    BadOperator,

    /// <summary>A quotation mark or bracket is not closed, or a value is missing or empty.</summary>
    BadValue,

    /// <summary>Classes, ids, pseudo-classes, +, ~, &gt; and longer chains are not part of it.</summary>
    NotInTheSubset,
}
