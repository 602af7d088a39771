using Microsoft.Extensions.Time.Testing;
using Monitor.Tests.Contracts;
using Monitor.Worker.Evidence;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;

namespace Monitor.Tests.LiteStore;

public sealed class StoreBenchTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_benches_run_on_the_real_store_and_vault_and_name_what_they_measured()
    {
        var store = Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(_scratch.Path)).Store;
        await using (store)
        {
            var measures = await StoreBench.MeasureStoreAsync(store, targets: 1200, saves: 300, parallel: 8, TimeProvider.System, CancellationToken.None);
            Assert.Equal(["store.import", "store.claim", "store.claim-p95", "store.inspections", "store.custody-verify"], measures.Select(measure => measure.Name));
            Assert.All(measures, measure => Assert.True(measure.Value > 0 && measure.N > 0, measure.Name));
            Assert.Equal(1200, await store.CountTargetsAsync(CancellationToken.None));
            Assert.Equal(measures[3].N + 3, await store.CustodyLengthAsync(CancellationToken.None));
            Assert.Single(await store.ObservationsAsync("T0000007", 1, 5, CancellationToken.None));
        }

        var vault = Assert.IsType<VaultOpening.Opened>(await SealedVault.OpenAsync(_scratch.Path, new FakeTimeProvider(Rows.Noon))).Vault;
        await using (vault)
            Assert.Equal([20, 20], (await StoreBench.MeasureVaultAsync(vault, items: 20, bytes: 5000, parallel: 4, TimeProvider.System, CancellationToken.None)).Select(measure => measure.N));
    }
}
