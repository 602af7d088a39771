using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Monitor.Worker.Console;

/// <summary>Style sheet, scripts and icons: in the program itself, under an address that bears their digest, so that browsers may keep them and never keep an old one.</summary>
public static class ConsoleAssets
{
    private const string Prefix = "console/assets/";

    private static readonly FrozenDictionary<string, (string Path, string Type, byte[] Content)> ByName = Read();

    private static readonly FrozenDictionary<string, (string Path, string Type, byte[] Content)> ByPath = ByName.Values.ToFrozenDictionary(asset => asset.Path, StringComparer.Ordinal);

    /// <summary>Address of an asset.</summary>
    public static string Url(string name) => ByName[name].Path;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{digest}/{name}", (HttpContext http) =>
    {
        if (!ByPath.TryGetValue(http.Request.Path, out var asset))
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.Type);
    }).AllowAnonymous();

    private static FrozenDictionary<string, (string, string, byte[])> Read()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        var found = new Dictionary<string, (string, string, byte[])>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var name = resource[Prefix.Length..];
            var digest = Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))[..16];
            found.Add(name, ($"/assets/{digest}/{name}", Type(name), content.ToArray()));
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string Type(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"no type for {other}"),
    };
}
