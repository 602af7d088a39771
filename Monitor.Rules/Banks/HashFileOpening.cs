namespace Monitor.Rules.Banks;

/// <summary>How the opening of a bank or index file ended.</summary>
public abstract record HashFileOpening<T>
    where T : class
{
    private HashFileOpening()
    {
    }

    public sealed record Opened(T File) : HashFileOpening<T>;

    public sealed record Refused(HashFileFault Fault) : HashFileOpening<T>;
}
