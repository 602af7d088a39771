using System.Security.Cryptography;
using Monitor.Rules.Custody;
using Monitor.Worker.Ports;
using Monitor.Worker.Storage;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Monitor.Worker.Evidence.LogSigning;

/// <summary>
/// The key that signs the log: 32 bytes of Ed25519 seed in "keys/log.key", readable by the owner only, made when first needed. It is not replaced when it is damaged:
/// another key must be told to everybody who checks the log.
/// </summary>
public sealed class LogKeyFile(string dataDirectory) : ICheckpointSigner
{
    private const int Length = SecretKeyFile.Length;

    private readonly Lock _gate = new();
    private byte[]? _seed;

    private string Path => System.IO.Path.Combine(dataDirectory, "keys", "log.key");

    private string NextPath => SecretKeyFile.Next(Path);

    public NoteKey? Key(string origin)
    {
        lock (_gate)
            return Seed() is { } seed ? KeyOf(origin, seed) : null;
    }

    public NoteSignature? Sign(string origin, string body)
    {
        lock (_gate)
            return Seed() is { } seed ? SignWith(origin, seed, body) : null;
    }

    public async Task<bool?> RotateAsync(string origin, string body, Func<KeyChange, Task<bool>> kept)
    {
        byte[] old, next;
        lock (_gate)
        {
            if (Seed() is not { } seed)
                return null;
            old = seed;
            try
            {
                File.Delete(NextPath);
                next = SecretKeyFile.Create(NextPath);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        if (!await kept(new KeyChange(KeyOf(origin, old), KeyOf(origin, next), SignWith(origin, old, body), SignWith(origin, next, body))))
        {
            File.Delete(NextPath);
            return false;
        }

        lock (_gate)
        {
            SecretKeyFile.Replace(Path);
            CryptographicOperations.ZeroMemory(old);
            _seed = next;
        }

        return true;
    }

    public bool Verify(ReadOnlyMemory<byte> key, byte[] message, byte[] signature)
    {
        if (key.Length != Length || signature.Length != 64)
            return false;
        var signer = new Ed25519Signer();
        signer.Init(forSigning: false, new Ed25519PublicKeyParameters(key.ToArray()));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.VerifySignature(signature);
    }

    /// <summary>A change of key that ended between its keeping and its files: the one that was told in the log is the one.</summary>
    /// <param name="told">The newest key in the log; null: none yet.</param>
    public void Settle(string origin, NoteKey? told)
    {
        lock (_gate)
        {
            if (!File.Exists(NextPath))
                return;
            if (File.ReadAllBytes(NextPath) is { Length: Length } next && told is not null && KeyOf(origin, next).Equals(told))
            {
                SecretKeyFile.Replace(Path);
                _seed = next;
                return;
            }

            File.Delete(NextPath);
        }
    }

    /// <summary>Signs as a witness does: that the note was seen at that time (C2SP cosignature/v1).</summary>
    public static NoteSignature Cosign(string name, byte[] seed, string body, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        var time = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(time, seconds);
        return new NoteSignature(name, WitnessKey(name, seed).Id, [.. time, .. Raw(seed, SignedNote.CosignedMessage(body, seconds))]);
    }

    public static NoteKey WitnessKey(string name, byte[] seed) => new(name, NoteKey.Cosignature, new Ed25519PrivateKeyParameters(seed).GeneratePublicKey().GetEncoded());

    /// <summary>Reads a witness's key, or makes one where there is none. Null: damaged.</summary>
    public static byte[]? ReadOrCreate(string path) => File.Exists(path) ? File.ReadAllBytes(path) is { Length: Length } seed ? seed : null : SecretKeyFile.Create(path);

    private byte[]? Seed()
    {
        try
        {
            return _seed ??= ReadOrCreate(Path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static NoteKey KeyOf(string origin, byte[] seed) => new(origin, NoteKey.Ed25519, new Ed25519PrivateKeyParameters(seed).GeneratePublicKey().GetEncoded());

    private static NoteSignature SignWith(string origin, byte[] seed, string body) => new(origin, KeyOf(origin, seed).Id, Raw(seed, System.Text.Encoding.UTF8.GetBytes(body)));

    private static byte[] Raw(byte[] seed, byte[] message)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, new Ed25519PrivateKeyParameters(seed));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.GenerateSignature();
    }
}
