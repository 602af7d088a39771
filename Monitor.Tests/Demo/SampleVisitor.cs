using System.Net;
using System.Net.Sockets;
using Monitor.Worker.Demo;

namespace Monitor.Tests.Demo;

/// <summary>A plain HTTP client that reaches every host of a sample world through the loopback port behind it.</summary>
internal sealed class SampleVisitor : IDisposable
{
    private readonly HttpClient _client;

    public SampleVisitor(SampleWorld world)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, world.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        _client = new HttpClient(handler);
    }

    public Task<HttpResponseMessage> GetAsync(string url) => _client.GetAsync(url, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request, TestContext.Current.CancellationToken);

    public async Task<int> StatusAsync(string url)
    {
        using var response = await GetAsync(url);
        return (int)response.StatusCode;
    }

    public async Task<string> TextAsync(string url)
    {
        using var response = await GetAsync(url);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _client.Dispose();
}
