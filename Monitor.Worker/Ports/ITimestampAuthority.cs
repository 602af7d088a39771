namespace Monitor.Worker.Ports;

/// <summary>A time stamping authority after RFC 3161.</summary>
public interface ITimestampAuthority
{
    /// <summary>False: none is configured, nothing is ever stamped.</summary>
    bool IsConfigured { get; }

    /// <summary>Asks for a stamp over the SHA-256 of <paramref name="data"/>.</summary>
    Task<StampResult> StampAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation);

    /// <summary>Checks a stored response without asking anybody.</summary>
    /// <param name="response">The whole TimeStampResp.</param>
    StampCheck Check(ReadOnlyMemory<byte> response, ReadOnlyMemory<byte> data);
}

public abstract record StampResult
{
    private StampResult()
    {
    }

    /// <param name="Response">The whole TimeStampResp in DER: what openssl ts -verify wants.</param>
    /// <param name="At">Time in the token.</param>
    public sealed record Granted(byte[] Response, DateTimeOffset At) : StampResult;

    /// <param name="Code">"unreachable", "refused", "not-a-token", "wrong-imprint", "not-trusted".</param>
    /// <param name="Detail">In English, for logs.</param>
    public sealed record Failed(string Code, string Detail) : StampResult;
}

public abstract record StampCheck
{
    private StampCheck()
    {
    }

    /// <param name="Trusted">The chain leads to a configured root; false where no roots are configured.</param>
    public sealed record Good(DateTimeOffset At, string Authority, bool Trusted) : StampCheck;

    /// <param name="Code">As in <see cref="StampResult.Failed"/>.</param>
    public sealed record Bad(string Code) : StampCheck;
}
