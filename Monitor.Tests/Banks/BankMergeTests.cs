using System.Text;
using FsCheck.Xunit;
using Monitor.Rules.Banks;
using Monitor.Rules.Matching;
using Monitor.Tests.Contracts;
using Monitor.Worker.Banks;

namespace Monitor.Tests.Banks;

/// <summary>A bank and the lists laid over it, against a plain dictionary that lives through the same lines.</summary>
public sealed class BankMergeTests : IDisposable
{
    private const int Width = 16;
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>
    /// Each byte is one line: adds one of eight hashes under one of four labels, removes a hash, or removes a label. A sequence of deltas ends
    /// where the whole of the lines ends, wherever the sequence is cut into lists.
    /// </summary>
    [Property(MaxTest = 200)]
    public void A_sequence_of_deltas_equals_the_whole_list(byte[] lines, byte cuts)
    {
        var all = lines ?? [];
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal);
        BankFile? bank = null;
        var size = 1 + (cuts % 7);
        foreach (var list in all.Chunk(size))
        {
            var before = model.ToDictionary();
            Live(model, list);
            (bank, var change) = Lay(bank, list);
            Assert.Equal(model.Count, change.After);
            Assert.Equal(model.Keys.Except(before.Keys).Count(), change.Added);
            Assert.Equal(before.Keys.Except(model.Keys).Count(), change.Removed);
            Assert.Equal(model, Content(bank));
        }

        var (whole, _) = Lay(null, all);
        Assert.Equal(model, Content(whole));
        Assert.True(bank is null || bank.ContentDigest.SequenceEqual(whole.ContentDigest), "the same entries give the same bytes");
    }

    [Fact]
    public void An_entry_keeps_its_label_opinion_and_quality()
    {
        using var sorter = new HashSorter(Width, _scratch.Path, "x");
        var label = "đèn lồng " + new string('x', 2000);
        sorter.Add(Hash(1), 1, remove: false, Opinion.Disputed, 73, Encoding.UTF8.GetBytes(label));
        sorter.Add(Hash(2), 2, remove: false, null, null, default);
        var bank = Write(null, sorter, new LabelTombstones()).Bank;
        Assert.Equal((Opinion.Disputed, 73), (bank.OpinionOf(0), bank.QualityOf(0)));
        Assert.Equal(BankFile.MaxLabel, bank.Label(0).Length);
        Assert.StartsWith("đèn lồng xxx", bank.NameOf(0), StringComparison.Ordinal);
        Assert.Equal((null, null, Convert.ToHexStringLower(Hash(2))), (bank.OpinionOf(1), bank.QualityOf(1), bank.NameOf(1)));
        Assert.Equal((0, 1, -1), (bank.Find(Hash(1)), bank.Find(Hash(2)), bank.Find(Hash(3))));
        Assert.Equal(-1, bank.Find(new byte[20]));
        Assert.True(bank.IsWhole(CancellationToken.None));
    }

    [Fact]
    public void A_label_is_never_cut_inside_a_character() =>
        Assert.Equal(999, BankFile.Cut(Encoding.UTF8.GetBytes(new string('a', 999) + "đèn")).Length);

    private static void Live(SortedDictionary<string, string> model, byte[] list)
    {
        foreach (var line in list)
        {
            var (hash, label) = (Convert.ToHexString(Hash(line & 7)), Label(line));
            switch (line >> 6)
            {
                case 0 or 1:
                    model[hash] = label;
                    break;
                case 2:
                    model.Remove(hash);
                    break;
                default:
                    foreach (var gone in model.Where(pair => pair.Value == label).Select(pair => pair.Key).ToList())
                    {
                        model.Remove(gone);
                    }

                    break;
            }
        }
    }

    private (BankFile Bank, BankChange Change) Lay(BankFile? before, byte[] list)
    {
        using var sorter = new HashSorter(Width, _scratch.Path, Guid.NewGuid().ToString("N"), bufferSize: 150);
        var tombstones = new LabelTombstones();
        ulong turn = 0;
        foreach (var line in list)
        {
            var label = Encoding.ASCII.GetBytes(Label(line));
            if (line >> 6 == 3)
            {
                Assert.True(tombstones.TryAdd(label, ++turn));
            }
            else
            {
                sorter.Add(Hash(line & 7), ++turn, remove: line >> 6 == 2, null, null, label);
            }
        }

        return Write(before, sorter, tombstones);
    }

    private static (BankFile Bank, BankChange Change) Write(BankFile? before, HashSorter sorter, LabelTombstones tombstones)
    {
        using var stream = new MemoryStream();
        using var labels = new MemoryStream();
        using var writer = new BankFileWriter(stream, labels, HashKind.Md5);
        using var ops = sorter.Sorted();
        var change = BankMerge.Write(ops, before, whole: false, tombstones, writer, CancellationToken.None);
        writer.Complete();
        return (Assert.IsType<HashFileOpening<BankFile>.Opened>(new IndexFile(stream.ToArray()).Bank(HashKind.Md5)).File, change);
    }

    private static IEnumerable<KeyValuePair<string, string>> Content(BankFile bank)
    {
        for (long row = 0; row < bank.Count; row++)
        {
            yield return new(Convert.ToHexString(bank.Value(row)), Encoding.ASCII.GetString(bank.Label(row)));
        }
    }

    private static string Label(byte line) => "label" + (line >> 3 & 3);

    private static byte[] Hash(int value)
    {
        var hash = new byte[Width];
        hash[^1] = (byte)value;
        return hash;
    }
}
