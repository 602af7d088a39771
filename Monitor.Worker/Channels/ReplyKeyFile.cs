using Monitor.Worker.Storage;

namespace Monitor.Worker.Channels;

/// <summary>The installation's key of the reply tokens: 32 random bytes in keys/reply.key, readable by the owner only, made when first needed.</summary>
public sealed class ReplyKeyFile(string dataDirectory)
{
    private readonly Lock _lock = new();
    private byte[]? _key;

    /// <returns>null: the file is damaged or cannot be made; notices then go out without a reply address of their own.</returns>
    public byte[]? Read()
    {
        lock (_lock)
        {
            return _key ??= TryRead();
        }
    }

    /// <returns>The token of a notice's reference; null: there is no key.</returns>
    public string? TokenOf(string reference) => Read() is { } key ? ReplyToken.For(key, reference) : null;

    private byte[]? TryRead()
    {
        try
        {
            var path = Path.Combine(dataDirectory, "keys", "reply.key");
            if (!File.Exists(path))
                SecretKeyFile.Create(path);
            // A damaged key is not replaced: answers to what went out before could not be told from forged ones.
            return File.ReadAllBytes(path) is { Length: SecretKeyFile.Length } key ? key : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
