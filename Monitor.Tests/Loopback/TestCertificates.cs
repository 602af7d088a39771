using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Monitor.Tests.Loopback;

/// <summary>Throw-away self-signed server certificates.</summary>
public static class TestCertificates
{
    public static X509Certificate2 Create(string dnsName, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={dnsName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 bare = request.CreateSelfSigned(notBefore, notAfter);
        return X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Valid around now.</summary>
    public static X509Certificate2 Valid(string dnsName)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return Create(dnsName, now.AddDays(-1), now.AddDays(30));
    }

    public static X509Certificate2 Expired(string dnsName)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return Create(dnsName, now.AddDays(-60), now.AddDays(-30));
    }
}
