namespace Monitor.Worker.Console;

/// <summary>A file that came with a form; its name is nobody's business and is not read.</summary>
internal static class Uploaded
{
    /// <summary>Empty when none was chosen: the operation says what it needs.</summary>
    public static async Task<byte[]> ReadAsync(IFormFile? file, CancellationToken cancellation)
    {
        if (file is null)
        {
            return [];
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        return content.ToArray();
    }
}
