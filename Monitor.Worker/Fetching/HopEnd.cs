using System.Net;

namespace Monitor.Worker.Fetching;

/// <summary>How one request on one connection ended, before it is told as a <see cref="FetchOutcome"/>.</summary>
internal abstract record HopEnd
{
    private HopEnd()
    {
    }

    /// <param name="Body">The partial when <paramref name="Cap"/> is set.</param>
    /// <param name="Location">Header as received, only of a redirect status.</param>
    /// <param name="RetryAfter">Header as received.</param>
    public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, FetchCap? Cap, string? Location, string? RetryAfter, IPAddress? Remote) : HopEnd;

    public sealed record TimedOut(FetchStage Stage) : HopEnd;

    public sealed record Dns(bool NameDoesNotExist) : HopEnd;

    public sealed record Tls(string Problem) : HopEnd;

    public sealed record Connection(ConnectionProblem Problem) : HopEnd;

    public sealed record Unsafe(string Host, string Kind) : HopEnd;

    public sealed record Protocol(string Problem) : HopEnd;

    /// <summary>Not sent: the host is paused.</summary>
    public sealed record Paused(DateTimeOffset Until) : HopEnd;

    /// <summary>Trouble that may be gone a moment later. Name errors, certificates and forbidden addresses are findings, not trouble.</summary>
    public bool IsTransient => this is Connection or Dns { NameDoesNotExist: false } or TimedOut or Answer { Status: 502 or 503 or 504 };
}

/// <summary>Carries a <see cref="HopEnd"/> out of the connect callback, whose only other way to answer is a stream.</summary>
internal sealed class HopEndException(HopEnd end, Exception? cause = null) : IOException(end.ToString(), cause)
{
    public HopEnd End { get; } = end;
}
