using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Monitor.Worker.Ports;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace Monitor.Worker.Evidence;

/// <summary>Reads an officer's public key: armoured OpenPGP (RFC 9580) or an X.509 certificate in PEM.</summary>
public sealed class RecipientKeys : IRecipientKeys
{
    public RecipientKeyReading Read(string key, DateTimeOffset now)
    {
        try
        {
            return RecipientKeyForm.IsCertificate(key) ? OfCertificate(key, now)
                : key.Contains("BEGIN PGP PUBLIC KEY BLOCK", StringComparison.Ordinal) ? OfOpenPgp(key, now)
                : new RecipientKeyReading.Unusable(key.Contains("PRIVATE KEY", StringComparison.Ordinal) ? "private-key" : "unreadable");
        }
        catch (Exception problem) when (problem is IOException or PgpException or CryptographicException or FormatException or ArgumentException)
        {
            return new RecipientKeyReading.Unusable("unreadable");
        }
    }

    /// <summary>True: made for encryption and in force.</summary>
    internal static bool Encrypts(PgpPublicKey key, DateTimeOffset at) => key.IsEncryptionKey && !key.HasRevocation() && !Lapsed(key, at);

    private static bool Lapsed(PgpPublicKey key, DateTimeOffset at) => key.GetValidSeconds() is > 0 and var seconds && key.CreationTime.AddSeconds(seconds) <= at.UtcDateTime;

    private static RecipientKeyReading OfCertificate(string pem, DateTimeOffset now)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        if (now.UtcDateTime < certificate.NotBefore.ToUniversalTime() || now.UtcDateTime > certificate.NotAfter.ToUniversalTime())
            return new RecipientKeyReading.Unusable("expired");
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        if (usage is not null && (usage.KeyUsages & (X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyAgreement)) == 0)
            return new RecipientKeyReading.Unusable("not-for-encryption");
        return new RecipientKeyReading.Good(certificate.GetCertHashString(HashAlgorithmName.SHA256), certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
    }

    private static RecipientKeyReading OfOpenPgp(string armoured, DateTimeOffset now)
    {
        using var stream = PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.ASCII.GetBytes(armoured)));
        var rings = new PgpPublicKeyRingBundle(stream).GetKeyRings().ToList();
        if (rings.Count != 1)
            return new RecipientKeyReading.Unusable(rings.Count == 0 ? "unreadable" : "several-keys");
        var keys = rings[0].GetPublicKeys().ToList();
        var master = keys[0];
        if (master.HasRevocation())
            return new RecipientKeyReading.Unusable("revoked");
        if (Lapsed(master, now))
            return new RecipientKeyReading.Unusable("expired");
        return keys.Any(key => Encrypts(key, now))
            ? new RecipientKeyReading.Good(Convert.ToHexString(master.GetFingerprint()), master.GetRawUserIds().Select(Encoding.UTF8.GetString).FirstOrDefault() ?? "")
            : new RecipientKeyReading.Unusable("not-for-encryption");
    }
}
