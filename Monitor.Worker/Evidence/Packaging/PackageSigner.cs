using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Evidence.Packaging;

/// <summary>Detached CMS signatures (RFC 5652) with the configured certificate.</summary>
internal sealed class PackageSigner : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _chain;

    private PackageSigner(X509Certificate2 certificate, X509Certificate2Collection chain) => (_certificate, _chain) = (certificate, chain);

    /// <summary>The certificate and those after it in its file, in PEM: they travel in the package for convenience.</summary>
    public string Certificates => string.Concat(new[] { _certificate }.Concat(_chain).Select(one => one.ExportCertificatePem() + "\n"));

    public string Name => _certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <param name="problem">Code, when null is returned.</param>
    public static PackageSigner? Open(EvidenceSettings settings, DateTimeOffset now, out string problem, out string detail)
    {
        (problem, detail) = ("", "");
        if (settings.SigningCertificate.Length == 0 || settings.SigningKey.Length == 0)
        {
            problem = "signing-not-configured";
            return null;
        }

        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(settings.SigningKey) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)) != 0)
            {
                (problem, detail) = ("signing-key-open", settings.SigningKey);
                return null;
            }

            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(settings.SigningCertificate);
            var password = settings.SigningPasswordVariable.Length == 0 ? null : Environment.GetEnvironmentVariable(settings.SigningPasswordVariable);
            var certificate = password is null
                ? X509Certificate2.CreateFromPemFile(settings.SigningCertificate, settings.SigningKey)
                : X509Certificate2.CreateFromEncryptedPemFile(settings.SigningCertificate, password, settings.SigningKey);
            if (now.UtcDateTime < certificate.NotBefore.ToUniversalTime() || now.UtcDateTime > certificate.NotAfter.ToUniversalTime())
            {
                certificate.Dispose();
                (problem, detail) = ("signing-certificate-expired", settings.SigningCertificate);
                return null;
            }

            all.RemoveAt(0);
            return new PackageSigner(certificate, all);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            (problem, detail) = ("signing-key", failure.Message);
            return null;
        }
    }

    public byte[] Sign(byte[] content, DateTimeOffset at)
    {
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _certificate) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(at.UtcDateTime));
        foreach (var certificate in _chain)
            signer.Certificates.Add(certificate);
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    public void Dispose()
    {
        _certificate.Dispose();
        foreach (var certificate in _chain)
            certificate.Dispose();
    }
}
