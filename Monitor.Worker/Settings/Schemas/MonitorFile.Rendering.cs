using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>The browser that shows pages of scripts.</summary>
internal static partial class MonitorFile
{
    private static bool Rendering(YamlNode node, BindingContext context, out RenderingSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        RenderingSettings defaults = new();
        value = new RenderingSettings
        {
            Enabled = keys.Optional<RenderingUse>("enabled", Shapes.OneOf, defaults.Enabled),
            Chromium = keys.Optional<string>("chromium", Program, ""),
            Timeout = keys.Optional("timeout", Shapes.Duration(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2)), defaults.Timeout),
            MaxRequests = keys.Optional("max-requests", Shapes.Number(1, 2000), defaults.MaxRequests),
            MaxMegabytes = keys.Optional("max-megabytes", Shapes.Number(1, 1024), defaults.MaxMegabytes),
            MaxMemoryMegabytes = keys.Optional("max-memory-megabytes", Shapes.Number(300, 65_536), defaults.MaxMemoryMegabytes),
            Parallel = keys.Optional("parallel", Shapes.Number(1, 16), defaults.Parallel),
            NeverAsk = keys.Optional("never-ask", Shapes.ListOf<string>(Shapes.Host), defaults.NeverAsk),
        };
        return keys.Finish();
    }

    /// <summary>A browser that is named must be there: leaving it out is how one says "if there is one".</summary>
    private static bool Program(YamlNode node, BindingContext context, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string value)
    {
        if (!Shapes.TextOrEmpty(node, context, out value))
            return false;
        BilingualText expected = new(
            "đường dẫn đầy đủ như /usr/lib/chromium/chromium; để trống: tự tìm (gói chromium hoặc chromium-headless-shell của Debian)",
            "a full path such as /usr/lib/chromium/chromium; empty: looked for (Debian's package chromium or chromium-headless-shell)");
        string? found = RenderingSettings.UsualPlaces.FirstOrDefault(File.Exists);
        if (value.Length > 0 && !Path.IsPathFullyQualified(value))
        {
            context.Complain(node, ProblemCodes.ProgramMissing, new($"'{YamlFileReader.Shorten(value)}' không phải đường dẫn đầy đủ", $"'{YamlFileReader.Shorten(value)}' is not a full path"), expected, found);
            return false;
        }

        if (value.Length > 0 && (!File.Exists(value) || (File.GetUnixFileMode(value) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) == 0))
        {
            context.Complain(node, ProblemCodes.ProgramMissing, new($"không có chương trình chạy được tại '{YamlFileReader.Shorten(value)}'", $"there is no program that can be run at '{YamlFileReader.Shorten(value)}'"), expected, found);
            return false;
        }

        return true;
    }
}
