using System.Globalization;
using System.Runtime.InteropServices;

namespace Monitor.Worker.Rendering;

/// <summary>What System.Diagnostics.Process cannot do: named pipes, ending a whole process group, and how much memory it holds. Linux.</summary>
internal static partial class ProcessGroup
{
    private const int Kill = 9;
    private const uint OwnerOnly = 0b110_000_000;

    /// <exception cref="IOException">It could not be made.</exception>
    public static void MakePipe(string path)
    {
        if (MakeFifo(path, OwnerOnly) != 0)
        {
            throw new IOException($"no pipe could be made in {Path.GetDirectoryName(path)}");
        }
    }

    /// <summary>Ends the group, and whatever else names <paramref name="directory"/> on its command line: a helper that made itself a group of its own.</summary>
    public static void End(int group, string directory)
    {
        _ = Signal(-group, Kill);
        _ = Signal(group, Kill);
        foreach (var (id, _) in Processes())
        {
            if (id != Environment.ProcessId && CommandLine(id).Contains(directory, StringComparison.Ordinal))
            {
                _ = Signal(id, Kill);
            }
        }
    }

    /// <summary>Memory that is the group's own, in bytes: private pages, and those it shares through memory rather than files.</summary>
    public static long Resident(int group) => Processes().Where(one => one.Group == group).Sum(one => OwnMemory(one.Id));

    /// <summary>Those that run; one that has ended and waits to be collected does not.</summary>
    public static int Count(int group) => Processes().Count(one => one.Group == group);

    private static IEnumerable<(int Id, int Group)> Processes()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read(directory + "/stat") is { Length: > 0 } stat && stat.LastIndexOf(')') is var end and > 0
                && stat[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 2 } fields && fields[0] is not ("Z" or "X")
                && int.TryParse(fields[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var group))
            {
                yield return (id, group);
            }
        }
    }

    private static long OwnMemory(int id)
    {
        long kilobytes = 0;
        foreach (var line in Read($"/proc/{id}/status").Split('\n'))
        {
            if (line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal))
            {
                kilobytes += long.Parse(line.AsSpan(line.IndexOf(':') + 1).TrimEnd("kB ").Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        return kilobytes * 1024;
    }

    private static string CommandLine(int id) => Read($"/proc/{id}/cmdline");

    /// <summary>Empty for a process that has ended, or is not ours to read.</summary>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakeFifo(string path, uint mode);
}
