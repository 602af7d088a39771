using System.Globalization;

namespace Monitor.Worker.Bench;

/// <summary>What this process used between two points: processor, memory, collector.</summary>
public sealed class ProcessUse
{
    private readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;
    private readonly TimeSpan _paused = GC.GetTotalPauseDuration();
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly long _from = TimeProvider.System.GetTimestamp();

    private ProcessUse()
    {
    }

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_from);

    public TimeSpan Processor => Environment.CpuUsage.TotalTime - _processor;

    public TimeSpan Paused => GC.GetTotalPauseDuration() - _paused;

    public long Allocated => GC.GetTotalAllocatedBytes() - _allocated;

    public static ProcessUse Start() => new();

    /// <summary>Forgets the peak so far, where the kernel allows it (Linux, proc_pid_clear_refs(5): 5 resets VmHWM).</summary>
    public static void ResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The peak then includes what came before: an upper bound.
        }
    }

    /// <summary>Peak resident set in bytes (VmHWM).</summary>
    public static long PeakResident()
    {
        try
        {
            foreach (var line in File.ReadLines("/proc/self/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return 1024 * long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or FormatException)
        {
            // No such file: the next best is below.
        }

        return Environment.WorkingSet;
    }
}
