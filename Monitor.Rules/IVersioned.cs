namespace Monitor.Rules;

/// <summary>Something stored under optimistic concurrency: 0 means not stored yet, every save adds one.</summary>
public interface IVersioned
{
    string Id { get; }

    long Version { get; }
}
