using System.Collections.Concurrent;
using System.Security.Cryptography;
using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;
using Monitor.Worker.Fetching.Recording;

namespace Monitor.Worker.Fetching.Vantages;

/// <summary>
/// Asks a host for an address that surely never existed, shaped like the target's, to learn what "not there" looks like on it.
/// Answers are kept for an hour per host and path shape, so that a host is asked once, not once per target.
/// </summary>
public sealed class ControlProbe(IFetcher fetcher, TimeProvider time)
{
    private static readonly PageReader Reader = new();

    private const int MaxKept = 4096;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, ControlSeen Seen)> _kept = new(StringComparer.Ordinal);

    /// <param name="show">How the target was shown to a browser, to do the same with the control; null when it was not.</param>
    public async Task<ControlSeen> AskAsync(string targetUrl, string vantage, ControlShowing? show, ExchangeLog? log, CancellationToken cancellation)
    {
        var target = new Uri(targetUrl);
        var shape = vantage + (show is null ? " " : " shown ") + target.Authority + Shape(target);
        var now = time.GetUtcNow();
        if (_kept.TryGetValue(shape, out var kept) && now - kept.At < Lifetime && now >= kept.At)
        {
            return kept.Seen;
        }

        var outcome = await fetcher.FetchAsync(new FetchRequest { Url = Sibling(target), Purpose = FetchPurpose.Control, Log = log }, cancellation);
        var seen = outcome is FetchOutcome.Fetched fetched ? await ReadAsync(fetched, show, cancellation) : new ControlSeen(null, null, []);
        if (seen.Sketch is not null)
        {
            if (_kept.Count >= MaxKept)
            {
                _kept.Clear();
            }

            _kept[shape] = (now, seen);
        }

        return seen;
    }

    private static async Task<ControlSeen> ReadAsync(FetchOutcome.Fetched fetched, ControlShowing? show, CancellationToken cancellation)
    {
        var read = Reader.Read(new PageSource(fetched.Body, fetched.Headers.GetValueOrDefault("content-type"), fetched.FinalUrl), cancellation).Outline;
        // What is no page is not shown; what could not be shown is no control.
        return (read is null || show is null ? read : await show(fetched, cancellation)) is { } outline
            ? new ControlSeen(fetched.Status, PageSketcher.Sketch(outline, fetched.Status), [.. outline.Media.Select(media => media.Url)])
            : new ControlSeen(fetched.Status, null, []);
    }

    /// <summary>Same directory, same kind of last segment (letters stay letters, digits digits), and the same kind of query values; all of it random.</summary>
    internal static string Sibling(Uri target)
    {
        var path = target.AbsolutePath;
        var cut = path.TrimEnd('/').LastIndexOf('/');
        var directory = path[..(cut + 1)];
        var last = path[(cut + 1)..].TrimEnd('/');
        var sibling = last.Length == 0 ? Token("khongcotrang00") : IsNumber(last) ? Number(last) : Token(last.Length < 8 ? last + "00zzz" : last);
        var query = target.Query.Length > 1
            ? "?" + string.Join('&', target.Query[1..].Split('&').Select(pair => pair.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? pair[..(at + 1)] + (IsNumber(pair[(at + 1)..]) ? Number(pair[(at + 1)..]) : Token(pair[(at + 1)..])) : pair))
            : "";
        return $"{target.Scheme}://{target.Authority}{directory}{sibling}{query}";
    }

    private static string Shape(Uri target)
    {
        var path = target.AbsolutePath;
        return path[..(path.TrimEnd('/').LastIndexOf('/') + 1)] + (target.Query.Length > 1 ? "?" : "");
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary>Higher and longer than any number in use: drawn from the short ones it would often be a neighbour that is there, or the very same.</summary>
    private static string Number(string like) => "9" + Token(new string('0', Math.Max(8, like.Length)));

    private static string Token(string like) => string.Create(like.Length, like, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var c = source[i];
            span[i] = char.IsAsciiDigit(c) ? (char)('0' + RandomNumberGenerator.GetInt32(10))
                : char.IsAsciiLetterUpper(c) ? (char)('A' + RandomNumberGenerator.GetInt32(26))
                : char.IsAsciiLetter(c) ? (char)('a' + RandomNumberGenerator.GetInt32(26))
                : c;
        }
    });
}
