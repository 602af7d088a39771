using System.Runtime.InteropServices;

namespace Monitor.Worker.Warc;

/// <summary>Asks the Linux kernel how well its clock is kept in step (adjtimex(2) in reading mode, which needs no rights).</summary>
public static partial class HostClock
{
    private const int Unsynchronised = 0x0040;
    private const int Nanoseconds = 0x2000;
    private const int ErrorState = 5;

    /// <summary>Where the system cannot be asked it says "system" and no more: never an error.</summary>
    public static ClockReading Read()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return new ClockReading("system", null, null);
        try
        {
            var asked = default(Timex);
            var state = AdjTimex(ref asked);
            if (state < 0)
                return new ClockReading("system", null, null);
            var inStep = state != ErrorState && (asked.Status & Unsynchronised) == 0;
            var offset = (asked.Status & Nanoseconds) != 0 ? TimeSpan.FromMicroseconds(asked.Offset / 1000.0) : TimeSpan.FromMicroseconds(asked.Offset);
            return inStep
                ? new ClockReading("system (ntp)", offset, TimeSpan.FromMicroseconds(asked.MaxError))
                : new ClockReading("system (not synchronised)", null, null);
        }
        catch (Exception problem) when (problem is DllNotFoundException or EntryPointNotFoundException)
        {
            return new ClockReading("system", null, null);
        }
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int AdjTimex(ref Timex buffer);

    /// <summary>struct timex of 64-bit Linux: 208 bytes, of which the first are read.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 208)]
    private struct Timex
    {
        public uint Modes;
        public long Offset;
        public long Frequency;
        public long MaxError;
        public long EstimatedError;
        public int Status;
    }
}
