using System.Buffers;
using Monitor.Rules.Removal;

namespace Monitor.Worker.Extracting;

/// <summary>
/// Tells error boxes by conventional class and id names, taken apart into words as <see cref="BlockRoles"/> does: the mark-up says so
/// in every language.
/// </summary>
internal static class BlockMarks
{
    // Nearly every name holds none of these: one look spares the taking apart.
    private static readonly SearchValues<string> Signs = SearchValues.Create(["err", "404", "found", "oops"], StringComparison.OrdinalIgnoreCase);

    public static BlockMark Of(string element, AttributeBag attributes)
    {
        if (attributes.Count == 0 || element is "html" or "a" or "img" or "input" or "label" or "svg" or "path" or "script" or "style" or "link" or "meta" or "template")
            return BlockMark.None;

        BlockMark ofClass = OfNames(attributes["class"]);
        return ofClass == BlockMark.NotFound ? ofClass : OfNames(attributes["id"]) is var ofId && ofId > ofClass ? ofId : ofClass;
    }

    private static BlockMark OfNames(string? names)
    {
        if (string.IsNullOrEmpty(names) || names.Length > 1024 || names.AsSpan().IndexOfAny(Signs) < 0)
            return BlockMark.None;

        var mark = BlockMark.None;
        ReadOnlySpan<char> all = names;
        foreach (Range range in all.SplitAny(' ', '\t', '\n', '\r', '\f'))
        {
            BlockMark found = OfName(all[range]);
            mark = found > mark ? found : mark;
        }

        return mark;
    }

    private static BlockMark OfName(ReadOnlySpan<char> name)
    {
        var mark = BlockMark.None;
        bool not = false;
        int at = 0;
        for (ReadOnlySpan<char> word = BlockRoles.NextWord(name, ref at); !word.IsEmpty; word = BlockRoles.NextWord(name, ref at))
        {
            // "no-error", "has-error", "error-free": said of something else.
            if (Is(word, "no") || Is(word, "has") || Is(word, "hide") || Is(word, "free") || Is(word, "handler") || Is(word, "boundary"))
                return BlockMark.None;
            if (Is(word, "404") || Is(word, "error404") || Is(word, "page404") || Is(word, "err404") || Is(word, "notfound") || (not && Is(word, "found")))
                mark = BlockMark.NotFound;
            else if (mark == BlockMark.None && (Is(word, "error") || Is(word, "errors") || Is(word, "err") || Is(word, "errorpage") || Is(word, "errorbox") || Is(word, "oops")))
                mark = BlockMark.Error;
            not = Is(word, "not");
        }

        return mark;
    }

    private static bool Is(ReadOnlySpan<char> word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);
}
