namespace Monitor.Tests.Console;

/// <summary>Pictures of pages for people to look at: kept where MONITOR_PICTURES names a directory.</summary>
internal static class Pictures
{
    public static async Task KeepAsync(BrowserPage page, string name, string language, string theme)
    {
        if (Environment.GetEnvironmentVariable("MONITOR_PICTURES") is not { Length: > 0 } directory)
            return;
        Directory.CreateDirectory(directory);
        var file = string.Concat(name.Trim('/').Select(c => char.IsLetterOrDigit(c) ? c : '-'));
        await File.WriteAllBytesAsync(Path.Combine(directory, $"{(file.Length == 0 ? "home" : file)}-{language}-{theme}.png"), await page.PictureAsync());
    }
}
