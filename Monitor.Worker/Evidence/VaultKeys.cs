using System.Security.Cryptography;

namespace Monitor.Worker.Evidence;

/// <summary>The key-encryption keys in use: one, or two while items pass from the old to the new. Safe for concurrent use.</summary>
internal sealed class VaultKeys : IDisposable
{
    private static readonly byte[] CheckBinding = "monitor vault key check 1"u8.ToArray();

    private readonly Lock _gate = new();
    private AesGcm _current;
    private AesGcm? _next;

    /// <param name="current">32 bytes; cleared.</param>
    public VaultKeys(byte[] current) => _current = Take(current);

    /// <summary>True while items pass from one key to another.</summary>
    public bool Changing
    {
        get
        {
            lock (_gate)
                return _next is not null;
        }
    }

    /// <summary>Wrapped by the newest key.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> binding)
    {
        lock (_gate)
            return ItemCipher.Wrap(_next ?? _current, dataKey, binding);
    }

    public bool TryUnwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> binding, Span<byte> dataKey)
    {
        lock (_gate)
            return ItemCipher.TryUnwrap(_current, wrapped, binding, dataKey) || (_next is not null && ItemCipher.TryUnwrap(_next, wrapped, binding, dataKey));
    }

    /// <summary>Under the newest key already.</summary>
    public bool IsNewest(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> binding)
    {
        Span<byte> key = stackalloc byte[ItemCipher.KeyLength];
        lock (_gate)
        {
            var newest = ItemCipher.TryUnwrap(_next ?? _current, wrapped, binding, key);
            CryptographicOperations.ZeroMemory(key);
            return newest;
        }
    }

    /// <summary>What tells later that a key file is the right one.</summary>
    public byte[] Check()
    {
        lock (_gate)
            return ItemCipher.Wrap(_next ?? _current, new byte[ItemCipher.KeyLength], CheckBinding);
    }

    public static bool Passes(byte[] key, byte[] check)
    {
        using var cipher = new AesGcm(key, ItemCipher.TagLength);
        return ItemCipher.TryUnwrap(cipher, check, CheckBinding, new byte[ItemCipher.KeyLength]);
    }

    /// <summary>From now on everything is wrapped by <paramref name="next"/>; what stands under the current key still opens.</summary>
    /// <param name="next">32 bytes; cleared.</param>
    public void Begin(byte[] next)
    {
        lock (_gate)
        {
            _next?.Dispose();
            _next = Take(next);
        }
    }

    /// <summary>Forgets the old key.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            _current.Dispose();
            _current = _next!;
            _next = null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _current.Dispose();
            _next?.Dispose();
        }
    }

    private static AesGcm Take(byte[] key)
    {
        var cipher = new AesGcm(key, ItemCipher.TagLength);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }
}
