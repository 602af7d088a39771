using System.Diagnostics.CodeAnalysis;

namespace Monitor.Worker.Channels;

/// <summary>Where a notice may be posted: https, or http on this very machine (127.0.0.1) for trials.</summary>
internal static class ApiAddress
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url)
        && url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.Host == "127.0.0.1"));
}
