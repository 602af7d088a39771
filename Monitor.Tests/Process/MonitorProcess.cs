using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Monitor.Tests.Process;

/// <summary>The program as a process of its own, started as people start it.</summary>
internal sealed class MonitorProcess : IAsyncDisposable
{
    private readonly System.Diagnostics.Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();

    private MonitorProcess(IEnumerable<string> arguments, string workingDirectory)
    {
        var start = new ProcessStartInfo(Host)
        {
            WorkingDirectory = workingDirectory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Monitor.Worker.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("MONITOR_USER");
        _process = new System.Diagnostics.Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private static string Host { get; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : "dotnet";

    public TimeSpan Age => TimeProvider.System.GetElapsedTime(_startedAt);

    public bool HasExited => _process.HasExited;

    public string Output => Text(_output);

    public string Error => Text(_error);

    /// <summary>Megabytes of memory that are resident now.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Megabytes of memory that were resident at most.</summary>
    public double PeakMegabytes => double.Parse(
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status")).Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))["VmHWM:".Length..^" kB".Length],
        CultureInfo.InvariantCulture) / 1024;

    public static MonitorProcess Start(IEnumerable<string> arguments, string workingDirectory) => new(arguments, workingDirectory);

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<Answer> RunAsync(IEnumerable<string> arguments, string workingDirectory, CancellationToken cancellation)
    {
        await using var process = Start(arguments, workingDirectory);
        return new Answer(await process.ExitAsync(cancellation), process.Output, process.Error);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed. Nothing happens when it has ended already.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // Ended by itself meanwhile.
        }
    }

    /// <summary>SIGTERM: asked to stop.</summary>
    public void Terminate()
    {
        using var shell = System.Diagnostics.Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_process.Id}")]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    /// <summary>Its exit code, and its output complete.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}

/// <summary>How a verb ended.</summary>
internal sealed record Answer(int Exit, string Output, string Error)
{
    public IReadOnlyList<System.Text.Json.JsonElement> Lines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.Clone())];
}
