using System.Diagnostics;
using System.Globalization;

namespace Monitor.Worker.Rendering;

/// <summary>
/// One Chromium with a directory of its own that nobody else reads, a process group of its own, and no way to a network:
/// in an empty network namespace where the kernel allows one, and in any case without names, behind a proxy that is not there.
/// </summary>
internal sealed class ChromiumProcess : IDisposable
{
    private const string DirectoryPrefix = "monitor-render-";
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _directory;
    private readonly IReadOnlyList<Stream> _holders;

    private ChromiumProcess(Process process, string directory, IReadOnlyList<Stream> holders, Stream commands, Stream answers, bool walledByKernel) =>
        (_process, _directory, _holders, Commands, Answers, WalledByKernel) = (process, directory, holders, commands, answers, walledByKernel);

    public Stream Commands { get; }

    public Stream Answers { get; }

    public bool WalledByKernel { get; }

    public int Id => _process.Id;

    /// <summary>Ends when the browser has.</summary>
    public Task Exited => _process.WaitForExitAsync(CancellationToken.None);

    public long Resident => ProcessGroup.Resident(Id);

    /// <param name="kernelWall">False: not even tried (tests of the second wall).</param>
    /// <exception cref="IOException">It could not be started.</exception>
    public static ChromiumProcess Start(string program, bool kernelWall)
    {
        // In memory where there is such a place: what pages hold is not to reach a disk, and it goes with the machine.
        var directory = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{DirectoryPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}"));
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var streams = new List<Stream>();
        try
        {
            // A pipe opens when both ends are there. Held both ways until the browser has spoken, it never waits for one that failed to start.
            foreach (var name in (string[])["commands", "answers"])
            {
                ProcessGroup.MakePipe(Path.Combine(directory, name));
                streams.Add(Open(directory, name, FileAccess.ReadWrite));
            }

            var commands = Open(directory, "commands", FileAccess.Write);
            streams.Add(commands);
            var answers = Open(directory, "answers", FileAccess.Read);
            streams.Add(answers);
            string[] wall = kernelWall ? NetworkNamespace() : [];
            var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, WorkingDirectory = directory };
            // The browser reads commands from descriptor 3 and answers on 4; setsid makes it the head of its own group.
            foreach (var argument in (string[])["-c", "exec \"$@\" 3<\"$0/commands\" 4>\"$0/answers\" </dev/null >/dev/null 2>&1", directory, .. wall, "setsid", program, .. Arguments(directory)])
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment.Clear();
            foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("HOME", directory), ("TMPDIR", directory), ("XDG_CONFIG_HOME", directory), ("XDG_CACHE_HOME", directory), ("XDG_RUNTIME_DIR", directory)])
            {
                start.Environment[name] = value;
            }

            var process = Process.Start(start) ?? throw new IOException("the shell could not be started");
            return new ChromiumProcess(process, directory, streams[..2], commands, answers, wall.Length > 0);
        }
        catch (Exception fault) when (fault is IOException or System.ComponentModel.Win32Exception or UnauthorizedAccessException)
        {
            streams.ForEach(stream => stream.Dispose());
            Remove(directory);
            throw new IOException(fault.Message, fault);
        }
    }

    /// <summary>The browser has spoken: from now on its end is the end of the pipes.</summary>
    public void HasSpoken()
    {
        foreach (var holder in _holders)
        {
            holder.Dispose();
        }
    }

    /// <summary>True when it ended by itself within a second: then it has collected its own children.</summary>
    public bool EndsByItself() => _process.WaitForExit(TimeSpan.FromSeconds(1));

    /// <summary>Directories of workers that were killed before they could tidy up.</summary>
    public static void RemoveLeftovers()
    {
        foreach (var root in (string[])["/dev/shm", Path.GetTempPath()])
        {
            if (!Directory.Exists(root))
            {
                continue;
            }

            foreach (var directory in Directory.EnumerateDirectories(root, DirectoryPrefix + "*"))
            {
                var owner = Path.GetFileName(directory)[DirectoryPrefix.Length..].Split('-')[0];
                if (!Directory.Exists("/proc/" + owner))
                {
                    Remove(directory);
                }
            }
        }
    }

    /// <summary>Ends every process of the group at once. Returns within seconds.</summary>
    public void Dispose()
    {
        ProcessGroup.End(Id, _directory);
        _process.WaitForExit(EndsWithin);
        HasSpoken();
        Commands.Dispose();
        Answers.Dispose();
        _process.Dispose();
        Remove(_directory);
    }

    private static FileStream Open(string directory, string name, FileAccess access) =>
        new(Path.Combine(directory, name), FileMode.Open, access, FileShare.ReadWrite, bufferSize: 0);

    /// <summary>How to start a program in a network namespace without any interface; empty where the kernel does not let us.</summary>
    private static string[] NetworkNamespace()
    {
        string[] way = Environment.IsPrivilegedProcess ? ["unshare", "--net", "--"] : ["unshare", "--user", "--map-current-user", "--net", "--"];
        try
        {
            var start = new ProcessStartInfo(way[0]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var argument in (string[])[.. way[1..], "true"])
            {
                start.ArgumentList.Add(argument);
            }

            using var trial = Process.Start(start);
            return trial is not null && trial.WaitForExit(EndsWithin) && trial.ExitCode == 0 ? way : [];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }

    private static string[] Arguments(string directory) =>
    [
        "--headless=new", "--remote-debugging-pipe", $"--user-data-dir={directory}/profile", "--no-first-run", "--no-default-browser-check", "--disable-breakpad",
        // The sandbox needs an ordinary user.
        .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [],
        "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-domain-reliability", "--disable-client-side-phishing-detection",
        "--disable-default-apps", "--disable-extensions", "--disable-component-extensions-with-background-pages", "--disable-notifications", "--deny-permission-prompts",
        "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,Translate,AutofillServerCommunication,InterestFeedContentSuggestions,Prerender2,SpeculationRulesPrefetchFuture,DialMediaRouteProvider,WebOTP",
        "--no-pings", "--metrics-recording-only", "--password-store=basic", "--use-mock-keychain", "--mute-audio", "--hide-scrollbars", "--disable-gpu", "--disable-dev-shm-usage",
        "--disable-hang-monitor", "--disable-prompt-on-repost", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
        "--js-flags=--max-old-space-size=512", "--accept-lang=vi,en", "--lang=vi", "--disk-cache-size=1", "about:blank",
    ];

    private static void Remove(string directory)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try
            {
                Directory.Delete(directory, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                // A process that was just killed may still be writing its last.
                Thread.Sleep(50);
            }
        }
    }
}
