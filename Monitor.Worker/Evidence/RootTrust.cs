using System.Security.Cryptography.X509Certificates;

namespace Monitor.Worker.Evidence;

/// <summary>How a stored signature's certificate is led to the roots that the installation was given. Nothing is fetched, and nothing of the machine's own trust counts.</summary>
internal static class RootTrust
{
    /// <param name="extra">Certificates that came with the signature.</param>
    /// <param name="at">When the certificate had to hold.</param>
    public static X509ChainPolicy Policy(X509Certificate2Collection roots, X509Certificate2Collection extra, DateTime at)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = at,
        };
        policy.CustomTrustStore.AddRange(roots);
        policy.ExtraStore.AddRange(extra);
        return policy;
    }
}
