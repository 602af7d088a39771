using FsCheck.Xunit;
using Monitor.Tests.Contracts;
using Monitor.Worker.Banks;

namespace Monitor.Tests.Banks;

public sealed class HashSorterTests : IDisposable
{
    private const int Width = 16;
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Small buffers make many runs; few distinct bytes make equal hashes and equal beginnings.</summary>
    [Property(MaxTest = 60)]
    public void Sorted_by_hash_then_by_turn_whatever_the_size_of_the_buffer(byte[] values, bool small)
    {
        var lines = (values ?? []).Concat(values ?? []).Select((value, i) => (Hash: Hash(value), Turn: (ulong)i + 1)).ToList();
        var folder = _scratch.At(Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        using (var sorter = new HashSorter(Width, folder, "x", small ? 200 : 1 << 20))
        {
            foreach (var (hash, turn) in lines)
            {
                sorter.Add(hash, turn, remove: turn % 3 == 0, null, (int)(turn % 101), System.Text.Encoding.ASCII.GetBytes(new string('l', (int)(turn % 40))));
            }

            Assert.Equal(lines.Count, sorter.Total);
            var found = new List<(string, ulong)>();
            using var sorted = sorter.Sorted();
            while (sorted.MoveNext())
            {
                var turn = OpRecord.Turn(sorted.Record, Width);
                Assert.Equal(turn % 3 == 0, OpRecord.Removes(sorted.Record, Width));
                Assert.Equal((int)(turn % 101), OpRecord.QualityOf(sorted.Record, Width));
                Assert.Equal((int)(turn % 40), OpRecord.Label(sorted.Record, Width).Length);
                Assert.Null(OpRecord.OpinionOf(sorted.Record, Width));
                found.Add((Convert.ToHexString(sorted.Record[..Width]), turn));
            }

            Assert.Equal(lines.Select(line => (Convert.ToHexString(line.Hash), line.Turn)).OrderBy(line => line.Item1, StringComparer.Ordinal).ThenBy(line => line.Turn), found);
        }

        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    private static byte[] Hash(byte value)
    {
        var hash = new byte[Width];
        (hash[0], hash[^1]) = ((byte)(value & 3), (byte)(value >> 5));
        return hash;
    }
}
