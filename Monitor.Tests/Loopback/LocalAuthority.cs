using System.Diagnostics;
using System.Net;
using Monitor.Tests.Contracts;

namespace Monitor.Tests.Loopback;

/// <summary>
/// A certificate authority and a time stamping authority of this machine's openssl, behind a server on loopback. Null where openssl is not installed; in CI that is a failure.
/// </summary>
internal sealed class LocalAuthority : IAsyncDisposable
{
    private readonly Scratch _scratch = new();
    private readonly ScriptedHttpServer _server;

    private LocalAuthority()
    {
        _server = ScriptedHttpServer.Start();
        _server.On("/tsr", async exchange =>
        {
            if (Down)
            {
                exchange.Reset();
                return;
            }

            var name = Guid.NewGuid().ToString("N");
            await File.WriteAllBytesAsync(_scratch.At(name + ".tsq"), exchange.Request.Body);
            Run(Directory, "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", name + ".tsq", "-out", name + ".tsr");
            await exchange.RespondAsync(200, await File.ReadAllBytesAsync(_scratch.At(name + ".tsr")), ("Content-Type", "application/timestamp-reply"));
        });
    }

    public static string? OpenSsl { get; } = new[] { "/usr/bin/openssl", "/usr/local/bin/openssl" }.FirstOrDefault(File.Exists);

    /// <summary>Nobody answers while it is set.</summary>
    public bool Down { get; set; }

    public string Url => _server.Url("/tsr");

    public string Directory => _scratch.Path;

    public string RootFile => _scratch.At("root.pem");

    public static LocalAuthority Open()
    {
        if (OpenSsl is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, "openssl is not installed");
            Assert.Fail("openssl is not installed");
        }

        var authority = new LocalAuthority();
        File.WriteAllText(authority._scratch.At("tsa.cnf"), """
            [ req ]
            distinguished_name = dn
            prompt = no
            [ dn ]
            CN = Mau
            [ ca ]
            basicConstraints = critical,CA:TRUE
            keyUsage = critical,keyCertSign,cRLSign
            [ stamp ]
            basicConstraints = CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = critical,timeStamping
            [ sign ]
            basicConstraints = CA:FALSE
            keyUsage = critical,digitalSignature,nonRepudiation
            [ tsa ]
            serial = serial
            crypto_device = builtin
            signer_cert = tsa.pem
            certs = root.pem
            signer_key = tsa.key
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ordering = no
            tsa_name = no
            ess_cert_id_chain = no
            ess_cert_id_alg = sha256

            """);
        File.WriteAllText(authority._scratch.At("serial"), "01\n");
        authority.Certificate("root", "Goc Mau", "ca", issuer: null);
        authority.Certificate("tsa", "Dau thoi gian Mau", "stamp", "root");
        return authority;
    }

    /// <summary>Makes NAME.key and NAME.pem with one of the extension sections.</summary>
    public void Certificate(string name, string subject, string section, string? issuer)
    {
        Run(Directory, "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + subject, "-config", "tsa.cnf");
        string[] by = issuer is null ? ["-signkey", name + ".key"] : ["-CA", issuer + ".pem", "-CAkey", issuer + ".key", "-CAcreateserial"];
        Run(Directory, ["x509", "-req", "-in", name + ".csr", .. by, "-days", "3650", "-extfile", "tsa.cnf", "-extensions", section, "-out", name + ".pem"]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_scratch.At(name + ".key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public string At(string name) => _scratch.At(name);

    /// <summary>Runs openssl; its output.</summary>
    public static string Run(string directory, params IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo(OpenSsl!, words) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = System.Diagnostics.Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"openssl {string.Join(' ', words)}: {output}{error.GetAwaiter().GetResult()}");
        return output + error.GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _scratch.Dispose();
    }
}
