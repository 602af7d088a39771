using System.Text;
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

    /// <summary>"zip.gpg" or "zip.p7m".</summary>
    public static string Ending(string key) => IsCertificate(key) ? "zip.p7m" : "zip.gpg";

    /// <param name="write">Gets the stream of the plain content.</param>
    /// <param name="name">Name that the content bears inside.</param>
    public static Task WriteAsync(string key, Stream to, string name, DateTimeOffset at, Func<Stream, Task> write) =>
        IsCertificate(key) ? CmsAsync(key, to, write) : OpenPgpAsync(key, to, name, at, write);

    private static bool IsCertificate(string key) => key.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal);

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
            .Where(one => one.IsEncryptionKey && !one.HasRevocation() && (one.GetValidSeconds() == 0 || one.CreationTime.AddSeconds(one.GetValidSeconds()) > at.UtcDateTime))
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
