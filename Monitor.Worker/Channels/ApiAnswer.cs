using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Monitor.Worker.Channels;

/// <summary>A platform's answer, as far as it is read: a stranger's bytes, bounded and never trusted.</summary>
/// <param name="Body">Empty where it was longer than <see cref="MaxBytes"/> or broke off.</param>
internal sealed record ApiAnswer(int Code, byte[] Body, TimeSpan? RetryAfter)
{
    public const int MaxBytes = 64 * 1024;

    public const int LongestReceipt = 200;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    public bool Succeeded => Code is >= 200 and < 300;

    /// <summary>The status line decides on the fate; a body that cannot be read takes nothing away from it.</summary>
    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellation)
    {
        var code = (int)response.StatusCode;
        var retry = RetryAfterOf(response.Headers.RetryAfter, clock);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var buffer = new byte[MaxBytes + 1];
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            return new ApiAnswer(code, read > MaxBytes ? [] : buffer[..read], retry);
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException or OperationCanceledException)
        {
            return new ApiAnswer(code, [], retry);
        }
    }

    /// <summary>A text or number at a dotted path of a UTF-8 JSON object, printable and not too long; else null.</summary>
    public string? Field(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(Body, Options);
            var place = document.RootElement;
            foreach (var name in path.Split('.'))
            {
                if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(name, out var inner))
                    return null;
                place = inner;
            }

            var text = place.ValueKind switch
            {
                JsonValueKind.String => place.GetString(),
                JsonValueKind.Number => place.GetRawText(),
                _ => null,
            };
            return text is { Length: > 0 and <= LongestReceipt } && !text.Any(char.IsControl) ? text : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // No JSON, or a string with bytes that are no UTF-8.
            return null;
        }
    }

    /// <summary>One line for the records.</summary>
    public string Line()
    {
        const int Longest = 200;
        var text = System.Text.Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, Longest * 4)));
        var line = new string([.. text.Take(Longest).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]).Trim();
        return line.Length > 0 ? line : "HTTP " + Code.ToString(CultureInfo.InvariantCulture);
    }

    private static TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header, TimeProvider clock)
    {
        var wait = header?.Delta ?? (header?.Date is { } at ? at - clock.GetUtcNow() : null);
        return wait > TimeSpan.Zero ? wait : null;
    }
}
