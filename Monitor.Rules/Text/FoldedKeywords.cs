using System.Numerics;

namespace Monitor.Rules.Text;

/// <summary>
/// Finds every keyword of a list in one pass over a folded text (Aho and Corasick, CACM 18(6), 1975), however many keywords there are: those that
/// hold more than letters of Vietnamese, for which only case, composition, white space and invisible characters are folded. A keyword counts only as a whole word or words: no letter, digit or mark may touch it. Occurrences of one
/// keyword do not overlap; those of different keywords may. Immutable and safe to share between threads.
/// </summary>
internal sealed class FoldedKeywords
{
    private const int None = -1;
    private const int MaxRowCells = 1 << 20;

    private readonly ushort[] _classes;
    private readonly int _classCount;
    private readonly int[] _shallow;
    private readonly int _shallowNodes;
    private readonly ulong[] _edges;
    private readonly int[] _targets;
    private readonly int _mask;
    private readonly int[] _fail;
    private readonly int[] _output;
    private readonly Entry[] _entries;

    private FoldedKeywords(string[] keywords, List<Entry> entries)
    {
        Keywords = keywords;
        _entries = [.. entries];

        _classes = new ushort[char.MaxValue + 1];
        _classCount = 1;
        int upper = 1;
        foreach (Entry entry in _entries)
        {
            upper += entry.Folded.Length;
            foreach (char c in entry.Folded)
            {
                if (_classes[c] == 0)
                    _classes[c] = (ushort)_classCount++;
            }
        }

        // Trie, with edges in one open-addressing table: (node, class) → node.
        int capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, upper * 2L));
        _edges = new ulong[capacity];
        _targets = new int[capacity];
        _mask = capacity - 1;
        var fail = new List<int>(upper) { 0 };
        var output = new List<int>(upper) { None };
        var parents = new List<(int Parent, ushort Class)>(upper) { (0, 0) };
        var depths = new List<int>(upper) { 0 };
        for (int e = 0; e < _entries.Length; e++)
        {
            int node = 0;
            foreach (char c in _entries[e].Folded)
            {
                ushort cls = _classes[c];
                int child = Edge(node, cls);
                if (child == None)
                {
                    child = fail.Count;
                    AddEdge(node, cls, child);
                    fail.Add(0);
                    output.Add(None);
                    parents.Add((node, cls));
                    depths.Add(depths[node] + 1);
                }

                node = child;
            }

            output[node] = e;
        }

        _fail = [.. fail];
        _output = [.. output];

        // Breadth first, so that the failure links of shorter prefixes are ready.
        int[] order = new int[_fail.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort([.. depths], order);
        var next = new int[_entries.Length];
        Array.Fill(next, None);
        foreach (int node in order)
        {
            (int parent, ushort cls) = parents[node];
            if (node != 0 && parent != 0)
            {
                int state = _fail[parent];
                int target;
                while ((target = Edge(state, cls)) == None && state != 0)
                    state = _fail[state];
                _fail[node] = target == None ? 0 : target;
            }

            // The chain of keywords that end here, longest first.
            int inherited = node == 0 ? None : _output[_fail[node]];
            if (_output[node] == None)
                _output[node] = inherited;
            else
                next[_output[node]] = inherited;
        }

        for (int e = 0; e < _entries.Length; e++)
            _entries[e] = _entries[e] with { Next = next[e] };

        // The states that most characters are met in get a complete row each: the root and the first letters.
        _shallowNodes = 1;
        _shallow = [];
        int[] remap = new int[_fail.Length];
        for (int i = 0; i < order.Length; i++)
            remap[order[i]] = i;
        (int[] fail2, int[] output2) = (new int[_fail.Length], new int[_fail.Length]);
        for (int i = 0; i < order.Length; i++)
        {
            fail2[i] = remap[_fail[order[i]]];
            output2[i] = _output[order[i]];
            if (depths[order[i]] == 1)
                _shallowNodes++;
        }

        (_fail, _output) = (fail2, output2);
        Array.Clear(_edges);
        for (int i = 1; i < order.Length; i++)
        {
            (int parent, ushort cls) = parents[order[i]];
            AddEdge(remap[parent], cls, i);
        }

        // A list of thousands of first letters (ideographs) would make that table too large: the root's row alone then.
        if ((long)_shallowNodes * _classCount > MaxRowCells)
            _shallowNodes = 1;

        var rows = new int[_shallowNodes * _classCount];
        for (int node = 0; node < _shallowNodes; node++)
        {
            for (int cls = 1; cls < _classCount; cls++)
            {
                int target = Edge(node, (ushort)cls);
                rows[(node * _classCount) + cls] = target != None ? target : node == 0 ? 0 : rows[cls];
            }
        }

        _shallow = rows;
    }

    /// <summary>The list the index was built from, in its order.</summary>
    public IReadOnlyList<string> Keywords { get; }

    /// <summary>Keywords that fold to nothing are never found. Equal keywords are each reported.</summary>
    public static FoldedKeywords Build(IReadOnlyList<string> keywords)
    {
        var byText = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < keywords.Count; i++)
        {
            string folded = TextFolding.FoldKeyword(keywords[i]);
            if (folded.Length == 0)
                continue;

            if (!byText.TryGetValue(folded, out List<int>? same))
                byText.Add(folded, same = []);
            same.Add(i);
        }

        var entries = new List<Entry>(byText.Count);
        foreach ((string folded, List<int> same) in byText)
            entries.Add(new Entry(folded, [.. same], None));
        return new FoldedKeywords([.. keywords], entries);
    }

    /// <summary>Every occurrence, by its end in the text.</summary>
    /// <param name="limit">The search stops after this many occurrences: a text made of keywords must not fill the memory.</param>
    /// <param name="each">Occurrences kept of one keyword.</param>
    /// <param name="searched">False when the first limit was met.</param>
    /// <param name="whole">False when either left some out.</param>
    public IReadOnlyList<KeywordOccurrence> Find(FoldedText folded, int limit, int each, out bool searched, out bool whole)
    {
        searched = whole = true;
        Dictionary<int, int>? counts = null;
        List<KeywordOccurrence>? found = null;
        Dictionary<int, int>? lastEnds = null;
        string text = folded.Text;
        int state = 0;
        for (int i = 0; i < text.Length; i++)
        {
            ushort cls = _classes[text[i]];
            if (cls == 0)
            {
                state = 0;
                continue;
            }

            state = Next(state, cls);
            int entry = _output[state];
            if (entry == None || (i + 1 < text.Length && TextFolding.IsWordCharacter(text, i + 1)))
                continue;

            for (; entry != None; entry = _entries[entry].Next)
            {
                int length = _entries[entry].Folded.Length;
                int start = i + 1 - length;
                if (start > 0 && TextFolding.IsWordCharacter(text, start - 1))
                    continue;

                lastEnds ??= [];
                if (lastEnds.TryGetValue(entry, out int lastEnd) && start < lastEnd)
                    continue;

                lastEnds[entry] = i + 1;
                counts ??= [];
                int count = counts.GetValueOrDefault(entry);
                if (count >= each)
                {
                    whole = false;
                    continue;
                }

                counts[entry] = count + 1;
                found ??= [];
                (int from, int units) = folded.ToOriginal(start, length);
                ReadOnlySpan<char> written = folded.Original.AsSpan(from, units);
                foreach (int keyword in _entries[entry].Keywords)
                {
                    if (found.Count >= limit)
                    {
                        searched = whole = false;
                        return found;
                    }

                    Technique technique = written.SequenceEqual(Keywords[keyword]) ? Technique.Verbatim : Technique.Folded;
                    found.Add(new KeywordOccurrence(keyword, from, units, technique, Strength.Strong));
                }
            }
        }

        return found ?? (IReadOnlyList<KeywordOccurrence>)[];
    }

    private int Next(int state, ushort cls)
    {
        while (state >= _shallowNodes)
        {
            int target = Edge(state, cls);
            if (target != None)
                return target;

            state = _fail[state];
        }

        return _shallow[(state * _classCount) + cls];
    }

    private int Edge(int node, ushort cls)
    {
        ulong key = Key(node, cls);
        for (int slot = Slot(key); ; slot = (slot + 1) & _mask)
        {
            ulong edge = _edges[slot];
            if (edge == key)
                return _targets[slot];
            if (edge == 0)
                return None;
        }
    }

    private void AddEdge(int node, ushort cls, int target)
    {
        ulong key = Key(node, cls);
        int slot = Slot(key);
        while (_edges[slot] != 0)
            slot = (slot + 1) & _mask;
        _edges[slot] = key;
        _targets[slot] = target;
    }

    // Class 0 is no edge, so a key is never 0, which marks a free slot.
    private static ulong Key(int node, ushort cls) => ((ulong)(uint)node << 16) | cls;

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 32) & _mask;

    /// <param name="Keywords">The listed keywords that fold to this text.</param>
    /// <param name="Next">The entry that is the longest proper suffix of this one, or −1.</param>
    private readonly record struct Entry(string Folded, int[] Keywords, int Next);
}
