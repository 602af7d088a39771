using System.Security.Cryptography;
using Monitor.Rules.Sharing;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Accounts;

/// <summary>
/// ECDH over P-256 with HKDF-SHA-256 and AES-256-GCM, an ephemeral key for every wrap (the scheme of ECIES); private keys as encrypted PKCS #8: PBES2 with
/// PBKDF2-HMAC-SHA-512 and AES-256-CBC.
/// </summary>
public sealed class PersonKeys : IIdentityKeys
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int KeyLength = 32;

    /// <summary>Binds a wrap to its use.</summary>
    private static readonly byte[] Use = "monitor identity key wrap v1"u8.ToArray();

    /// <summary>As many rounds as for passwords themselves.</summary>
    private static readonly PbeParameters Protection = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA512, IdentityPasswords.Iterations);

    public IdentityKey Make(string password)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Write(key, password);
    }

    public IdentityKey? Rewrap(IdentityKey key, string password, string newPassword)
    {
        using var opened = Private(key, password);
        return opened is null ? null : Write(opened, newPassword);
    }

    public SealedForPersons Seal(byte[] content, IReadOnlyList<IdentityKey> recipients)
    {
        if (recipients.Count == 0)
            throw new ArgumentException("Nobody could read it.", nameof(recipients));
        var contentKey = RandomNumberGenerator.GetBytes(KeyLength);
        return new SealedForPersons(Encrypt(contentKey, content), [.. recipients.Select(recipient => Wrap(contentKey, recipient))]);
    }

    public byte[]? Open(byte[] ciphertext, string wrapped, IdentityKey key, string password) =>
        Unwrap(wrapped, key, password) is { } contentKey ? Decrypt(contentKey, ciphertext) : null;

    public string? Share(string wrapped, IdentityKey key, string password, IdentityKey other) =>
        Unwrap(wrapped, key, password) is { } contentKey ? Wrap(contentKey, other) : null;

    private static IdentityKey Write(ECDiffieHellman key, string password)
    {
        var spki = key.ExportSubjectPublicKeyInfo();
        return new IdentityKey(Convert.ToHexStringLower(SHA256.HashData(spki))[..16], Convert.ToBase64String(spki), Convert.ToBase64String(key.ExportEncryptedPkcs8PrivateKey(password, Protection)));
    }

    private static string Wrap(byte[] contentKey, IdentityKey recipient)
    {
        using var theirs = ECDiffieHellman.Create();
        theirs.ImportSubjectPublicKeyInfo(Convert.FromBase64String(recipient.Public), out _);
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var spki = ephemeral.ExportSubjectPublicKeyInfo();
        var key = Agree(ephemeral, theirs.PublicKey, spki);
        return $"{Convert.ToBase64String(spki)}.{Convert.ToBase64String(Encrypt(key, contentKey))}";
    }

    private static byte[]? Unwrap(string wrapped, IdentityKey key, string password)
    {
        if (wrapped.Split('.') is not [var point, var box])
            return null;
        try
        {
            using var mine = Private(key, password);
            using var ephemeral = ECDiffieHellman.Create();
            var spki = Convert.FromBase64String(point);
            ephemeral.ImportSubjectPublicKeyInfo(spki, out _);
            return mine is null ? null : Decrypt(Agree(mine, ephemeral.PublicKey, spki), Convert.FromBase64String(box));
        }
        catch (Exception altered) when (altered is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static ECDiffieHellman? Private(IdentityKey key, string password)
    {
        var opened = ECDiffieHellman.Create();
        try
        {
            opened.ImportEncryptedPkcs8PrivateKey(password, Convert.FromBase64String(key.Private), out _);
            return opened;
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            opened.Dispose();
            return null;
        }
    }

    private static byte[] Agree(ECDiffieHellman mine, ECDiffieHellmanPublicKey theirs, byte[] ephemeral) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, mine.DeriveRawSecretAgreement(theirs), KeyLength, salt: ephemeral, info: Use);

    private static byte[] Encrypt(byte[] key, byte[] content)
    {
        var box = new byte[NonceLength + content.Length + TagLength];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(box.AsSpan(0, NonceLength), content, box.AsSpan(NonceLength, content.Length), box.AsSpan(NonceLength + content.Length), Use);
        return box;
    }

    private static byte[]? Decrypt(byte[] key, byte[] box)
    {
        if (box.Length < NonceLength + TagLength)
            return null;
        var content = new byte[box.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength, content.Length), box.AsSpan(NonceLength + content.Length), content, Use);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
