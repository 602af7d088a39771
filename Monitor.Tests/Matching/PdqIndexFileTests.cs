using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Tests.Contracts;
using Monitor.Worker.Matching;

namespace Monitor.Tests.Matching;

public sealed class PdqIndexFileTests
{
    [Fact]
    public void A_written_file_is_mapped_and_answers()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Path, "pdq.index");
        PdqHash[] hashes = [.. Enumerable.Range(0, 200).Select(Hashes.Random), default];
        var written = PdqIndexFile.Write(path, hashes);
        Assert.Equal(new PdqIndexWritten(201, 200, 0, 1, new FileInfo(path).Length), written);
        Assert.Equal([path], Directory.GetFiles(scratch.Path));
        using var file = Assert.IsType<PdqIndexFileOpening.Opened>(PdqIndexFile.Open(path, PdqIndexCheck.Everything)).File;
        List<PdqHit> hits = [];
        file.Index.Find(hashes[7].Flip(9), null, 31, hits);
        Assert.Equal([new PdqHit(7, 1)], hits);
    }

    [Fact]
    public void Absent_empty_foreign_and_damaged_files_are_told_apart()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Path, "pdq.index");
        Assert.IsType<PdqIndexFileOpening.Unreadable>(PdqIndexFile.Open(path, PdqIndexCheck.Everything));
        File.WriteAllBytes(path, []);
        Assert.IsType<PdqIndexOpening.NotAnIndex>(Assert.IsType<PdqIndexFileOpening.Refused>(PdqIndexFile.Open(path, PdqIndexCheck.Everything)).Why);
        File.WriteAllBytes(path, new byte[10_000]);
        Assert.IsType<PdqIndexOpening.NotAnIndex>(Assert.IsType<PdqIndexFileOpening.Refused>(PdqIndexFile.Open(path, PdqIndexCheck.Everything)).Why);
        PdqIndexFile.Write(path, new[] { Hashes.Random(1) });
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^1]);
        Assert.IsType<PdqIndexOpening.WrongLength>(Assert.IsType<PdqIndexFileOpening.Refused>(PdqIndexFile.Open(path, PdqIndexCheck.Everything)).Why);
        bytes[4100] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(new PdqIndexOpening.Damaged("block 0"), Assert.IsType<PdqIndexFileOpening.Refused>(PdqIndexFile.Open(path, PdqIndexCheck.Everything)).Why);
    }

    /// <summary>Queries run on four threads while the index is swapped and the old files are unmapped and deleted: none fails, each sees one list whole.</summary>
    [Fact]
    public async Task Look_ups_go_on_while_the_index_is_swapped()
    {
        using var scratch = new Scratch();
        var shared = Hashes.Random(1);
        using var slot = new PdqIndexSlot<int>(0);
        void Swap(int number)
        {
            var path = Path.Combine(scratch.Path, $"{number}.index");
            PdqIndexFile.Write(path, Enumerable.Range(0, number).Select(k => Hashes.Random(1000 + k)).Append(shared).ToArray());
            slot.Swap(Assert.IsType<PdqIndexFileOpening.Opened>(PdqIndexFile.Open(path, PdqIndexCheck.Structure)).File, number);
            File.Delete(path);
        }

        Swap(1);
        using var done = new CancellationTokenSource();
        using var asking = new CountdownEvent(4);
        var askers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            asking.Signal();
            var asked = 0;
            List<PdqHit> hits = [];
            while (!done.IsCancellationRequested)
            {
                hits.Clear();
                using var lease = slot.Take();
                lease.Index.Find(shared, null, 31, hits);
                Assert.Equal(new PdqHit(lease.Names, 0), Assert.Single(hits));
                asked++;
            }

            return asked;
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        asking.Wait(TestContext.Current.CancellationToken);
        for (var number = 2; number < 40; number++)
        {
            Swap(number);
        }

        await done.CancelAsync();
        Assert.True((await Task.WhenAll(askers)).Sum() > 0);
    }

    [Fact]
    public void An_old_file_stays_mapped_until_its_last_lease_is_given_back()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Path, "pdq.index");
        PdqIndexFile.Write(path, new[] { Hashes.Random(1) });
        var file = Assert.IsType<PdqIndexFileOpening.Opened>(PdqIndexFile.Open(path, PdqIndexCheck.Everything)).File;
        using var slot = new PdqIndexSlot<string>("none");
        slot.Swap(file, "old");
        var lease = slot.Take();
        var second = slot.Take();
        slot.Swap(PdqIndex.Empty, "new");
        second.Dispose();
        Assert.Equal("old", lease.Names);
        Assert.Equal(Hashes.Random(1), lease.Index.HashAt(0));
        Assert.Equal(1, file.Index.Entries);
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Index);
        using var now = slot.Take();
        Assert.Equal("new", now.Names);
    }
}
