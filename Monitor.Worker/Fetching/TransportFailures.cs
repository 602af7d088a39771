using System.Net.Sockets;

namespace Monitor.Worker.Fetching;

/// <summary>Reads what the HTTP stack threw as a typed end.</summary>
internal static class TransportFailures
{
    public static HopEnd From(Exception thrown, FetchStage stage)
    {
        HttpRequestError error = HttpRequestError.Unknown;
        for (Exception? e = thrown; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case HopEndException known:
                    return known.End;
                case SocketException socket:
                    return FromSocket(socket.SocketErrorCode, stage);
                case HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request:
                    error = request.HttpRequestError;
                    break;
                case HttpIOException io:
                    error = io.HttpRequestError;
                    break;
                case EndOfStreamException when error == HttpRequestError.Unknown:
                    error = HttpRequestError.ResponseEnded;
                    break;
            }
        }

        return error switch
        {
            HttpRequestError.ResponseEnded => new HopEnd.Connection(ConnectionProblem.ClosedEarly),
            HttpRequestError.ConfigurationLimitExceeded => new HopEnd.Protocol("headers-too-large"),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError =>
                new HopEnd.Protocol(stage == FetchStage.Body ? "broken-body" : "invalid-response"),
            HttpRequestError.SecureConnectionError => new HopEnd.Tls("handshake"),
            HttpRequestError.NameResolutionError => new HopEnd.Dns(NameDoesNotExist: false),
            _ => new HopEnd.Connection(ConnectionProblem.Reset),
        };
    }

    public static HopEnd FromSocket(SocketError error, FetchStage stage) => error switch
    {
        SocketError.ConnectionRefused => new HopEnd.Connection(ConnectionProblem.Refused),
        SocketError.TimedOut => new HopEnd.TimedOut(stage),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => new HopEnd.Connection(ConnectionProblem.Reset),
        _ => new HopEnd.Connection(stage == FetchStage.Connecting ? ConnectionProblem.Unreachable : ConnectionProblem.Reset),
    };
}
