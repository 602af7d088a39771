using Monitor.Rules.Removal;

namespace Monitor.Worker.Ports;

/// <summary>Where the parts of a page come from while it is rendered: the network as one vantage sees it, or what was recorded.</summary>
public interface IPartSource
{
    /// <exception cref="OperationCanceledException">Only for <paramref name="cancellation"/>.</exception>
    Task<PartAnswer> AskAsync(PartAsk ask, CancellationToken cancellation);
}

/// <param name="MaxBytes">A longer body is an answer that failed.</param>
/// <param name="Time">Without waiting for the host's turn.</param>
public sealed record PartAsk(string Url, bool Head, PartKind Kind, long MaxBytes, TimeSpan Time);

/// <summary>One answer, redirects not followed: the browser follows them, asking again.</summary>
public sealed record PartAnswer
{
    /// <summary>Null: no answer; <see cref="Problem"/> says why.</summary>
    public int? Status { get; init; }

    /// <summary>Names lower case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Decompressed.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Kebab-case; empty with a status.</summary>
    public string Problem { get; init; } = "";

    /// <summary>True when it was not asked because it would act or lead somewhere it must not.</summary>
    public bool Refused { get; init; }

    /// <summary>Time spent on it without waiting for the host's turn.</summary>
    public TimeSpan Elapsed { get; init; }
}
