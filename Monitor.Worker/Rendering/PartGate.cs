using System.Text.Json.Nodes;
using Monitor.Rules.Removal;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Rendering;

/// <summary>
/// Answers what one page asks for. The page itself comes from the bytes that are there; pictures are place-holders; everything else that may be asked is
/// asked of the source, within limits; the rest is refused. Keeps the record of all of it. Requests come from the reading thread one after another,
/// answers from wherever the source has them.
/// </summary>
internal sealed class PartGate(CdpPipe pipe, RenderRequest page, IPartSource source, RenderingSettings settings, TimeProvider time, CancellationToken ended) : IDisposable
{
    /// <summary>Requests of any kind after which a page is not let ask any more: it floods.</summary>
    private const int FloodAt = 3000;

    /// <summary>As a browser has them under way at once.</summary>
    private const int AtOnce = 6;

    /// <summary>Longest wait for one part.</summary>
    private static readonly TimeSpan PartTime = TimeSpan.FromSeconds(15);

    /// <summary>One transparent pixel: the page's scripts see a picture that loads.</summary>
    private static readonly string Pixel = Convert.ToBase64String([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0x21, 0xF9, 4, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]);

    /// <summary>One grey pixel: in pictures for evidence it is seen that something was there.</summary>
    private static readonly string Grey = Convert.ToBase64String([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]);

