using System.Net;
using System.Net.Sockets;

namespace Monitor.Tests.Loopback;

/// <summary>
/// A port for a program of its own that is told where to listen. It lies below those that the system gives to outgoing connections (from
/// 32,768 on Linux): a program that is stopped and started again would sooner or later find one of those in its place.
/// </summary>
internal static class FreePort
{
    private static readonly Lock Turn = new();
    private static int _next = Random.Shared.Next(15_000, 32_000);

    public static int Take()
    {
        lock (Turn)
        {
            for (var tries = 0; tries < 1000; tries++)
            {
                _next = _next < 32_000 ? _next + 1 : 15_000;
                try
                {
                    using var probe = new TcpListener(IPAddress.Loopback, _next);
                    probe.Start();
                    return _next;
                }
                catch (SocketException)
                {
                    // Somebody else has it.
                }
            }
        }

        throw new InvalidOperationException("no free port between 15,000 and 32,000");
    }
}
