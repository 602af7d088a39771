using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Channels;

/// <summary>Signs a message for the sending domain (RFC 6376; Ed25519: RFC 8463), relaxed for header and body: relays fold lines anew.</summary>
internal static class DkimSigning
{
    /// <summary>What a receiver shows or threads by (RFC 6376 section 5.4.1), and our own marks.</summary>
    private static readonly string[] Signed =
        ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", MailComposer.ReferenceField, MailComposer.ResentCopyField];

    /// <returns>null, or why it could not be signed.</returns>
    public static async Task<string?> SignAsync(MimeMessage message, DkimSettings settings, CancellationToken cancellation)
    {
        var reading = await SecretReader.ReadAsync("", settings.KeyFile, cancellation);
        if (reading is not SecretReading.Found { Secret: var pem })
            return "DKIM key: " + ((SecretReading.Refused)reading).Reason;
        DkimSigner signer;
        try
        {
            using var stream = new MemoryStream(Encoding.ASCII.GetBytes(pem.Reveal() + "\n"));
            var algorithm = settings.Algorithm == DkimAlgorithm.Ed25519 ? DkimSignatureAlgorithm.Ed25519Sha256 : DkimSignatureAlgorithm.RsaSha256;
            signer = new DkimSigner(stream, settings.Domain, settings.Selector, algorithm)
            {
                HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                AgentOrUserIdentifier = "@" + settings.Domain,
            };
            // In the form that travels: nothing on the way has a reason to encode it anew.
            message.Prepare(EncodingConstraint.SevenBit);
            signer.Sign(message, [.. Signed.Where(message.Headers.Contains)]);
            return null;
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or IOException or InvalidCastException or Org.BouncyCastle.Security.GeneralSecurityException or Org.BouncyCastle.Crypto.CryptoException)
        {
            // The library's own words might quote the file.
            return "DKIM key: " + settings.KeyFile + " holds no private key of the algorithm " + settings.Algorithm;
        }
    }
}
