using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Worker.Evidence;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) in chunks, after the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): every item has a key
/// of its own; a chunk's nonce is the item's 8 random bytes and the chunk's number; what the chunk belongs to, its number and whether it is
/// the last are associated data. So nothing can be changed, swapped, moved to another item, or cut off unnoticed.
/// </summary>
internal static class ItemCipher
{
    public const int KeyLength = 32;
    public const int NoncePrefixLength = 8;
    public const int TagLength = 16;

    /// <summary>Nonce, ciphertext and tag of a data key.</summary>
    public const int WrappedLength = NonceLength + KeyLength + TagLength;

    private const int NonceLength = 12;

    /// <summary>Number of chunks of a content of that length; an empty one has a chunk too, so that it is authenticated.</summary>
    public static int Chunks(long length, int chunkBytes) => checked((int)Math.Max(1, (length + chunkBytes - 1) / chunkBytes));

    public static long SealedLength(long length, int chunkBytes) => length + ((long)Chunks(length, chunkBytes) * TagLength);

    /// <summary>What a chunk is bound to, before its number: format, id, owner, kind, instant, length and chunk size, each text with its length in front.</summary>
    public static byte[] Binding(string id, string owner, string kind, long sealedAt, long length, int chunkBytes)
    {
        using var to = new MemoryStream();
        using (var writer = new BinaryWriter(to, Encoding.UTF8))
        {
            writer.Write("monitor vault item 1");
            writer.Write(id);
            writer.Write(owner);
            writer.Write(kind);
            writer.Write(sealedAt);
            writer.Write(length);
            writer.Write(chunkBytes);
        }

        return to.ToArray();
    }

    public static byte[] Wrap(AesGcm keyEncryption, ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> binding)
    {
        var wrapped = new byte[WrappedLength];
        var nonce = wrapped.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        keyEncryption.Encrypt(nonce, dataKey, wrapped.AsSpan(NonceLength, dataKey.Length), wrapped.AsSpan(NonceLength + dataKey.Length, TagLength), binding);
        return wrapped;
    }

    /// <summary>False: wrapped under another key, bound to something else, or changed.</summary>
    public static bool TryUnwrap(AesGcm keyEncryption, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> binding, Span<byte> dataKey)
    {
        if (wrapped.Length != WrappedLength)
            return false;
        try
        {
            keyEncryption.Decrypt(wrapped[..NonceLength], wrapped.Slice(NonceLength, KeyLength), wrapped[(NonceLength + KeyLength)..], dataKey, binding);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <param name="sealedChunk">Ciphertext and tag: <paramref name="chunk"/>'s length and <see cref="TagLength"/>.</param>
    public static void SealChunk(AesGcm item, ReadOnlySpan<byte> noncePrefix, ReadOnlySpan<byte> binding, int number, bool last, ReadOnlySpan<byte> chunk, Span<byte> sealedChunk)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Nonce(nonce, noncePrefix, number);
        item.Encrypt(nonce, chunk, sealedChunk[..chunk.Length], sealedChunk.Slice(chunk.Length, TagLength), Associated(binding, number, last));
    }

    public static bool TryOpenChunk(AesGcm item, ReadOnlySpan<byte> noncePrefix, ReadOnlySpan<byte> binding, int number, bool last, ReadOnlySpan<byte> sealedChunk, Span<byte> chunk)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Nonce(nonce, noncePrefix, number);
        try
        {
            item.Decrypt(nonce, sealedChunk[..chunk.Length], sealedChunk.Slice(chunk.Length, TagLength), chunk, Associated(binding, number, last));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static void Nonce(Span<byte> nonce, ReadOnlySpan<byte> prefix, int number)
    {
        prefix.CopyTo(nonce);
        BinaryPrimitives.WriteInt32BigEndian(nonce[NoncePrefixLength..], number);
    }

    private static byte[] Associated(ReadOnlySpan<byte> binding, int number, bool last)
    {
        var associated = new byte[binding.Length + 5];
        binding.CopyTo(associated);
        BinaryPrimitives.WriteInt32BigEndian(associated.AsSpan(binding.Length), number);
        associated[^1] = last ? (byte)1 : (byte)0;
        return associated;
    }
}
