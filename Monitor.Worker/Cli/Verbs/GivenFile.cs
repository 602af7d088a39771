using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>A file that a person hands in with an act: a capture, a letter, a signed document.</summary>
internal static class GivenFile
{
    public const int MostMegabytes = 50;

    /// <summary>The file, or why it cannot be had.</summary>
    public static async Task<(byte[]? Bytes, Refusal? Refused)> ReadAsync(CliContext context, string file, CancellationToken cancellation)
    {
        var path = context.PathOf(file);
        try
        {
            var length = new FileInfo(path) is { Exists: true } info ? info.Length : 0;
            return length is 0 or > MostMegabytes * 1024L * 1024
                ? (null, new Refusal(RefusalKind.Invalid, "file-unreadable", path, context.Say($"không có, rỗng, hoặc lớn hơn {MostMegabytes} MB", $"missing, empty, or more than {MostMegabytes} MB")))
                : (await File.ReadAllBytesAsync(path, cancellation), null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, new Refusal(RefusalKind.Invalid, "file-unreadable", path, problem.Message));
        }
    }
}
