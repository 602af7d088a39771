namespace Monitor.Worker.Ports;

/// <summary>An officer's public key is armoured OpenPGP (RFC 9580) or an X.509 certificate in PEM (RFC 7468).</summary>
public static class RecipientKeyForm
{
    public static bool IsCertificate(string key) => key.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal);

    /// <summary>What the name of a package ends with that is encrypted to the key.</summary>
    public static string PackageEnding(string key) => IsCertificate(key) ? ".zip.p7m" : ".zip.gpg";
}
