using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Monitor.Tests.Loopback;

/// <summary>A real IMAP server (Debian's dovecot-imapd) on a port of its own, with one mailbox in a folder of the test.</summary>
internal sealed class Dovecot : IAsyncDisposable
{
    public const string User = "thong-bao";
    public const string Password = "mat-khau-thu";

    private const int NobodyId = 65534;
    private static int _delivered;

    private readonly System.Diagnostics.Process _process;
    private readonly string _directory;

    private Dovecot(System.Diagnostics.Process process, string directory, int port) => (_process, _directory, Port) = (process, directory, port);

    public int Port { get; }

    public static string? Program { get; } = new[] { "/usr/sbin/dovecot", "/usr/local/sbin/dovecot" }.FirstOrDefault(File.Exists);

    /// <summary>Null: it is not installed, and the test is skipped; where everything must run that is a failure.</summary>
    public static async Task<Dovecot> StartAsync(X509Certificate2? certificate = null)
    {
        Assert.SkipWhen(Program is null && Environment.GetEnvironmentVariable("CI") is not { Length: > 0 }, "needs Dovecot: apt install dovecot-imapd");
        Assert.NotNull(Program);
        var directory = Directory.CreateTempSubdirectory("monitor-dovecot-").FullName;
        var open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(directory, open);
        foreach (var folder in new[] { "run", "state", "mail", "mail/new", "mail/cur", "mail/tmp", "mail/.Sent", "mail/.Sent/new", "mail/.Sent/cur", "mail/.Sent/tmp", "home" })
        {
            Directory.CreateDirectory(Path.Combine(directory, folder));
            if (folder is not ("run" or "state"))
                File.SetUnixFileMode(Path.Combine(directory, folder), open);
        }

        var port = FreePort.Take();
        var root = Environment.UserName == "root";
        var (me, uid) = root ? ("root", NobodyId) : (Environment.UserName, int.Parse(await RunAsync("id", "-u"), CultureInfo.InvariantCulture));
        var group = root ? "root" : await RunAsync("id", "-gn");
        var tls = "ssl = no";
        if (certificate is not null)
        {
            File.WriteAllText(Path.Combine(directory, "cert.pem"), certificate.ExportCertificatePem());
            File.WriteAllText(Path.Combine(directory, "key.pem"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            tls = $"ssl = required\nssl_cert = <{directory}/cert.pem\nssl_key = <{directory}/key.pem";
        }

        File.WriteAllText(Path.Combine(directory, "users"), $"{User}:{{PLAIN}}{Password}::::::\n");
        File.WriteAllText(Path.Combine(directory, "dovecot.conf"), $$"""
            base_dir = {{directory}}/run
            state_dir = {{directory}}/state
            log_path = {{directory}}/log
            protocols = imap
            listen = 127.0.0.1
            {{tls}}
            disable_plaintext_auth = no
            default_internal_user = {{(root ? "dovecot" : me)}}
            default_internal_group = {{(root ? "dovecot" : group)}}
            default_login_user = {{(root ? "dovenull" : me)}}
            mail_location = maildir:{{directory}}/mail
            first_valid_uid = 1
            namespace inbox {
              inbox = yes
              separator = /
            }
            passdb {
              driver = passwd-file
              args = {{directory}}/users
            }
            userdb {
              driver = static
              args = uid={{uid.ToString(CultureInfo.InvariantCulture)}} gid={{(root ? NobodyId.ToString(CultureInfo.InvariantCulture) : group)}} home={{directory}}/home allow_all_users=yes
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{(certificate is null ? port : 0).ToString(CultureInfo.InvariantCulture)}}
              }
              inet_listener imaps {
                port = {{(certificate is null ? 0 : port).ToString(CultureInfo.InvariantCulture)}}
              }
            }
            service anvil {
              chroot =
            }
            """);
        var process = System.Diagnostics.Process.Start(new ProcessStartInfo(Program, ["-F", "-c", Path.Combine(directory, "dovecot.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var server = new Dovecot(process, directory, port);
        for (var i = 0; i < 200; i++)
        {
            if (process.HasExited)
                break;
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return server;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        var log = (File.Exists(Path.Combine(directory, "log")) ? File.ReadAllText(Path.Combine(directory, "log")) : "") + (process.HasExited ? await process.StandardError.ReadToEndAsync() : "");
        await server.DisposeAsync();
        throw new InvalidOperationException("Dovecot did not start: " + log);
    }

    /// <summary>Puts a message into the mailbox, octet by octet.</summary>
    /// <param name="folder">"" for the inbox, ".Sent" for the folder of sent mail.</param>
    public void Deliver(byte[] message, string folder = "")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Interlocked.Increment(ref _delivered):000000}.test");
        var waiting = Path.Combine(_directory, "mail", folder, "tmp", name);
        File.WriteAllBytes(waiting, message);
        File.SetUnixFileMode(waiting, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        File.Move(waiting, Path.Combine(_directory, "mail", folder, "new", name));
    }

    /// <summary>Names of the files of the inbox: what a reader that only looks leaves as they are.</summary>
    public IReadOnlyList<string> Files => [.. new[] { "new", "cur" }.SelectMany(part => Directory.GetFiles(Path.Combine(_directory, "mail", part)).Select(Path.GetFileName)).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>Forgets which numbers it gave to messages, as a mailbox that was rebuilt.</summary>
    public void ForgetNumbers()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_directory, "mail"), "dovecot*"))
            File.Delete(file);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // SIGTERM to the master ends its children too.
            await RunAsync("kill", "-TERM", _process.Id.ToString(CultureInfo.InvariantCulture));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }
}
