namespace Monitor.Worker.Scoring;

/// <summary>A model and its card as a directory.</summary>
public static class ModelFiles
{
    /// <summary>Under the data directory: a directory for each model that was ever put in force.</summary>
    public const string Folder = "scoring";

    /// <summary>The card is written last: a directory without one holds no model.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static async Task WriteAsync(string directory, byte[] model, byte[] card, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        await WriteAsync(Path.Combine(directory, ModelCard.ModelFileName), model, cancellation);
        await WriteAsync(Path.Combine(directory, ModelCard.FileName), card, cancellation);
    }

    private static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellation)
    {
        var temporary = path + ".new";
        await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(bytes, cancellation);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
