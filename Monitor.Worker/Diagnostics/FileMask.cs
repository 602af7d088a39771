using System.Runtime.InteropServices;

namespace Monitor.Worker.Diagnostics;

/// <summary>The process's file mode creation mask (umask(2)).</summary>
public static partial class FileMask
{
    /// <returns>The former mask.</returns>
    public static uint Set(uint mask) => Umask(mask);

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint Umask(uint mask);
}
