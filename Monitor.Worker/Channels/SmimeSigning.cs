using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Channels;

/// <summary>
/// Signs a message with the agency's certificate (S/MIME 4.0, RFC 8551: multipart/signed, SHA-256), so that an addressee can see who wrote it
/// whatever way it came. The certificates that lead to the issuer travel along, the key never leaves this process.
/// </summary>
internal static class SmimeSigning
{
    /// <param name="now">A certificate that is not valid now signs nothing.</param>
    /// <returns>null, or why it could not be signed; never any part of a key or password.</returns>
    public static async Task<string?> SignAsync(MimeMessage message, SmimeSettings settings, DateTimeOffset now, CancellationToken cancellation)
    {
        var (material, problem) = await LoadAsync(settings, cancellation);
        if (material is null)
            return problem;
        try
        {
            using var pfx = new MemoryStream(material, writable: false);
            var signer = new CmsSigner(pfx, "") { DigestAlgorithm = DigestAlgorithm.Sha256 };
            if (signer.Certificate.NotBefore > now.UtcDateTime || signer.Certificate.NotAfter < now.UtcDateTime)
                return "S/MIME certificate: " + settings.CertificateFile + " is not valid now";
            using var context = new TemporarySecureMimeContext();
            var id = message.MessageId;
            var whole = await MultipartSigned.CreateAsync(context, signer, message.Body!, cancellation);
            // The same mail has the same boundaries whenever it is composed.
            whole.Boundary = "signed-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id ?? "")).AsSpan(0, 12));
            message.Body = whole;
            return null;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or IOException or NotSupportedException or InvalidOperationException or CryptographicException
            or Org.BouncyCastle.Security.GeneralSecurityException or Org.BouncyCastle.Crypto.CryptoException or Org.BouncyCastle.Cms.CmsException)
        {
            return "S/MIME key: " + settings.CertificateFile + " cannot sign";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
        }
    }

    /// <summary>Key and certificates as one PKCS #12 in memory, however they lie on the disk.</summary>
    private static async Task<(byte[]? Material, string? Problem)> LoadAsync(SmimeSettings settings, CancellationToken cancellation)
    {
        string? password = null;
        if (settings.PasswordVariable.Length > 0 || settings.PasswordFile.Length > 0)
        {
            var reading = await SecretReader.ReadAsync(settings.PasswordVariable, settings.PasswordFile, cancellation);
            if (reading is not SecretReading.Found { Secret: var secret })
                return (null, "S/MIME password: " + ((SecretReading.Refused)reading).Reason);
            password = secret.Reveal();
        }

        // Only the file with the key has to be kept from others.
        var (bytes, refused) = await SecretReader.ReadFileAsync(settings.CertificateFile, settings.KeyFile.Length == 0, cancellation);
        if (bytes is null)
            return (null, "S/MIME certificate: " + refused);
        byte[]? key = null;
        if (settings.KeyFile.Length > 0)
        {
            (key, refused) = await SecretReader.ReadFileAsync(settings.KeyFile, isSecret: true, cancellation);
            if (key is null)
                return (null, "S/MIME key: " + refused);
        }

        var all = new X509Certificate2Collection();
        try
        {
            if (bytes.AsSpan().IndexOf("-----BEGIN"u8) < 0)
            {
                all = X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet);
            }
            else
            {
                var (certificates, pem) = (Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(key ?? bytes));
                using var own = password is null ? X509Certificate2.CreateFromPem(certificates, pem) : X509Certificate2.CreateFromEncryptedPem(certificates, pem, password);
                all.ImportFromPem(certificates);
                var chain = all.Where(one => one.Thumbprint != own.Thumbprint).ToArray();
                return (new X509Certificate2Collection((X509Certificate2[])[own, .. chain]).Export(X509ContentType.Pkcs12, ""), null);
            }

            return all.Any(one => one.HasPrivateKey) ? (all.Export(X509ContentType.Pkcs12, ""), null) : (null, $"S/MIME key: {settings.CertificateFile} holds no private key");
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            // The library's own words might quote the file.
            return (null, $"S/MIME key: {settings.CertificateFile} holds no certificate with its private key, or the password is another");
        }
        finally
        {
            foreach (var certificate in all)
                certificate.Dispose();
        }
    }
}
