namespace Monitor.Worker.LiteStore;

/// <summary>How opening the embedded store ended.</summary>
public abstract record StoreOpening
{
    private StoreOpening()
    {
    }

    public sealed record Opened(LiteMonitorStore Store) : StoreOpening;

    /// <summary>Another process, or another store in this one, holds the directory.</summary>
    public sealed record AlreadyOwned(string Directory) : StoreOpening;

    /// <summary>Written by a newer version of the program than this one.</summary>
    public sealed record TooNew(int Format, int Known) : StoreOpening;

    /// <summary>The bytes are not a store of ours, or no longer.</summary>
    public sealed record Damaged(string Reason) : StoreOpening;
}
