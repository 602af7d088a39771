using Microsoft.Extensions.Time.Testing;
using Monitor.Tests.Contracts;
using Monitor.Worker.Evidence;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Evidence;

/// <summary>What is held is not shredded, whoever asks and however close the two come.</summary>
public sealed class VaultHoldTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly Scratch _scratch = new();

    private async Task<SealedVault> OpenAsync() => Assert.IsType<VaultOpening.Opened>(await SealedVault.OpenAsync(_scratch.Path, new FakeTimeProvider(Rows.Noon))).Vault;

    private static async Task<string> SealAsync(SealedVault vault, string owner, string kind = "media-exchange") =>
        Assert.Single(await vault.SealAsync([new SealRequest(owner, kind, "đèn lồng xanh"u8.ToArray())], None));

    [Fact]
    public async Task A_hold_keeps_everything_of_its_owner_also_what_comes_later_and_after_a_restart()
    {
        var vault = await OpenAsync();
        var early = await SealAsync(vault, "T000001");
        await vault.HoldAsync("T000001", "E000001", None);
        await vault.HoldAsync("T000001", "E000001", None);
        await vault.HoldAsync("T000001", "E000002", None);
        var late = await SealAsync(vault, "T000001");
        var other = await SealAsync(vault, "T000002");
        await vault.DisposeAsync();
        await using var again = await OpenAsync();

        // All or none: the item of another owner stays as well.
        var held = Assert.IsType<ShredResult.Held>(await again.ShredAsync([other, early, late], None));
        Assert.Equal([new VaultHold("T000001", "E000001"), new VaultHold("T000001", "E000002")], held.Holds);
        Assert.Equal(held.Holds, await again.HoldsAsync(None));
        Assert.IsType<OpenResult.Opened>(await again.OpenAsync(other, None));
        await again.ReleaseAsync("T000001", "E000001", None);
        Assert.IsType<ShredResult.Held>(await again.ShredAsync([early], None));
        await again.ReleaseAsync("T000001", "E000002", None);
        await again.ReleaseAsync("T000001", "E000002", None);
        Assert.Equal(3, Assert.IsType<ShredResult.Done>(await again.ShredAsync([other, early, late], None)).Items.Count);
        Assert.Empty(await again.HoldsAsync(None));
    }

    [Fact]
    public async Task A_hold_and_a_shredding_at_once_never_both_win()
    {
        await using var vault = await OpenAsync();
        for (var round = 0; round < 40; round++)
        {
            var owner = $"T{round:D6}";
            var item = await SealAsync(vault, owner);
            var shred = Task.Run(() => vault.ShredAsync([item], None), None);
            await Task.WhenAll(shred, Task.Run(() => vault.HoldAsync(owner, "E000001", None), None));
            Assert.Equal(await shred is ShredResult.Done, await vault.OpenAsync(item, None) is OpenResult.Shredded);
        }
    }

    [Fact]
    public async Task What_an_owner_has_is_listed_with_what_is_gone()
    {
        await using var vault = await OpenAsync();
        var first = await SealAsync(vault, "T000001", "exchanges");
        var second = await SealAsync(vault, "T000001");
        await SealAsync(vault, "t000001");
        await vault.ShredAsync([second], None);
        Assert.Equal(
            [(first, "exchanges", 17L, false), (second, "media-exchange", 17L, true)],
            (await vault.ItemsOfAsync("T000001", None)).OrderBy(item => item.Kind, StringComparer.Ordinal).Select(item => (item.Id, item.Kind, item.Length, item.Shredded)));
        Assert.Empty(await vault.ItemsOfAsync("T000009", None));
    }

    public void Dispose() => _scratch.Dispose();
}
