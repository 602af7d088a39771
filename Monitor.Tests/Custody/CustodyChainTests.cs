using Monitor.Rules.Custody;
using Monitor.Tests.Contracts;

namespace Monitor.Tests.Custody;

public sealed class CustodyChainTests
{
    private static List<CustodyEntry> Chain(int length)
    {
        var entries = new List<CustodyEntry>();
        var head = CustodyHead.Empty;
        for (var i = 1; i <= length; i++)
        {
            entries.Add(new CustodyEntry(i, Rows.Act($"T{i:D6}"), head.Hash));
            head = CustodyHead.At(entries[^1]);
        }

        return entries;
    }

    [Fact]
    public void An_empty_log_is_intact() => Assert.Equal(new ChainVerdict.Intact(0, CustodyCanonical.Genesis), CustodyChain.Verify([]));

    [Fact]
    public void A_whole_log_is_intact_and_names_its_head()
    {
        var entries = Chain(20);
        Assert.Equal(new ChainVerdict.Intact(20, CustodyCanonical.Hash(entries[^1])), CustodyChain.Verify(entries));
    }

    [Fact]
    public void A_run_from_the_middle_is_checked_against_what_came_before()
    {
        var entries = Chain(20);
        Assert.IsType<ChainVerdict.Intact>(CustodyChain.Verify(entries.Skip(7), CustodyHead.At(entries[6])));
        Assert.Equal(new ChainVerdict.Broken(8, ChainFault.LinkDiffers), CustodyChain.Verify(entries.Skip(7), new CustodyHead(7, CustodyCanonical.Genesis)));
        Assert.Equal(new ChainVerdict.Broken(1, ChainFault.Missing), CustodyChain.Verify(entries.Skip(7)));
    }

    [Fact]
    public void Every_edit_of_every_entry_breaks_the_link_after_it()
    {
        for (var i = 0; i < 9; i++)
        {
            foreach (var edit in new Func<CustodyDraft, CustodyDraft>[]
            {
                act => act with { At = act.At.AddMilliseconds(1) }, act => act with { Actor = "other" }, act => act with { Role = "other" },
                act => act with { Agency = "other" }, act => act with { Act = "other" }, act => act with { Item = "other" },
                act => act with { Digests = [Rows.Sha256Of("x")] }, act => act with { Reason = "other" }, act => act with { Approver = "" },
            })
            {
                var entries = Chain(10);
                entries[i] = entries[i] with { Act = edit(entries[i].Act) };
                Assert.Equal(new ChainVerdict.Broken(i + 2, ChainFault.LinkDiffers), CustodyChain.Verify(entries));
            }
        }
    }

    [Fact]
    public void Missing_repeated_and_swapped_entries_are_found()
    {
        var missing = Chain(10);
        missing.RemoveAt(4);
        Assert.Equal(new ChainVerdict.Broken(5, ChainFault.Missing), CustodyChain.Verify(missing));
        var repeated = Chain(10);
        repeated.Insert(5, repeated[4]);
        Assert.Equal(new ChainVerdict.Broken(6, ChainFault.OutOfOrder), CustodyChain.Verify(repeated));
        var swapped = Chain(10);
        (swapped[2], swapped[3]) = (swapped[3], swapped[2]);
        Assert.Equal(new ChainVerdict.Broken(3, ChainFault.Missing), CustodyChain.Verify(swapped));
    }
}
