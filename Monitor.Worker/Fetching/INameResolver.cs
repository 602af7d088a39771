using System.Net;

namespace Monitor.Worker.Fetching;

/// <summary>Host name → addresses. Asked once per connection; what it answers is checked and is what gets contacted.</summary>
public interface INameResolver
{
    Task<NameResolution> ResolveAsync(string host, CancellationToken cancellation);
}

/// <summary>How a look-up ended.</summary>
public abstract record NameResolution
{
    private NameResolution()
    {
    }

    /// <param name="Addresses">At least one, in the order to try them.</param>
    public sealed record Found(IReadOnlyList<IPAddress> Addresses) : NameResolution;

    /// <summary>An authoritative "no such name" (NXDOMAIN).</summary>
    public sealed record NoSuchName : NameResolution;

    /// <summary>SERVFAIL, time-out, no address records: says nothing about the name.</summary>
    public sealed record Failed : NameResolution;
}