    /// <summary>Of the connection or of the body as it travelled: not of the body as it is handed on.</summary>
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "trailer", "upgrade", "set-cookie", "alt-svc", "nel", "report-to", "reporting-endpoints", "link",
        "access-control-allow-origin", "access-control-allow-credentials",
    };

    private readonly Lock _gate = new();
    private readonly List<RenderedPart> _parts = [];
    private readonly SemaphoreSlim _slots = new(AtOnce);
    private int _seen;
    private int _asked;
    private long _bytes;
    private int _underWay;
    private long _lastAt = time.GetTimestamp();
    private TimeSpan _waited;

    public bool Floods { get; private set; }

    /// <summary>The page's own document was handed over.</summary>
    public bool PageServed { get; private set; }

    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Since the last request came or was answered.</summary>
    public TimeSpan Quiet => time.GetElapsedTime(Volatile.Read(ref _lastAt));

    /// <summary>Time that parts spent waiting for their hosts' turn: not the page's fault.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (_gate)
            {
                return _waited;
            }
        }
    }

    public IReadOnlyList<RenderedPart> Parts
    {
        get
        {
            lock (_gate)
            {
                return [.. _parts];
            }
        }
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>Waits until what was given up is given up.</summary>
    public async Task EndAsync()
    {
        while (UnderWay > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, CancellationToken.None);
        }
    }

    /// <param name="refuse">The session may not ask for anything (workers that outlive their page).</param>
    public void Take(PartRequest request, bool refuse)
    {
        Volatile.Write(ref _lastAt, time.GetTimestamp());
        if (++_seen > FloodAt)
        {
            Floods = true;
            Fail(request);
            return;
        }

        if (request.Kind == PartKind.Document && request.Method == "GET" && SamePage(request.Url))
        {
            PageServed = true;
            Fulfil(request, page.Status, page.Headers, page.Body.Span);
            return;
        }

        if (request.Preflight)
        {
            Leave(request);
            return;
        }

        if (request.Kind == PartKind.Image)
        {
            pipe.Post("Fetch.fulfillRequest", new JsonObject
            {
                ["requestId"] = request.Id,
                ["responseCode"] = 200,
                ["responseHeaders"] = new JsonArray([Header("content-type", "image/gif"), .. Shared(request)]),
                ["body"] = page.Pictures ? Grey : Pixel,
            }, request.Session);
            return;
        }

        if (Refusal(request, refuse) is var (end, reason))
        {
            Note(new RenderedPart(request.Url, request.Method, request.Kind, end, null, reason));
            Fail(request);
            return;
        }

        _asked++;
        Interlocked.Increment(ref _underWay);
        _ = AskAsync(request);
    }

    /// <summary>A connection that cannot be stopped at, only seen: the missing network has refused it.</summary>
    public void NoteStream(string url)
    {
        if (++_seen <= FloodAt)
        {
            Note(new RenderedPart(url, "GET", PartKind.Stream, PartEnd.Refused, null, "stream"));
        }
    }

    private (PartEnd End, string Reason)? Refusal(PartRequest request, bool refuse)
    {
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return (PartEnd.Refused, "scheme");
        }

        if (settings.NeverAsk.Any(host => url.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase)))
        {
            return (PartEnd.NeverAsked, "never-ask");
        }

        return request switch
        {
            { Method: not ("GET" or "HEAD") } => (PartEnd.Refused, "method"),
            { Kind: PartKind.Ping or PartKind.Font or PartKind.Media or PartKind.Stream } => (PartEnd.Refused, "kind"),
            _ when refuse => (PartEnd.Refused, "worker"),
            _ when _asked >= settings.MaxRequests => (PartEnd.Refused, "too-many"),
            _ when Interlocked.Read(ref _bytes) >= settings.MaxMegabytes * 1024L * 1024 => (PartEnd.Refused, "too-much"),
            _ => null,
        };
    }

    private async Task AskAsync(PartRequest request)
    {
        try
        {
            await _slots.WaitAsync(ended);
            PartAnswer answer;
            var started = time.GetTimestamp();
            try
            {
                var left = Math.Max(1, (settings.MaxMegabytes * 1024L * 1024) - Interlocked.Read(ref _bytes));
                answer = await source.AskAsync(new PartAsk(request.Url, request.Method == "HEAD", request.Kind, left, PartTime < settings.Timeout ? PartTime : settings.Timeout), ended);
            }
            finally
            {
                _slots.Release();
            }

            var waited = time.GetElapsedTime(started) - answer.Elapsed;
            Interlocked.Add(ref _bytes, answer.Body.LongLength);
            if (answer.Status is { } status)
            {
                Note(new RenderedPart(request.Url, request.Method, request.Kind, PartEnd.Answered, status, "", answer.Body.LongLength), waited);
                Fulfil(request, status, answer.Headers, request.Method == "HEAD" ? [] : answer.Body);
            }
            else
            {
                Note(new RenderedPart(request.Url, request.Method, request.Kind, answer.Refused ? PartEnd.Refused : PartEnd.Failed, null, answer.Problem), waited);
                Fail(request);
            }
        }
        catch (OperationCanceledException)
        {
            Note(new RenderedPart(request.Url, request.Method, request.Kind, PartEnd.Failed, null, "ended"));
        }
        finally
        {
            Volatile.Write(ref _lastAt, time.GetTimestamp());
            Interlocked.Decrement(ref _underWay);
        }
    }

    private void Note(RenderedPart part, TimeSpan waited = default)
    {
        lock (_gate)
        {
            _parts.Add(part);
            if (waited > TimeSpan.Zero)
            {
                // Several wait at once: only as much as the longest queue of them can have cost.
                _waited += waited / AtOnce;
            }
        }
    }

    private void Fulfil(PartRequest request, int status, IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body)
    {
        var list = new JsonArray([.. Shared(request)]);
        foreach (var (name, value) in headers)
        {
            // A download would end the page; a line break would end the header.
            if (!Dropped.Contains(name) && !(name == "content-disposition" && request.Kind is PartKind.Document or PartKind.Frame) && value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
            {
                list.Add(Header(name, value));
            }
        }

        pipe.Post("Fetch.fulfillRequest", new JsonObject { ["requestId"] = request.Id, ["responseCode"] = status, ["responseHeaders"] = list, ["body"] = Convert.ToBase64String(body) }, request.Session);
    }

    private void Leave(PartRequest request) => pipe.Post("Fetch.fulfillRequest", new JsonObject
    {
        ["requestId"] = request.Id,
        ["responseCode"] = 204,
        ["responseHeaders"] = new JsonArray([.. Shared(request), Header("access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE"), Header("access-control-allow-headers", request.WantedHeaders), Header("access-control-max-age", "600")]),
    }, request.Session);

    /// <summary>The source sends neither cookies nor an origin, so that what it is given is public: every page may read it.</summary>
    private static JsonNode[] Shared(PartRequest request) => request.Origin is null ? [] : [Header("access-control-allow-origin", request.Origin), Header("access-control-allow-credentials", "true")];

    private static JsonObject Header(string name, string value) => new() { ["name"] = name, ["value"] = value };

    /// <summary>A page that was to move on stays where it is; for everything else the request was blocked.</summary>
    private void Fail(PartRequest request) => pipe.Post("Fetch.failRequest", new JsonObject { ["requestId"] = request.Id, ["errorReason"] = request.Kind == PartKind.Document ? "Aborted" : "BlockedByClient" }, request.Session);

    private bool SamePage(string url) => Bare(url) == Bare(page.Url) || !PageServed;

    private static string Bare(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Query) : url;
}
