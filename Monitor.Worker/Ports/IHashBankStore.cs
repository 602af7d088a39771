using Monitor.Rules.Banks;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Ports;

public interface IHashBankStore
{
    /// <summary>The version in force of each bank and kind.</summary>
    ValueTask<IReadOnlyList<HashBankVersion>> BanksAsync(CancellationToken cancellation);

    /// <summary>Every entry about which people or the flood watch decided something.</summary>
    ValueTask<IReadOnlyList<HashEntryState>> HashEntriesAsync(CancellationToken cancellation);
}
