using System.Text;
using Monitor.Worker.Ports;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Monitor.Worker.Evidence.Packaging;

/// <summary>Encrypts to an officer's public key while it is written: OpenPGP with integrity protection, or CMS enveloped data for X.509 certificates.</summary>
internal static class RecipientEncryption
{
    private const int Chunk = 1 << 16;

    /// <param name="write">Gets the stream of the plain content.</param>
    /// <param name="name">Name that the content bears inside.</param>
    public static Task WriteAsync(string key, Stream to, string name, DateTimeOffset at, Func<Stream, Task> write) =>
        RecipientKeyForm.IsCertificate(key) ? CmsAsync(key, to, write) : OpenPgpAsync(key, to, name, at, write);

    private static async Task OpenPgpAsync(string key, Stream to, string name, DateTimeOffset at, Func<Stream, Task> write)
    {
        var encryptor = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, withIntegrityPacket: true, new SecureRandom());
        encryptor.AddMethod(EncryptionKey(key, at));
        using var encrypted = encryptor.Open(to, new byte[Chunk]);
        var literal = new PgpLiteralDataGenerator();
        using (var content = literal.Open(encrypted, PgpLiteralData.Binary, name, at.UtcDateTime, new byte[Chunk]))
            await write(content);
    }

    private static PgpPublicKey EncryptionKey(string armoured, DateTimeOffset at)
    {
        using var stream = PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.ASCII.GetBytes(armoured)));
        return new PgpPublicKeyRingBundle(stream).GetKeyRings().SelectMany(ring => ring.GetPublicKeys())
            // A subkey made for it goes before a master key that could do it too; the newest first.
            .Where(one => RecipientKeys.Encrypts(one, at))
            .OrderBy(one => one.IsMasterKey).ThenByDescending(one => one.CreationTime)
            .First();
    }

    private static async Task CmsAsync(string key, Stream to, Func<Stream, Task> write)
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(key);
        var generator = new CmsEnvelopedDataStreamGenerator(new SecureRandom());
        generator.AddKeyTransRecipient(new X509CertificateParser().ReadCertificate(certificate.RawData));
        using var encrypted = generator.Open(to, CmsEnvelopedGenerator.Aes256Cbc);
        await write(encrypted);
    }
}
