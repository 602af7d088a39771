using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Monitor.Rules.Hashing;

namespace Monitor.Worker.Media;

/// <summary>
/// Decodes in a process of its own: this program again, under a hidden verb, with limits on memory, processor time and the size of files, ended when its time is over.
/// The picture goes in and the pixels come back through pipes. Where its library insists on a file, that file lies in memory (see <see cref="MemoryFolder"/>).
/// </summary>
internal static class MediaChild
{
    /// <summary>The hidden verb.</summary>
    public const string Verb = "decode-picture";

    /// <summary>Bytes in front of the pixels: outcome, width, height, partial, frames.</summary>
    public const int HeaderBytes = 20;

    /// <summary>Managed memory of the child; what decodes is outside of it.</summary>
    private const long ManagedBytes = 200 * 1024 * 1024;

    /// <summary>Unit of the shell's limit on files, in bytes.</summary>
    private const int FileBlock = 512;

    // The decoders behind it use much memory a pixel, and few pictures are of these kinds.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public static async Task<MediaDecoding> DecodeAsync(ReadOnlyMemory<byte> bytes, MediaFormat format, MediaLimits limits, FrameSeen seen, CancellationToken cancellation)
    {
        await OneAtATime.WaitAsync(cancellation);
        try
        {
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            time.CancelAfter(limits.ChildTime);
            using var folder = MemoryFolder.Create();
            if (folder is null)
            {
                return new MediaDecoding.Unsupported(format);
            }

            using var process = new Process { StartInfo = Start(format, limits, folder.Path) };
            process.Start();
            try
            {
                return await TalkAsync(process, bytes, format, limits, seen, time.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return new MediaDecoding.TimedOut(format);
            }
            finally
            {
                End(process);
            }
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task<MediaDecoding> TalkAsync(Process process, ReadOnlyMemory<byte> bytes, MediaFormat format, MediaLimits limits, FrameSeen seen, CancellationToken cancellation)
    {
        // The child reads everything before it answers; its end while it is written to is told by what it answered.
        var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellation);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(bytes, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            return new MediaDecoding.Damaged(format);
        }

        var header = new byte[HeaderBytes];
        var output = process.StandardOutput.BaseStream;
        if (await output.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellation) < HeaderBytes)
        {
            // It fell: out of its memory, out of its time, or over the picture.
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == MediaChildLimits.OutOfTime ? new MediaDecoding.TimedOut(format) : new MediaDecoding.Damaged(format);
        }

        int Field(int at) => BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(at));
        var (outcome, width, height, partial, frames) = ((MediaChildOutcome)Field(0), Field(4), Field(8), Field(12) != 0, Field(16));
        switch (outcome)
        {
            case MediaChildOutcome.TooLarge:
                return new MediaDecoding.TooLarge(width, height);
            case MediaChildOutcome.Decoded when width > 0 && height > 0 && (long)width * height <= limits.MaxPixels && frames > 0:
                using (var buffer = new PixelBuffer(width, height, PixelLayout.Rgb))
                {
                    if (!await FillAsync(output, buffer, cancellation))
                    {
                        return new MediaDecoding.Damaged(format);
                    }

                    seen(buffer.View, 0);
                    return new MediaDecoding.Decoded(format, width, height, frames, 1, partial);
                }

            default:
                return new MediaDecoding.Damaged(format);
        }
    }

    private static async Task<bool> FillAsync(Stream output, PixelBuffer buffer, CancellationToken cancellation)
    {
        var block = new byte[1 << 18];
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = await output.ReadAsync(block.AsMemory(0, Math.Min(block.Length, buffer.Length - filled)), cancellation);
            if (read == 0)
            {
                return false;
            }

            block.AsSpan(0, read).CopyTo(buffer.Bytes[filled..]);
            filled += read;
        }

        return true;
    }

    private static ProcessStartInfo Start(MediaFormat format, MediaLimits limits, string folder)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var seconds = (int)Math.Ceiling(limits.ChildTime.TotalSeconds);
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"ulimit -c 0 && ulimit -f {(limits.MaxBytes / FileBlock) + 1} && ulimit -t {seconds} && ulimit -d {limits.ChildMemory / 1024} && exec \"$0\" \"$@\""));
        foreach (var word in MediaChildLimits.Program)
        {
            start.ArgumentList.Add(word);
        }

        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(format.ToString().ToLowerInvariant());
        start.ArgumentList.Add(limits.MaxPixels.ToString(CultureInfo.InvariantCulture));
        start.Environment.Clear();
        foreach (var name in (string[])["PATH", "DOTNET_ROOT", "LD_LIBRARY_PATH", "LANG"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        // The runtime's own habits that a limit on memory or on files would break.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = ManagedBytes.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["MAGICK_THREAD_LIMIT"] = "1";
        start.Environment["TMPDIR"] = folder;
        return start;
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It was already gone.
        }
    }
}
