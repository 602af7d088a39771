namespace Monitor.Worker.Settings;

/// <summary>The configuration in force now: the last good reading.</summary>
public interface IConfigurationSource
{
    MonitorConfiguration Current { get; }
}
