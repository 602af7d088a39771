namespace Monitor.Worker.Fetching;

/// <summary>The one way out to the network for content under watch.</summary>
public interface IFetcher
{
    Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellation);
}
