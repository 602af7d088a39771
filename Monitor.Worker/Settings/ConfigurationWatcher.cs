using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings;

/// <summary>How watching a configuration directory began.</summary>
public abstract record ConfigurationStart
{
    private ConfigurationStart()
    {
    }

    /// <param name="Watcher">Owned by the caller.</param>
    /// <param name="Warnings">Problems that do not keep the configuration from being used.</param>
    public sealed record Started(ConfigurationWatcher Watcher, IReadOnlyList<ConfigurationProblem> Warnings) : ConfigurationStart;

    public sealed record Invalid(IReadOnlyList<ConfigurationProblem> Problems) : ConfigurationStart;
}

/// <summary>
/// The last good configuration of a directory. A change on disk is taken over as a whole once it validates; one that does not
/// is announced and changes nothing. File system events only hasten it: a look every <see cref="PollInterval"/> finds what they miss
/// (network shares, replaced mounts).
/// </summary>
public sealed class ConfigurationWatcher : IConfigurationSource, IDisposable
{
    /// <summary>Without file system events a change is noticed after this long.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30);

    /// <summary>Editors write in several steps; the last event of a burst starts the reading.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(500);

    private readonly string _directory;
    private readonly ConfigurationLoader _loader;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private readonly FileSystemWatcher? _events;
    private volatile MonitorConfiguration _current;
    private string _lastSeen;
    private bool _disposed;

    private ConfigurationWatcher(string directory, ConfigurationLoader loader, TimeProvider clock, MonitorConfiguration first)
    {
        _directory = directory;
        _loader = loader;
        _current = first;
        _lastSeen = first.Fingerprint;
        _timer = clock.CreateTimer(_ => CheckNow(), null, PollInterval, PollInterval);
        _events = TryListen();
    }

    /// <summary>A new configuration is in force. Raised one at a time, from a timer's thread; a handler must not throw and must not call <see cref="CheckNow"/>.</summary>
    public event EventHandler<ConfigurationChangedEventArgs>? Changed;

    /// <summary>What is on disk now is not valid; once per state of the directory. The same conditions as for <see cref="Changed"/>.</summary>
    public event EventHandler<ConfigurationRejectedEventArgs>? Rejected;

    public MonitorConfiguration Current => _current;

    public static ConfigurationStart Start(string directory, TimeProvider clock)
    {
        var loader = new ConfigurationLoader(clock);
        ConfigurationReading first = loader.Load(directory);
        return first.Value is null
            ? new ConfigurationStart.Invalid(first.Problems)
            : new ConfigurationStart.Started(new ConfigurationWatcher(directory, loader, clock, first.Value), first.Problems);
    }

    /// <summary>Looks at the directory at once. Nothing happens when its bytes are those last judged.</summary>
    /// <returns>True when a new configuration was taken over.</returns>
    public bool CheckNow()
    {
        lock (_gate)
        {
            if (_disposed)
                return false;

            // A directory that is away for a moment (being replaced, remounted) is a bad reading like any other.
            ConfigurationReading reading = Read(out bool unchanged);
            if (unchanged)
                return false;
            _lastSeen = reading.Fingerprint;
            MonitorConfiguration old = _current;
            if (reading.Value is null)
            {
                Rejected?.Invoke(this, new ConfigurationRejectedEventArgs(reading.Problems));
                return false;
            }

            // Back to what is in force after a bad edit: nothing to tell.
            if (reading.Fingerprint == old.Fingerprint)
                return false;
            _current = reading.Value;
            Changed?.Invoke(this, new ConfigurationChangedEventArgs(old, reading.Value, reading.Problems));
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        _events?.Dispose();
        _timer.Dispose();
    }

    private ConfigurationReading Read(out bool unchanged)
    {
        if (!Directory.Exists(_directory))
        {
            ConfigurationReading missing = _loader.Load(_directory);
            unchanged = missing.Fingerprint == _lastSeen;
            return missing;
        }

        ConfigurationSnapshot snapshot = ConfigurationSnapshot.Take(_directory);
        unchanged = snapshot.Fingerprint == _lastSeen;
        return unchanged ? new ConfigurationReading(null, [], snapshot.Fingerprint) : _loader.Read(snapshot);
    }

    private FileSystemWatcher? TryListen()
    {
        try
        {
            var events = new FileSystemWatcher(_directory)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            events.Changed += (_, _) => Hasten();
            events.Created += (_, _) => Hasten();
            events.Deleted += (_, _) => Hasten();
            events.Renamed += (_, _) => Hasten();
            events.Error += (_, _) => Hasten();
            events.EnableRaisingEvents = true;
            return events;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or PlatformNotSupportedException)
        {
            // No more inotify handles, or a file system without events: the timer alone must do.
            return null;
        }
    }

    private void Hasten()
    {
        try
        {
            _timer.Change(Debounce, PollInterval);
        }
        catch (ObjectDisposedException)
        {
            // An event that was under way while the watcher was closed.
        }
    }
}

public sealed class ConfigurationChangedEventArgs(MonitorConfiguration old, MonitorConfiguration @new, IReadOnlyList<ConfigurationProblem> warnings) : EventArgs
{
    public MonitorConfiguration Old { get; } = old;

    public MonitorConfiguration New { get; } = @new;

    /// <summary>Problems of the new one that do not keep it from being used.</summary>
    public IReadOnlyList<ConfigurationProblem> Warnings { get; } = warnings;
}

public sealed class ConfigurationRejectedEventArgs(IReadOnlyList<ConfigurationProblem> problems) : EventArgs
{
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = problems;
}
