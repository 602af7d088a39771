using System.Collections.Concurrent;
using System.Net;
using Monitor.Worker.Fetching;

namespace Monitor.Tests.Fetching;

/// <summary>Answers by script; a name without one does not exist. Counts how often it was asked.</summary>
internal sealed class FakeResolver : INameResolver
{
    private readonly ConcurrentDictionary<string, Func<int, NameResolution>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    public int Asked(string host) => _asked.GetValueOrDefault(host);

    public FakeResolver On(string host, params string[] addresses) =>
        On(host, _ => new NameResolution.Found([.. addresses.Select(IPAddress.Parse)]));

    /// <param name="answer">Receives 1 for the first question, 2 for the second …</param>
    public FakeResolver On(string host, Func<int, NameResolution> answer)
    {
        _answers[host] = answer;
        return this;
    }

    public Task<NameResolution> ResolveAsync(string host, CancellationToken cancellation)
    {
        int nth = _asked.AddOrUpdate(host, 1, (_, seen) => seen + 1);
        return Task.FromResult(_answers.TryGetValue(host, out Func<int, NameResolution>? answer) ? answer(nth) : new NameResolution.NoSuchName());
    }
}
