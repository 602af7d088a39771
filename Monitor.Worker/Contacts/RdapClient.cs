using System.Net;
using System.Net.Http.Headers;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Contacts;

/// <summary>
/// Asks the configured RDAP servers (RFC 9082). Nobody else is ever contacted: a redirect is followed only to a configured server, three times
/// at most, and answers are read up to 1 MB. No cookies, no proxy.
/// </summary>
public sealed class RdapClient(Func<ContactsSettings> settings, TimeProvider time) : IDisposable
{
    public const int MostRedirects = 3;
    public const int LargestAnswer = 1024 * 1024;

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 64,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    });

    public void Dispose() => _invoker.Dispose();

    /// <param name="domain">ASCII.</param>
    public Task<RdapEnd> DomainAsync(string domain, CancellationToken cancellation) => AskAsync(settings().RdapDomain, "domain/", domain, cancellation);

    public Task<RdapEnd> AddressAsync(IPAddress address, CancellationToken cancellation) => AskAsync(settings().RdapIp, "ip/", address.ToString(), cancellation);

    private async Task<RdapEnd> AskAsync(string server, string kind, string name, CancellationToken cancellation)
    {
        if (server.Length == 0)
        {
            return new RdapEnd.Off();
        }

        using var deadline = new CancellationTokenSource(settings().Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            // A colon may stand in a path as it is, and servers expect IPv6 addresses so.
            var url = new Uri(server.TrimEnd('/') + "/" + kind + Uri.EscapeDataString(name).Replace("%3A", ":", StringComparison.Ordinal));
            return await FollowAsync(url, name, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new RdapEnd.TimedOut();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new RdapEnd.Unreachable();
        }
    }

    private async Task<RdapEnd> FollowAsync(Uri url, string name, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/rdap+json"));
            using var answer = await _invoker.SendAsync(request, cancellation);
            switch ((int)answer.StatusCode)
            {
                case 200:
                    return await ReadAsync(answer, name, cancellation);
                case 301 or 302 or 303 or 307 or 308 when answer.Headers.Location is { } location:
                    url = new Uri(url, location);
                    if (!IsConfigured(url))
                    {
                        return new RdapEnd.RedirectedElsewhere(url.IsAbsoluteUri ? url.IdnHost : "");
                    }

                    if (redirects >= MostRedirects)
                    {
                        return new RdapEnd.TooManyRedirects();
                    }

                    break;
                case 404:
                    return new RdapEnd.NotFound();
                case 429:
                    return new RdapEnd.Throttled(answer.Headers.RetryAfter is { } wait ? wait.Delta ?? wait.Date - time.GetUtcNow() : null);
                default:
                    return new RdapEnd.Refused((int)answer.StatusCode);
            }
        }
    }

    private bool IsConfigured(Uri url)
    {
        var now = settings();
        return new[] { now.RdapDomain, now.RdapIp }.Any(server => server.Length > 0 && Uri.Compare(new Uri(server), url, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0);
    }

    private static async Task<RdapEnd> ReadAsync(HttpResponseMessage answer, string name, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentLength > LargestAnswer)
        {
            return new RdapEnd.TooLarge();
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            if (bytes.Length + read > LargestAnswer)
            {
                return new RdapEnd.TooLarge();
            }

            bytes.Write(buffer, 0, read);
        }

        return RdapReader.Read(bytes.ToArray()) is { } record ? new RdapEnd.Found(name, record) : new RdapEnd.Malformed();
    }
}
