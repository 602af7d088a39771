using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using MimeKit.Cryptography;
using Monitor.Worker.Channels;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;

namespace Monitor.Tests.Channels;

/// <summary>Signatures of mails: verified as they arrive, S/MIME by another program than the one that made it.</summary>
public sealed class SmimeTests
{
    private const string Password = "một mật khẩu";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public enum Form
    {
        PemAndKey,
        PemAndEncryptedKey,
        OnePem,
        Pfx,
    }

    [Theory]
    [InlineData(Form.PemAndKey)]
    [InlineData(Form.PemAndEncryptedKey)]
    [InlineData(Form.OnePem)]
    [InlineData(Form.Pfx)]
    public async Task A_signed_mail_is_verified_by_openssl_as_it_arrives_and_not_once_it_is_changed(Form form)
    {
        Assert.SkipWhen(OpenSsl() is null, "openssl is not installed");
        using var folder = new KeyFolder();
        var settings = folder.Write(form);
        await using var smtp = SmtpFixture.Create();
        smtp.Settings = smtp.Settings with { Smime = settings };
        var mail = SmtpFixture.Mail with { Html = "<p>Kính gửi</p>", Attachments = [new MailAttachment("a.pdf", "application/pdf", [.. "%PDF-1.7 mẫu"u8])] };
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(mail));
        var raw = smtp.Sink.Messages[0].Raw;
        using (var stream = new MemoryStream([.. raw]))
        using (var message = await MimeMessage.LoadAsync(stream, Token))
        {
            var signed = Assert.IsType<MultipartSigned>(message.Body);
            Assert.Equal("application/pkcs7-signature", signed.ContentType.Parameters["protocol"]);
            Assert.Equal("sha-256", signed.ContentType.Parameters["micalg"]);
        }

