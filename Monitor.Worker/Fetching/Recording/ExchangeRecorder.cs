namespace Monitor.Worker.Fetching.Recording;

/// <summary>Puts a tape into the origin's hands while an attempt is under way, and makes an <see cref="Exchange"/> of it, whatever its end.</summary>
internal sealed class ExchangeRecorder(TimeProvider time)
{
    /// <summary>Headers, chunk framing and what the handler reads ahead come on top of the body's cap.</summary>
    private const long Beyond = 1024 * 1024;

    public async ValueTask<HopEnd> RecordAsync(HopContext hop, ExchangeLog log, Func<HopContext, CancellationToken, ValueTask<HopEnd>> transmit, CancellationToken cancellation)
    {
        var tape = new Tape(hop.Limits.MaxWireBytes + (hop.Limits.MaxHeaderKilobytes * 1024L) + Beyond);
        DateTimeOffset at = time.GetUtcNow();
        long begun = time.GetTimestamp();
        hop.Entry.Tape = tape;
        HopEnd end;
        try
        {
            end = await transmit(hop, cancellation);
        }
        finally
        {
            hop.Entry.Tape = null;
        }

        log.Add(Close(tape, hop, end, at, time.GetElapsedTime(begun)));
        return end;
    }

    private static Exchange Close(Tape tape, HopContext hop, HopEnd end, DateTimeOffset at, TimeSpan elapsed)
    {
        (ReadOnlyMemory<byte> sent, ReadOnlyMemory<byte> received) = tape.Close();
        bool whole = end is HopEnd.Answer { Cap: null } && !tape.Overflowed;
        return new Exchange
        {
            Url = hop.Url.Value,
            Purpose = hop.Purpose,
            At = at,
            Elapsed = elapsed,
            Outcome = Name(end),
            Whole = whole,
            Truncated = whole || received.IsEmpty ? null : end switch
            {
                HopEnd.TimedOut => "time",
                HopEnd.Connection => "disconnect",
                HopEnd.Answer => "length",

                // Not the protocol, or a coding that breaks off: what is missing cannot be told.
                _ => "unspecified",
            },
            Request = sent,
            Response = received,
            Entity = end is HopEnd.Answer { Cap: null } answer ? answer.Body : default,
            Connection = tape.Connection,
        };
    }

    private static string Name(HopEnd end) => end switch
    {
        HopEnd.Answer { Cap: null } => "answered",
        HopEnd.Answer { Cap: FetchCap.WireBytes } => "cut-wire-bytes",
        HopEnd.Answer => "cut-body-bytes",
        HopEnd.TimedOut late => $"timed-out-{late.Stage.ToString().ToLowerInvariant()}",
        HopEnd.Dns dns => dns.NameDoesNotExist ? "name-not-found" : "name-server-failed",
        HopEnd.Tls tls => $"tls-{tls.Problem}",
        HopEnd.Connection { Problem: ConnectionProblem.ClosedEarly } => "connection-closed-early",
        HopEnd.Connection connection => $"connection-{connection.Problem.ToString().ToLowerInvariant()}",
        HopEnd.Unsafe guarded => $"forbidden-address-{guarded.Kind}",
        HopEnd.Protocol protocol => $"protocol-{protocol.Problem}",
        _ => throw new InvalidOperationException($"no exchange ends as {end}"),
    };
}
