using System.Net;
using System.Net.Http.Headers;

namespace Monitor.Worker.Channels;

/// <summary>A request body that knows whether any of it may have left: before that no server can have taken the request.</summary>
internal sealed class ObservedContent : HttpContent
{
    private readonly byte[] _body;

    public ObservedContent(byte[] body, string mediaType)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType) { CharSet = "utf-8" };
    }

    public bool MayHaveLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        MayHaveLeft = true;
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
