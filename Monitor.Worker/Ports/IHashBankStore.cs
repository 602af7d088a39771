using Monitor.Rules.Matching;

namespace Monitor.Worker.Ports;

public interface IHashBankStore
{
    /// <summary>The version in force of each bank and kind.</summary>
    ValueTask<IReadOnlyList<HashBankVersion>> BanksAsync(CancellationToken cancellation);
}
