using System.Globalization;
using System.Text;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Worker.Banks.Formats;

namespace Monitor.Worker.Banks;

/// <summary>Counts what a reader finds, tells of what is bad as it comes, and hands the rest to the sorters.</summary>
internal sealed class ImportTally(HashReadOptions options, string folder, Action<BadHashLine> report) : IHashSink, IDisposable
{
    private const int ExcerptLength = 80;
    private const int MostKindsOfSkips = 200;

    private readonly HashSorter?[] _sorters = new HashSorter?[4];
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private ulong _turn;

    public long Additions { get; private set; }

    public long Removals { get; private set; }

    public long BadLines { get; private set; }

    /// <summary>Perceptual hashes that are stored but never found: their pictures say too little.</summary>
    public long TooLittleDetail { get; private set; }

    /// <summary>Left out on purpose, by what they were.</summary>
    public IReadOnlyDictionary<string, long> Skipped => _skipped;

    public LabelTombstones Tombstones { get; } = new();

    public string? CheckpointSaid { get; private set; }

    public string? BaseSaid { get; private set; }

    public HashSorter? Of(HashKind kind) => _sorters[(int)kind];

    public void Add(in HashItem item)
    {
        if (options.Kind is { } only && only != item.Kind)
        {
            Skip(item.Number, "other-kind-" + HashKindNames.Word(item.Kind));
            return;
        }

        Additions++;
        TooLittleDetail += item.Kind == HashKind.Pdq && PdqGates.Of(PdqHash.FromBytes(item.Value), item.Quality) != PdqGate.Open ? 1 : 0;
        Sorter(item.Kind).Add(item.Value, ++_turn, remove: false, item.Opinion, item.Quality, item.Label);
    }

    public void Remove(long number, HashKind kind, ReadOnlySpan<byte> value)
    {
        if (options.Kind is { } only && only != kind)
        {
            Skip(number, "other-kind-" + HashKindNames.Word(kind));
            return;
        }

        Removals++;
        Sorter(kind).Add(value, ++_turn, remove: true, null, null, default);
    }

    public void RemoveLabel(long number, ReadOnlySpan<byte> label, bool counted = true)
    {
        Removals += counted ? 1 : 0;
        if (!Tombstones.TryAdd(Monitor.Rules.Banks.BankFile.Cut(label), ++_turn))
        {
            throw new HashFormatException($"hơn {LabelTombstones.Most} mục bị xoá theo tên: hãy nhập danh sách đầy đủ", $"more than {LabelTombstones.Most} entries removed by name: import the whole list");
        }
    }

    public void Bad(long number, ReadOnlySpan<byte> excerpt, HashProblem problem)
    {
        BadLines++;
        report(new BadHashLine(number, Excerpt(excerpt), problem));
    }

    public void Skip(long number, string what)
    {
        // The words come from a fixed list, except categories, which are numbers somebody else wrote.
        if (!_skipped.ContainsKey(what) && _skipped.Count >= MostKindsOfSkips)
        {
            what = "other";
        }

        _skipped[what] = _skipped.GetValueOrDefault(what) + 1;
    }

    public void Checkpoint(string at) => CheckpointSaid = Word(at);

    public void Base(string from) => BaseSaid = Word(from);

    public void Dispose()
    {
        foreach (var sorter in _sorters)
        {
            sorter?.Dispose();
        }
    }

    private static string Word(string text) => text.Length <= 100 ? text : text[..100];

    private static string Excerpt(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * ExcerptLength)]);
        text = text.Length > ExcerptLength ? text[..ExcerptLength] : text;
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || char.GetUnicodeCategory(source[i]) == UnicodeCategory.Format ? '\uFFFD' : source[i];
            }
        });
    }

    private HashSorter Sorter(HashKind kind) => _sorters[(int)kind] ??= new HashSorter(HashText.WidthOf(kind), folder, HashKindNames.Word(kind));
}

/// <summary>A line or item that could not be used.</summary>
/// <param name="Number">Line, or item for XML and JSON; from 1.</param>
/// <param name="Excerpt">Its start, at most 80 characters, control characters replaced.</param>
public sealed record BadHashLine(long Number, string Excerpt, HashProblem Problem);
