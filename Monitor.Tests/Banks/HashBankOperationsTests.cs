using System.Text;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Worker.Banks;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Operations;

namespace Monitor.Tests.Banks;

public sealed class HashBankOperationsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_match_names_bank_version_entry_hash_opinion_and_media()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List("a", "b"));
        await home.ImportedAsync($"{BankHome.Digest("a")}\n", new BankImportOrder { Bank = "others", Kind = HashKind.Sha256, Opinion = Opinion.Disputed });
        await home.ImportedAsync(BankHome.List("a", "b", "c"));

        var zero = new byte[20];
        var set = new DigestSet(Digest.FromBytes(DigestKind.Md5, zero.AsSpan(4)), Digest.FromBytes(DigestKind.Sha1, zero), BankHome.Digest("a"));
        var hash = BankHome.Digest("a").ToString();
        Assert.Equal(
            [
                new Match { Bank = "lanterns", BankVersion = "2", Entry = "a", Hash = hash, Kind = HashKind.Sha256, Opinion = Opinion.Positive, MediaUrl = "https://lantern.example/a.jpg" },
                new Match { Bank = "others", BankVersion = "1", Entry = hash, Hash = hash, Kind = HashKind.Sha256, Opinion = Opinion.Disputed, MediaUrl = "https://lantern.example/a.jpg" },
            ],
            home.House.BankIndex.Match(set, "https://lantern.example/a.jpg", []));
        Assert.Equal("others", Assert.Single(home.House.BankIndex.Match(set, "", ["OTHERS"])).Bank);
    }

    [Fact]
    public async Task Everything_a_list_holds_is_accounted_for()
    {
        await using var home = await BankHome.OpenAsync();
        var bad = new List<BadHashLine>();
        var list = $"# x\n{BankHome.List("a", "b", "a")}nonsense\n-{BankHome.Digest("b")}\n{new string('a', 32)}\n\n";
        var result = await home.House.Banks.ImportAsync(home.Analyst, new BankImportOrder { Bank = "lanterns", Kind = HashKind.Sha256 }, new MemoryStream(Encoding.UTF8.GetBytes(list)), "x", bad.Add, None);
        var done = Assert.IsType<OperationResult<BankImport>.Done>(result).Value;
        // "b" is added and taken out again by the same list; one "a" and the addition of "b" are void.
        Assert.Equal((6, 3, 1, 2, 2, 1, 2), (done.Hashes, done.Additions, done.Removals, done.Bad, done.Duplicates, done.Entries, done.EmptyLines));
        Assert.Equal([5L, 7L], bad.Select(line => line.Number));
        Assert.Equal((true, false), (home.Has("a"), home.Has("b")));
    }

    [Fact]
    public async Task A_list_of_several_kinds_fills_a_bank_of_several_kinds_and_says_what_it_left_out()
    {
        await using var home = await BankHome.OpenAsync();
        var json = $$"""
            {"odata.metadata":"x","value":[
              {"MediaID":1,"Category":1,"MD5":"{{new string('a', 32)}}","SHA1":"{{new string('b', 40)}}","PhotoDNA":"AAAA"},
              {"MediaID":2,"Category":0,"MD5":"{{new string('c', 32)}}"}]}
            """;
        var done = await home.ImportedAsync(json, new BankImportOrder { Bank = "vics" });
        Assert.Equal(["vics/md5", "vics/sha1"], done.Kinds.Select(kind => kind.Version.Id));
        Assert.Equal(("vics", true), (Worker.Banks.Formats.HashFormats.Word(done.Format), done.Recognised));
        Assert.Equal([new("category-0", 1), new("photodna", 1)], done.Skipped.ToArray());
        Assert.Equal((4, 2), (done.Hashes, done.Entries));
        Assert.Equal("MediaID 1 category 1", Assert.Single(home.House.BankIndex.Match(Digest.Parse(new string('b', 40)))).Entry);

        var only = await home.ImportedAsync(json, new BankImportOrder { Bank = "md5-only", Kind = HashKind.Md5 });
        Assert.Equal(1, only.Skipped["other-kind-sha1"]);
        Assert.Equal("md5-only/md5", Assert.Single(only.Kinds).Version.Id);
    }

    [Fact]
    public async Task Deltas_follow_their_checkpoints_and_are_refused_with_what_to_do()
    {
        await using var home = await BankHome.OpenAsync();
        var delta = new BankImportOrder { Bank = "lanterns", Kind = HashKind.Sha256, Delta = true };
        Assert.Equal("delta-without-bank", BankHome.Refused(await home.ImportAsync(BankHome.List("a"), delta)));
        await home.ImportedAsync("# checkpoint: one\n" + BankHome.List("a", "b", "c"));
        Assert.Equal("delta-without-base", BankHome.Refused(await home.ImportAsync(BankHome.List("d"), delta)));
        Assert.Equal("delta-other-base", BankHome.Refused(await home.ImportAsync("# base: zero\n" + BankHome.List("d"), delta)));
        Assert.Equal("delta-other-base", BankHome.Refused(await home.ImportAsync(BankHome.List("d"), delta with { Base = "two" })));
        Assert.False(home.Has("d"));

        var done = await home.ImportedAsync($"# base: one\n# checkpoint: two\n-{BankHome.Digest("a")}\n+{BankHome.Digest("b")},renamed\n{BankHome.List("d")}", delta);
        Assert.Equal(new BankChange(3, 1, 1, 1, 0), Assert.Single(done.Kinds).Change);
        Assert.Equal((false, true, true, true), (home.Has("a"), home.Has("b"), home.Has("c"), home.Has("d")));
        Assert.Equal("renamed", Assert.Single(home.House.BankIndex.Match(BankHome.Digest("b"))).Entry);
        var row = Assert.Single(await home.House.Store.BanksAsync(None));
        Assert.Equal(("two", "one", 2, 3L, "list.txt", "plain"), (row.Checkpoint, row.Base, row.Number, row.Entries, row.Source, row.Format));

        // A delta of nothing moves the checkpoint; one of nothing but bad lines does not.
        await home.ImportedAsync("# base: two\n# checkpoint: three\n", delta);
        Assert.Equal("three", Assert.Single(await home.House.Store.BanksAsync(None)).Checkpoint);
        Assert.Equal("bank-empty", BankHome.Refused(await home.ImportAsync("# base: three\nnonsense\n", delta)));
    }

    [Fact]
    public async Task A_tombstone_by_name_takes_out_every_hash_of_the_entry()
    {
        await using var home = await BankHome.OpenAsync();
        static string Xml(string inner, string at) => $"<queryResult xmlns=\"x\"><images maxTimestamp=\"{at}\">{inner}</images></queryResult>";
        static string Image(string id, string name) => $"<image><member id=\"7\"/><id>{id}</id><fingerprints><md5>{new string('a', 31)}{name}</md5><sha1>{new string('b', 39)}{name}</sha1></fingerprints></image>";
        await home.ImportedAsync(Xml(Image("i1", "1") + Image("i2", "2"), "2026-01-01T00:00:00Z"), new BankImportOrder { Bank = "n" });
        await home.ImportedAsync(
            Xml("<deletedImage><member id=\"7\"/><id>i1</id></deletedImage>" + Image("i2", "3"), "2026-02-01T00:00:00Z"),
            new BankImportOrder { Bank = "n", Delta = true, Base = "2026-01-01T00:00:00Z" });
        bool Has(char name) => home.House.BankIndex.Match(Digest.Parse(new string('a', 31) + name)).Count > 0;
        Assert.Equal((false, false, true), (Has('1'), Has('2'), Has('3')));
        Assert.All(await home.House.Store.BanksAsync(None), row => Assert.Equal(("2026-02-01T00:00:00Z", 1L), (row.Checkpoint, row.Entries)));
    }

    [Fact]
    public async Task What_cannot_be_a_list_leaves_the_former_version_in_force()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List("a", "b", "c", "d"));
        Assert.Equal("bank-empty", BankHome.Refused(await home.ImportAsync("# nothing\n")));
        Assert.Equal("bank-shrinks", BankHome.Refused(await home.ImportAsync(BankHome.List("a"))));
        Assert.Equal("list-unreadable", BankHome.Refused(await home.ImportAsync("<queryResult><images>", new BankImportOrder { Bank = "lanterns" })));
        Assert.Equal("bank-name", BankHome.Refused(await home.ImportAsync("", new BankImportOrder { Bank = "../x" })));
        Assert.Equal("bank-radius", BankHome.Refused(await home.ImportAsync("", new BankImportOrder { Bank = "x", Radius = 32 })));
        Assert.Equal("file-unreadable", BankHome.Refused(await home.House.Banks.ImportAsync(home.Analyst, new BankImportOrder { Bank = "x" }, home.Home.At("nowhere"), _ => { }, None)));
        Assert.Equal("role-needed", BankHome.Refused(await home.House.Banks.ImportAsync(home.Person("giang.vo"), new BankImportOrder { Bank = "x" }, home.Home.At("nowhere"), _ => { }, None)));
        Assert.True(home.Has("d"));
        Assert.Equal(1, Assert.Single(await home.House.Store.BanksAsync(None)).Number);
        await home.ImportedAsync(BankHome.List("a"), new BankImportOrder { Bank = "lanterns", Kind = HashKind.Sha256, AllowShrinking = true });
        Assert.False(home.Has("d"));
    }

    [Fact]
    public async Task A_new_list_of_a_negative_bank_does_not_turn_it_into_an_accusation()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List("a"), new BankImportOrder { Bank = "harmless", Kind = HashKind.Sha256, Opinion = Opinion.Negative });
        await home.ImportedAsync(BankHome.List("a", "b"), new BankImportOrder { Bank = "harmless", Kind = HashKind.Sha256 });
        Assert.Equal(Opinion.Negative, Assert.Single(home.House.BankIndex.Match(BankHome.Digest("b"))).Opinion);
    }

    /// <summary>The act is committed at <see cref="BankStep.Committed"/>: before it the old bank is in force after a restart, from it on the new one.</summary>
    [Theory]
    [InlineData(BankStep.Read, false)]
    [InlineData(BankStep.BankWritten, false)]
    [InlineData(BankStep.IndexWritten, false)]
    [InlineData(BankStep.Committed, true)]
    [InlineData(BankStep.Swapped, true)]
    public async Task An_import_cut_short_anywhere_leaves_one_whole_bank_in_force(object end, bool newer)
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List("old", "both"));
        using (var dying = new HashBankOperations(home.House.Desk, home.House.BankIndex, home.Home.DataDirectory)
        {
            Passed = step =>
            {
                if (step.Equals(end))
                {
                    throw new KilledException();
                }
            },
        })
        {
            await Assert.ThrowsAsync<KilledException>(() => home.ImportAsync(BankHome.List("new", "both"), through: dying));
        }

        await home.ReopenAsync();
        Assert.Equal((!newer, newer, true), (home.Has("old"), home.Has("new"), home.Has("both")));
        Assert.Equal(newer ? 2 : 1, (await home.House.Store.CustodyAsync(1, 100, None)).Count(entry => entry.Act.Act == "import-bank"));
        // What was left over is gone: one bank file and one index.
        Assert.Equal([".bank", ".idx"], Directory.EnumerateFileSystemEntries(home.Folder).Select(Path.GetExtension).Order());
        await home.ImportedAsync(BankHome.List("again", "both"));
        Assert.True(home.Has("again"));
    }

    [Fact]
    public async Task Look_ups_never_fail_while_banks_are_swapped()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List("always", "0"));
        using var stop = new CancellationTokenSource();
        long asked = 0, wrong = 0;
        var askers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var batch = Enumerable.Repeat(BankHome.Digest("always"), 64).ToArray();
            var found = new bool[batch.Length];
            while (!stop.IsCancellationRequested)
            {
                if (home.House.BankIndex.Match(BankHome.Digest("always")) is not [{ Entry: "always" }] || home.House.BankIndex.Contains(batch, found) != 64)
                {
                    Interlocked.Increment(ref wrong);
                }

                Interlocked.Increment(ref asked);
            }
        })).ToList();
        for (var i = 1; i <= 10; i++)
        {
            await home.ImportedAsync(BankHome.List("always", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        var atLeast = Interlocked.Read(ref asked) + 100;
        while (Interlocked.Read(ref asked) < atLeast)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Task.WhenAll(askers);
        Assert.Equal(0, wrong);
        Assert.Equal((true, false), (home.Has("10"), home.Has("9")));
    }

    [Fact]
    public async Task An_index_that_is_missing_foreign_or_cut_off_is_built_anew()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List("a", "b"));
        foreach (var spoil in (Action<string>[])[File.Delete, path => File.WriteAllText(path, "something else"), path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]), path => File.WriteAllBytes(path, []), path => Change(path, 20)])
        {
            await home.House.DisposeAsync();
            spoil(Directory.EnumerateFiles(home.Folder, "*.idx").Single());
            await home.ReopenAsync();
            Assert.Equal((true, true, false), (home.Has("a"), home.Has("b"), home.Has("c")));
        }
    }

    [Fact]
    public async Task Damage_inside_is_found_by_reading_it_all()
    {
        await using var home = await BankHome.OpenAsync(cli => cli.Folder.Replace("monitor.yaml", "alerts-to: \"\"", "alerts-to: truc@so-mau.example"));
        await home.ImportedAsync(BankHome.List(Enumerable.Range(0, 500).Select(i => "n" + i)));
        await home.ImportedAsync(BankHome.List("m"), new BankImportOrder { Bank = "others", Kind = HashKind.Sha256 });
        Assert.Empty((await home.House.Banks.VerifyAsync(None)).Faults);

        // The index: built anew at once.
        await home.House.DisposeAsync();
        Change(Directory.EnumerateFiles(home.Folder, "*.idx").Single(), 300);
        await home.ReopenAsync();
        Assert.Empty((await home.House.Banks.VerifyAsync(None)).Faults);
        Assert.True(Enumerable.Range(0, 500).All(i => home.Has("n" + i)));

        // A bank: out of force, the other stays, and people are told.
        await home.House.DisposeAsync();
        Change(Directory.EnumerateFiles(home.Folder, "lanterns*.bank").Single(), 300);
        await home.ReopenAsync();
        Assert.Equal(new BankFault("lanterns/sha256", Assert.Single(await home.House.Store.BanksAsync(None), row => row.Name == "lanterns").File, HashFileFault.BodyDamaged), Assert.Single((await home.House.Banks.VerifyAsync(None)).Faults));
        Assert.Equal((false, true), (home.Has("n1"), home.Has("m")));
        Assert.Contains(await home.House.Store.CustodyAsync(1, 100, None), entry => entry.Act is { Act: "bank-damaged", Item: "lanterns/sha256" });
        Assert.Equal("truc@so-mau.example", (await home.House.Store.FindMessageAsync("A000001", None))!.To);
        await home.ImportedAsync(BankHome.List(Enumerable.Range(0, 500).Select(i => "n" + i)));
        Assert.True(home.Has("n1"));
        Assert.Empty(home.House.BankIndex.Faults);
    }

    [Fact]
    public async Task A_bank_whose_file_is_gone_or_foreign_is_named_and_the_others_work()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List("a"));
        await home.ImportedAsync(BankHome.List("m"), new BankImportOrder { Bank = "others", Kind = HashKind.Sha256 });
        await home.House.DisposeAsync();
        File.WriteAllText(Directory.EnumerateFiles(home.Folder, "lanterns*.bank").Single(), "something else");
        await home.ReopenAsync();
        Assert.Equal(HashFileFault.Foreign, Assert.Single(home.House.BankIndex.Faults).Fault);
        Assert.Equal((false, true), (home.Has("a"), home.Has("m")));
        Assert.Equal("list-unreadable", BankHome.Refused(await home.ImportAsync(BankHome.List("b"), new BankImportOrder { Bank = "lanterns", Kind = HashKind.Sha256, Delta = true, Base = (await home.House.Store.BanksAsync(None)).Single(row => row.Name == "lanterns").Checkpoint })));
    }

    /// <summary>Bank files used to be looked for beside their folder: no installation with a bank could be backed up.</summary>
    [Fact]
    public async Task A_backup_holds_the_banks_and_a_restored_house_opens_them()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List("a", "b"));
        await home.ImportedAsync(BankHome.List("a", "c"));
        var backup = await DataBackup.CreateAsync(home.House.Store, home.House.Vault, home.Home.At("backup"), includeKeyFile: true, None);
        Assert.IsType<BackupResult.Whole>(backup);
        Assert.Single(Directory.EnumerateFiles(home.Home.At("backup", "banks")));
        await home.House.DisposeAsync();
        Directory.Delete(home.Home.DataDirectory, recursive: true);
        Assert.IsType<BackupResult.Whole>(await DataBackup.RestoreAsync(home.Home.At("backup"), home.Home.DataDirectory, None));
        await home.ReopenAsync();
        Assert.Equal((true, false, true), (home.Has("a"), home.Has("b"), home.Has("c")));
    }

    /// <summary>A damaged bank was built into a fresh index, and what a verification found was forgotten by the next process.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_damaged_bank_stays_out_of_force_in_the_next_process(bool indexGone)
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List(Enumerable.Range(0, 500).Select(i => "n" + i)));
        await home.ImportedAsync(BankHome.List("m"), new BankImportOrder { Bank = "others", Kind = HashKind.Sha256 });
        await home.House.DisposeAsync();
        var file = Directory.EnumerateFiles(home.Folder, "lanterns*.bank").Single();
        Change(file, 300);
        if (indexGone)
        {
            File.Delete(Directory.EnumerateFiles(home.Folder, "*.idx").Single());
        }

        await home.ReopenAsync();
        if (!indexGone)
        {
            Assert.Single((await home.House.Banks.VerifyAsync(None)).Faults);
            await home.ReopenAsync();
        }

        Assert.Equal(("lanterns/sha256", HashFileFault.BodyDamaged), (Assert.Single(home.House.BankIndex.Faults).BankId, home.House.BankIndex.Faults[0].Fault));
        Assert.Equal((false, true), (home.Has("n1"), home.Has("m")));
        var row = (await home.House.Store.BanksAsync(None)).Single(one => one.Name == "lanterns");
        var delta = new BankImportOrder { Bank = "lanterns", Kind = HashKind.Sha256, Delta = true, Base = row.Checkpoint };
        Assert.Equal("list-unreadable", BankHome.Refused(await home.ImportAsync(BankHome.List("d"), delta)));
        Assert.Equal("list-unreadable", BankHome.Refused(await home.ImportAsync("# nothing\n", delta)));

        // Told once, however often it is read.
        await home.House.Banks.VerifyAsync(None);
        await home.ReopenAsync();
        await home.House.Banks.VerifyAsync(None);
        Assert.Single(await home.House.Store.CustodyAsync(1, 100, None), entry => entry.Act.Act == "bank-damaged");

        // The file as it was counts again.
        await home.House.DisposeAsync();
        Change(file, 300);
        await home.ReopenAsync();
        Assert.Equal((true, true, 0), (home.Has("n1"), home.Has("m"), home.House.BankIndex.Faults.Count));
        Assert.Empty(Directory.EnumerateFiles(home.Folder, "*.damaged"));
    }

    /// <summary>Lines were counted instead of entries.</summary>
    [Fact]
    public async Task One_hash_a_thousand_times_is_not_a_list_of_a_thousand()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync(BankHome.List(Enumerable.Range(0, 1000).Select(i => "n" + i)));
        var refused = Assert.IsType<OperationResult<BankImport>.Refused>(await home.ImportAsync(BankHome.List(Enumerable.Repeat("n1", 1000)))).Refusal;
        Assert.Equal(("bank-shrinks", "lanterns/sha256 1000 1"), (refused.Code, string.Join(' ', refused.Arguments)));
        Assert.Equal((true, 1, 1), (home.Has("n999"), (await home.House.Store.BanksAsync(None)).Single().Number, Directory.EnumerateFiles(home.Folder, "*.bank").Count()));
        var order = new BankImportOrder { Bank = "lanterns", Kind = HashKind.Sha256, AllowShrinking = true };
        Assert.Equal(new BankChange(1, 0, 0, 999, 999), Assert.Single((await home.ImportedAsync(BankHome.List(Enumerable.Repeat("n1", 1000)), order)).Kinds).Change);
    }

    /// <summary>A whole list used to count all its entries as added and none as removed.</summary>
    [Fact]
    public async Task A_whole_list_is_counted_against_the_former_version()
    {
        await using var home = await BankHome.OpenAsync();
        Assert.Equal(new BankChange(3, 3, 0, 0, 0), Assert.Single((await home.ImportedAsync(BankHome.List("a", "b", "c"))).Kinds).Change);
        Assert.Equal(new BankChange(3, 0, 0, 0, 0), Assert.Single((await home.ImportedAsync(BankHome.List("c", "b", "a"))).Kinds).Change);
        Assert.Equal(new BankChange(4, 2, 1, 1, 0), Assert.Single((await home.ImportedAsync($"{BankHome.List("a", "d", "e")}{BankHome.Digest("b")},renamed\n")).Kinds).Change);
        Assert.Equal((true, false, true), (home.Has("b"), home.Has("c"), home.Has("d")));

        // Nothing to compare with: said, and the list is taken in all the same.
        var file = Assert.Single(await home.House.Store.BanksAsync(None)).File;
        await home.House.DisposeAsync();
        Change(Path.Combine(home.Home.DataDirectory, file), 150);
        await home.ReopenAsync();
        Assert.Equal(new BankChange(2, 2, 0, 0, 0) { Compared = false }, Assert.Single((await home.ImportedAsync(BankHome.List("a", "b"))).Kinds).Change);
        Assert.True(home.Has("a"));
    }

    /// <summary>One word on the command line turned a bank of harmless files into accusations.</summary>
    [Fact]
    public async Task An_opinion_other_than_the_banks_is_refused_unless_the_change_is_meant()
    {
        await using var home = await BankHome.OpenAsync();
        var order = new BankImportOrder { Bank = "harmless", Kind = HashKind.Sha256, Opinion = Opinion.Negative };
        await home.ImportedAsync(BankHome.List("a"), order);
        await home.ImportedAsync(BankHome.List("a", "b"), order);
        var turned = order with { Opinion = Opinion.Positive };
        var refused = Assert.IsType<OperationResult<BankImport>.Refused>(await home.ImportAsync(BankHome.List("a", "c"), turned)).Refusal;
        Assert.Equal(("bank-opinion-differs", "harmless/sha256 negative positive"), (refused.Code, string.Join(' ', refused.Arguments)));
        var md5 = $"{new string('a', 32)}\n";
        Assert.Equal("bank-opinion-differs", BankHome.Refused(await home.ImportAsync(md5, turned with { Kind = HashKind.Md5 })));
        Assert.Equal(Opinion.Negative, Assert.Single(home.House.BankIndex.Match(BankHome.Digest("b"))).Opinion);

        // A kind that is new to the bank says what the bank says.
        await home.ImportedAsync(md5, new BankImportOrder { Bank = "harmless", Kind = HashKind.Md5 });
        Assert.Equal(Opinion.Negative, Assert.Single(home.House.BankIndex.Match(Digest.Parse(new string('a', 32)))).Opinion);
        await home.ImportedAsync(BankHome.List("a", "c"), turned with { ChangeOpinion = true });
        Assert.Equal(Opinion.Positive, Assert.Single(home.House.BankIndex.Match(BankHome.Digest("c"))).Opinion);
    }

    private static void Change(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 0x10;
        File.WriteAllBytes(path, bytes);
    }

    private sealed class KilledException : Exception;
}
