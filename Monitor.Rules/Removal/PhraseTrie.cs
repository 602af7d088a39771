namespace Monitor.Rules.Removal;

/// <summary>
/// Folded phrases as one tree, walked once from each word of a text. A walk is as long as the longest phrase at most, so matching is linear in the text.
/// </summary>
internal sealed class PhraseTrie
{
    private const int MaxExpansions = 4096;
    private readonly int[] _root;
    private readonly int[] _first;
    private readonly char[] _chars;
    private readonly int[] _targets;
    private readonly NoticeHints[] _whole;
    private readonly NoticeHints[] _stem;
    private readonly NoticeHints[] _weak;

    private PhraseTrie(int[] root, int[] first, char[] chars, int[] targets, NoticeHints[] whole, NoticeHints[] stem, NoticeHints[] weak) =>
        (_root, _first, _chars, _targets, _whole, _stem, _weak) = (root, first, chars, targets, whole, stem, weak);

    /// <param name="table">Hints, and patterns parted by ';': "(this|the) page" is two phrases, "(the|) page" one with and one without, "delet*" a stem.</param>
    public static PhraseTrie Build(IEnumerable<(NoticeHints Hints, string Patterns)> table)
    {
        var children = new List<SortedDictionary<char, int>> { new() };
        var whole = new List<NoticeHints> { NoticeHints.None };
        var stem = new List<NoticeHints> { NoticeHints.None };
        var weak = new List<NoticeHints> { NoticeHints.None };
        foreach (var (hints, patterns) in table)
        {
            foreach (var pattern in patterns.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                foreach (var phrase in Expand(pattern))
                {
                    var isStem = phrase.EndsWith('*');
                    var text = phrase.TrimEnd('*').TrimEnd();
                    if (text.Contains('*', StringComparison.Ordinal))
                    {
                        throw new InvalidOperationException($"a stem can only end a phrase: {phrase}");
                    }

                    var node = 0;
                    foreach (var c in NoticeText.Fold(text))
                    {
                        if (!children[node].TryGetValue(c, out var next))
                        {
                            next = children.Count;
                            children[node].Add(c, next);
                            children.Add([]);
                            whole.Add(NoticeHints.None);
                            stem.Add(NoticeHints.None);
                            weak.Add(NoticeHints.None);
                        }

                        node = next;
                    }

                    if ((hints & (NoticeHints.Weak | NoticeHints.Alone)) != 0)
                    {
                        // Kept apart: what a phrase says under a condition must not take the condition to what it says anyway.
                        weak[node] |= hints;
                    }
                    else if (isStem || (text.Length > 0 && NoticeText.IsUnspaced(text[^1])))
                    {
                        stem[node] |= hints;
                    }
                    else
                    {
                        whole[node] |= hints;
                    }
                }
            }
        }

        var root = new int[65536];
        foreach (var (c, target) in children[0])
        {
            root[c] = target;
        }

        var first = new int[children.Count + 1];
        var chars = new List<char>();
        var targets = new List<int>();
        for (var node = 0; node < children.Count; node++)
        {
            first[node] = chars.Count;
            if (node > 0)
            {
                chars.AddRange(children[node].Keys);
                targets.AddRange(children[node].Values);
            }
        }

        first[children.Count] = chars.Count;
        return new PhraseTrie(root, first, [.. chars], [.. targets], [.. whole], [.. stem], [.. weak]);
    }

    /// <summary>All phrases that begin at <paramref name="start"/>: hints and where each ends.</summary>
    public void MatchAt(ReadOnlySpan<char> text, int start, List<(NoticeHints Hints, int End)> found)
    {
        var node = _root[text[start]];
        var at = start + 1;
        while (node != 0)
        {
            var ends = at == text.Length || !NoticeText.IsWord(text[at]);
            var hints = ends ? _whole[node] | _stem[node] : _stem[node];
            if (hints != NoticeHints.None)
            {
                found.Add((hints, at));
            }

            if (ends && _weak[node] != NoticeHints.None)
            {
                found.Add((_weak[node], at));
            }

            if (at == text.Length)
            {
                return;
            }

            node = Child(node, text[at++]);
        }
    }

    private int Child(int node, char c)
    {
        for (int i = _first[node], end = _first[node + 1]; i < end; i++)
        {
            if (_chars[i] == c)
            {
                return _targets[i];
            }
        }

        return 0;
    }

    private static List<string> Expand(string pattern)
    {
        var at = 0;
        var phrases = Choices(pattern, ref at);
        if (at < pattern.Length)
        {
            throw new InvalidOperationException($"a phrase pattern does not close its groups: {pattern}");
        }

        return [.. phrases.Select(phrase => string.Join(' ', phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(phrase => phrase.Length > 0)];
    }

    private static List<string> Choices(string pattern, ref int at)
    {
        var all = new List<string>();
        var current = new List<string> { "" };
        while (at < pattern.Length && pattern[at] != ')')
        {
            switch (pattern[at])
            {
                case '|':
                    all.AddRange(current);
                    current = [""];
                    at++;
                    break;
                case '(':
                    at++;
                    var inner = Choices(pattern, ref at);
                    if (at == pattern.Length)
                    {
                        throw new InvalidOperationException($"a phrase pattern does not close its groups: {pattern}");
                    }

                    at++;
                    current = [.. current.SelectMany(left => inner.Select(right => left + right))];
                    break;
                default:
                    var end = pattern.AsSpan(at).IndexOfAny('(', ')', '|');
                    var literal = end < 0 ? pattern[at..] : pattern.Substring(at, end);
                    current = [.. current.Select(left => left + literal)];
                    at += literal.Length;
                    break;
            }

            if (current.Count > MaxExpansions)
            {
                throw new InvalidOperationException("a phrase pattern expands to too many phrases");
            }
        }

        all.AddRange(current);
        return all;
    }
}
