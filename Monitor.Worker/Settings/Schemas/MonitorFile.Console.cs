using System.Diagnostics.CodeAnalysis;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>monitor.yaml, "console".</summary>
internal static partial class MonitorFile
{
    private static readonly Shape<TimeSpan> MinutesToADay = Shapes.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));

    private static bool Console(YamlNode node, BindingContext context, out ConsoleSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        ConsoleSettings defaults = new();
        value = new ConsoleSettings
        {
            Enabled = keys.Optional("enabled", Shapes.Flag, defaults.Enabled),
            PublicUrl = keys.Optional<string>("public-url", PublicUrl, ""),
            BehindProxy = keys.Optional("behind-proxy", Shapes.Flag, defaults.BehindProxy),
            Certificate = keys.Optional<string>("certificate", Shapes.TextOrEmpty, ""),
            CertificateKey = keys.Optional<string>("certificate-key", Shapes.TextOrEmpty, ""),
            Idle = keys.Optional("idle", MinutesToADay, defaults.Idle),
            Session = keys.Optional("session", MinutesToADay, defaults.Session),
            Fresh = keys.Optional("fresh", MinutesToADay, defaults.Fresh),
            SecondFactor = keys.Optional("second-factor", Shapes.Flag, defaults.SecondFactor),
        };
        return keys.Finish();
    }

    /// <summary>A URL without a path, or "".</summary>
    private static bool PublicUrl(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        if (node is YamlText { Value: "" })
        {
            value = "";
            return true;
        }

        if (!PlatformFile.SecureUrl(node, context, out value))
            return false;
        if (Uri.TryCreate(value, UriKind.Absolute, out var url) && url is { PathAndQuery: "/", Fragment: "" })
        {
            value = value.TrimEnd('/');
            return true;
        }

        context.Complain(
            node,
            ProblemCodes.BadUrl,
            new("địa chỉ trang làm việc chỉ gồm giao thức và tên máy", "the console's address is only scheme and host"),
            new("địa chỉ như https://monitor.so-mau.example", "a URL such as https://monitor.so-mau.example"));
        return false;
    }
}
