using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Evidence.Timestamping;

/// <summary>Asks a time stamping authority over HTTP (RFC 3161 section 3.4), and checks what it answered, now and years later.</summary>
/// <param name="settings">In force at the moment.</param>
public sealed class TimestampClient(Func<CustodySettings> settings) : ITimestampAuthority, IDisposable
{
    /// <summary>With every certificate in it a token is some kilobytes.</summary>
    private const int LargestResponse = 128 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestResponse,
    };

    public bool IsConfigured => settings().TsaUrl.Length > 0;

    public async Task<StampResult> StampAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        var configured = settings();
        var request = Rfc3161TimestampRequest.CreateFromHash(SHA256.HashData(data.Span), HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(16), requestSignerCertificates: true);
        byte[] response;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(configured.TsaTimeout);
            using var content = new ByteArrayContent(request.Encode());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            using var answer = await _http.PostAsync(new Uri(configured.TsaUrl), content, limit.Token);
            if (!answer.IsSuccessStatusCode)
                return new StampResult.Failed("refused", $"HTTP {(int)answer.StatusCode}");
            response = await answer.Content.ReadAsByteArrayAsync(limit.Token);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new StampResult.Failed("unreachable", problem.GetType().Name);
        }

        try
        {
            request.ProcessResponse(response, out _);
        }
        catch (CryptographicException problem)
        {
            // The library says "not granted" and "not what was asked for" in the same way.
            return new StampResult.Failed(Check(response, data) is StampCheck.Bad bad ? bad.Code : "refused", problem.GetType().Name);
        }

        return Check(response, data) switch
        {
            StampCheck.Good { Trusted: false } when configured.TsaRoots.Length > 0 => new StampResult.Failed("not-trusted", "its certificate does not lead to a configured root"),
            StampCheck.Good good => new StampResult.Granted(response, good.At),
            StampCheck.Bad bad => new StampResult.Failed(bad.Code, ""),
            _ => throw new InvalidOperationException("unknown check"),
        };
    }

    public StampCheck Check(ReadOnlyMemory<byte> response, ReadOnlyMemory<byte> data) => TimestampCheck.Of(response, data, TimestampCheck.Roots(settings().TsaRoots));

    public void Dispose() => _http.Dispose();
}
