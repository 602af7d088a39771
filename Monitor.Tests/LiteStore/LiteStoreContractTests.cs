using Monitor.Tests.Contracts;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;

namespace Monitor.Tests.LiteStore;

public sealed class LiteStoreContractTests : StoreContract
{
    private readonly Scratch _scratch = new();

    protected override async Task<IMonitorStore> OpenAsync() =>
        Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(_scratch.Path)).Store;

    protected override async Task CloseAsync(IMonitorStore store) => await ((LiteMonitorStore)store).DisposeAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _scratch.Dispose();
    }
}