        var (exit, output) = await VerifyAsync(folder, raw);
        Assert.True(exit == 0, output);
        var changed = raw.ToArray();
        var at = changed.AsSpan().IndexOf("Content-Transfer-Encoding: base64\r\n\r\n"u8) + 40;
        changed[at] = changed[at] == (byte)'A' ? (byte)'B' : (byte)'A';
        Assert.NotEqual(0, (await VerifyAsync(folder, changed)).Exit);
    }

    [Fact]
    public async Task A_dkim_signature_covers_what_smime_made_of_the_mail()
    {
        using var folder = new KeyFolder();
        using var dkim = RSA.Create(2048);
        var key = folder.Put("dkim.pem", dkim.ExportPkcs8PrivateKeyPem(), secret: true);
        await using var smtp = SmtpFixture.Create();
        smtp.Settings = smtp.Settings with { Smime = folder.Write(Form.PemAndKey), Dkim = new DkimSettings { Domain = "so-mau.example", Selector = "s1", KeyFile = key } };
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        using var message = await ParseAsync(smtp);
        Assert.IsType<MultipartSigned>(message.Body);
        var verifier = new DkimVerifier(new OneKey(Org.BouncyCastle.Security.PublicKeyFactory.CreateKey(dkim.ExportSubjectPublicKeyInfo())));
        Assert.True(await verifier.VerifyAsync(message, message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)], Token));
    }

    [Fact]
    public async Task An_ed25519_signature_of_the_domain_verifies_as_it_arrives()
    {
        using var folder = new KeyFolder();
        var secret = new Ed25519PrivateKeyParameters(new Org.BouncyCastle.Security.SecureRandom());
        var pem = PemEncoding.WriteString("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(secret).GetEncoded());
        await using var smtp = SmtpFixture.Create();
        smtp.Settings = smtp.Settings with { Dkim = new DkimSettings { Domain = "so-mau.example", Selector = "s1", KeyFile = folder.Put("dkim.pem", pem, secret: true), Algorithm = DkimAlgorithm.Ed25519 } };
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        using var message = await ParseAsync(smtp);
        var signature = message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)];
        Assert.Contains("a=ed25519-sha256", signature.Value, StringComparison.Ordinal);
        var verifier = new DkimVerifier(new OneKey(secret.GeneratePublicKey()));
        verifier.Enable(DkimSignatureAlgorithm.Ed25519Sha256);
        Assert.True(await verifier.VerifyAsync(message, signature, Token));
        message.Subject += "!";
        Assert.False(await verifier.VerifyAsync(message, signature, Token));
    }

    [Fact]
    public async Task Without_a_usable_key_nothing_is_sent_and_nothing_of_the_key_is_told()
    {
        using var folder = new KeyFolder();
        using var old = new KeyFolder();
        await using var smtp = SmtpFixture.Create();
        var good = folder.Write(Form.PemAndEncryptedKey);
        foreach (var (settings, says) in new (SmimeSettings Settings, string Says)[]
        {
            (good with { PasswordFile = "" }, "password"),
            (good with { PasswordFile = folder.Put("other.txt", "khác", secret: true) }, "password"),
            (good with { PasswordFile = folder.At("none.txt") }, "there is no file"),
            (good with { KeyFile = folder.Put("open.pem", "x", secret: false) }, "open to every user"),
            (good with { CertificateFile = folder.Put("no.pem", "no certificate", secret: false) }, "S/MIME key"),
            (good with { CertificateFile = folder.At("none.pem") }, "there is no file"),
            (old.Write(Form.PemAndKey, expired: true), "not valid now"),
        })
        {
            smtp.Settings = smtp.Settings with { Smime = settings };
            var refused = Assert.IsType<SendResult.NotSent>(await smtp.SendAsync());
            Assert.Equal(NotSentReason.NotConfigured, refused.Reason);
            Assert.Contains(says, refused.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, refused.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(0, smtp.Sink.Connections);
    }

    private static async Task<MimeMessage> ParseAsync(SmtpFixture smtp)
    {
        using var stream = new MemoryStream([.. Assert.Single(smtp.Sink.Messages).Raw]);
        return await MimeMessage.LoadAsync(stream, Token);
    }

    private static string? OpenSsl() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "openssl")).FirstOrDefault(File.Exists);

    private static async Task<(int Exit, string Output)> VerifyAsync(KeyFolder folder, byte[] raw)
    {
        var mail = folder.At("mail-" + Guid.NewGuid().ToString("n") + ".eml");
        await File.WriteAllBytesAsync(mail, raw, Token);
        var start = new ProcessStartInfo(OpenSsl()!) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        // The certificate is judged on the day of the mail.
        foreach (var argument in (string[])["smime", "-verify", "-in", mail, "-CAfile", folder.At("ca.pem"), "-purpose", "any", "-attime", SmtpFixture.Start.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), "-out", "/dev/null"])
            start.ArgumentList.Add(argument);
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output + await error);
    }

    private sealed class OneKey(AsymmetricKeyParameter key) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) => key;

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) => Task.FromResult(key);
    }

    /// <summary>An authority made up for the test, and a certificate of the agency from it, in the forms in which people get them.</summary>
    private sealed class KeyFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("monitor-smime-").FullName;

        public string At(string name) => Path.Combine(_path, name);

        public string Put(string name, string text, bool secret) => Put(name, System.Text.Encoding.UTF8.GetBytes(text), secret);

        public SmimeSettings Write(Form form, bool expired = false)
        {
            using var authorityKey = RSA.Create(2048);
            var authority = new CertificateRequest("CN=CA mau", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            var from = SmtpFixture.Start.AddDays(-30);
            using var ca = authority.CreateSelfSigned(from, from.AddYears(2));
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=So mau, E=thong-bao@so-mau.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509KeyUsageExtension(System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.DigitalSignature, true));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], false));
            using var issued = request.Create(ca, from, expired ? from.AddDays(10) : from.AddYears(1), [1, 2, 3, 4]);
            using var own = issued.CopyWithPrivateKey(key);
            Put("ca.pem", ca.ExportCertificatePem(), secret: false);
            var certificate = own.ExportCertificatePem();
            var plain = key.ExportPkcs8PrivateKeyPem();
            var password = Put("password.txt", Password + "\n", secret: true);
            return form switch
            {
                Form.PemAndKey => new SmimeSettings { CertificateFile = Put("own.pem", certificate + "\n" + ca.ExportCertificatePem(), secret: false), KeyFile = Put("own.key", plain, secret: true) },
                Form.PemAndEncryptedKey => new SmimeSettings
                {
                    CertificateFile = Put("own.pem", certificate, secret: false),
                    KeyFile = Put("own.key", key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)), secret: true),
                    PasswordFile = password,
                },
                Form.OnePem => new SmimeSettings { CertificateFile = Put("own.pem", certificate + "\n" + plain, secret: true) },
                Form.Pfx => new SmimeSettings { CertificateFile = Put("own.p12", own.Export(X509ContentType.Pkcs12, Password)!, secret: true), PasswordFile = password },
                _ => throw new InvalidOperationException("unknown form"),
            };
        }

        public void Dispose() => Directory.Delete(_path, recursive: true);

        private string Put(string name, byte[] bytes, bool secret)
        {
            var path = At(name);
            File.Delete(path);
            File.WriteAllBytes(path, bytes);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | (secret ? UnixFileMode.None : UnixFileMode.OtherRead));
            return path;
        }
    }
}
