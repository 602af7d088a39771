using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings;

/// <summary>The bytes of a configuration directory, read once: what is judged and what is fingerprinted are the same.</summary>
/// <param name="Files">By path relative to the directory, in ordinal order.</param>
/// <param name="Fingerprint">SHA-256 (lower hex) over path, length and bytes of each file in that order.</param>
internal sealed record ConfigurationSnapshot(IReadOnlyList<ConfigurationSnapshot.Entry> Files, string Fingerprint)
{
    public const int LargestFile = 1024 * 1024;
    public const int MostFilesPerFolder = 5000;

    /// <summary>Pages that people read about rules; the one place where Markdown is part of the configuration.</summary>
    public const string GuidanceFolder = "rulesets/guidance";

    /// <summary>Folders and the ending of the files in them; other folders are none of ours.</summary>
    private static readonly (string Folder, string Ending)[] Folders =
        [("", ".yaml"), ("watchlists", ".yaml"), ("rulesets", ".yaml"), (GuidanceFolder, ".md"), ("platforms", ".yaml"), ("notices", ".liquid")];

    /// <param name="Bytes">Empty when <paramref name="Fault"/> says why there are none.</param>
    public sealed record Entry(string Path, byte[] Bytes, FileFault Fault = FileFault.None);

    public enum FileFault
    {
        None,

        /// <summary>Larger than <see cref="LargestFile"/>.</summary>
        TooLarge,
        Unreadable,

        /// <summary>Not one of the kinds of files that are read; it has no effect.</summary>
        Unexpected,
        TooMany,
    }

    public static ConfigurationSnapshot Take(string directory)
    {
        var files = new List<Entry>();
        foreach ((string folder, string ending) in Folders)
            AddFolder(files, directory, folder, ending);
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[8];
        foreach (Entry file in files)
        {
            Append(hash, length, Encoding.UTF8.GetBytes(file.Path));
            Append(hash, length, file.Bytes);
            hash.AppendData([(byte)file.Fault]);
        }

        return new ConfigurationSnapshot(files, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void Append(IncrementalHash hash, Span<byte> length, ReadOnlySpan<byte> bytes)
    {
        // The length in front keeps "ab" + "c" apart from "a" + "bc".
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private static void AddFolder(List<Entry> files, string directory, string folder, string ending)
    {
        string path = Path.Combine(directory, folder);
        if (!Directory.Exists(path))
            return;
        string prefix = folder.Length == 0 ? "" : folder + "/";
        try
        {
            int count = 0;
            foreach (string file in Directory.EnumerateFiles(path))
            {
                string name = Path.GetFileName(file);
                if (IsOfNoInterest(name, ending))
                    continue;
                if (++count > MostFilesPerFolder)
                {
                    files.Add(new Entry(prefix.TrimEnd('/') is { Length: > 0 } shown ? shown : ".", [], FileFault.TooMany));
                    return;
                }

                files.Add(name.EndsWith(ending, StringComparison.Ordinal) ? Read(file, prefix + name) : new Entry(prefix + name, [], FileFault.Unexpected));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            files.Add(new Entry(folder.Length == 0 ? "." : folder, [], FileFault.Unreadable));
        }
    }

    /// <summary>Hidden files, notes, and what editors leave behind while somebody is typing.</summary>
    private static bool IsOfNoInterest(string name, string ending) =>
        name.StartsWith('.') || name.EndsWith('~') || (ending != ".md" && name.EndsWith(".md", StringComparison.OrdinalIgnoreCase)) ||
        name.EndsWith(".swp", StringComparison.Ordinal) || name.EndsWith(".tmp", StringComparison.Ordinal) || (name.StartsWith('#') && name.EndsWith('#'));

    private static Entry Read(string file, string path)
    {
        try
        {
            // A pipe or a device says it is 0 bytes long; opening one could wait for ever.
            long length = new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : new FileInfo(file).Length;
            if (length == 0)
                return new Entry(path, []);
            if (length > LargestFile)
                return new Entry(path, [], FileFault.TooLarge);
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] buffer = new byte[LargestFile + 1];
            int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return read > LargestFile ? new Entry(path, [], FileFault.TooLarge) : new Entry(path, buffer[..read]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Entry(path, [], FileFault.Unreadable);
        }
    }
}
