using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;
using Monitor.Worker.Fetching;

namespace Monitor.Worker.Pipeline;

/// <summary>Turns a fetch outcome into the facts that the rules judge.</summary>
public static class ObservationFacts
{
    /// <param name="reading">What the body was read as; null when it was not read, as media are not.</param>
    public static PageObservation Of(FetchOutcome outcome, PageReading? reading, string vantage)
    {
        var facts = new PageObservation { RequestedUrl = outcome.RequestedUrl, Vantage = vantage };
        return outcome switch
        {
            FetchOutcome.Fetched fetched => facts with
            {
                FinalUrl = fetched.FinalUrl,
                Status = fetched.Status,
                Headers = fetched.Headers,
                Outline = reading?.Outline,
                Text = reading?.Text,
                BodyLength = fetched.Body.LongLength,
            },
            FetchOutcome.TooLarge large => facts with
            {
                FinalUrl = large.FinalUrl,
                Status = large.Status,
                Headers = large.Headers,
                Outline = reading?.Outline,
                Text = reading?.Text,
                BodyLength = large.Partial.LongLength,
                Cut = true,
            },
            FetchOutcome.TimedOut => facts with { TransportError = TransportError.Timeout },
            FetchOutcome.DnsFailed dns => facts with { TransportError = dns.NameDoesNotExist ? TransportError.DnsNxdomain : TransportError.DnsServfail },
            FetchOutcome.TlsFailed => facts with { TransportError = TransportError.TlsFailure },
            FetchOutcome.ConnectionFailed failed => facts with { TransportError = failed.Problem == ConnectionProblem.Refused ? TransportError.ConnectionRefused : TransportError.ConnectionReset },
            FetchOutcome.UnsafeAddress => facts with { TransportError = TransportError.UnsafeAddress },
            FetchOutcome.TooManyRedirects => facts with { TransportError = TransportError.RedirectLoop },
            FetchOutcome.ProtocolError => facts with { TransportError = TransportError.ProtocolError },
            FetchOutcome.Refused or FetchOutcome.RobotsDisallowed or FetchOutcome.HostPaused => facts with { TransportError = TransportError.NotFetched },
            _ => throw new InvalidOperationException($"unknown fetch outcome {outcome.GetType().Name}"),
        };
    }

    /// <summary>"fetched", "timed-out", "dns-failed" …</summary>
    public static string Name(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Fetched => "fetched",
        FetchOutcome.TooLarge => "too-large",
        FetchOutcome.TimedOut => "timed-out",
        FetchOutcome.DnsFailed dns => dns.NameDoesNotExist ? "dns-nxdomain" : "dns-failed",
        FetchOutcome.TlsFailed tls => $"tls-{tls.Problem}",
        FetchOutcome.ConnectionFailed failed => $"connection-{failed.Problem.ToString().ToLowerInvariant()}",
        FetchOutcome.UnsafeAddress unsafeAddress => $"unsafe-{unsafeAddress.Kind}",
        FetchOutcome.TooManyRedirects redirects => redirects.Loop ? "redirect-loop" : "too-many-redirects",
        FetchOutcome.Refused refused => $"refused-{refused.Reason.ToString().ToLowerInvariant()}",
        FetchOutcome.RobotsDisallowed => "robots-disallowed",
        FetchOutcome.ProtocolError => "protocol-error",
        FetchOutcome.HostPaused => "host-paused",
        _ => throw new InvalidOperationException($"unknown fetch outcome {outcome.GetType().Name}"),
    };
}
