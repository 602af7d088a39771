using System.Diagnostics.CodeAnalysis;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>Whom to ask who answers for an unknown host.</summary>
internal static partial class MonitorFile
{
    private static bool Contacts(YamlNode node, BindingContext context, out ContactsSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        ContactsSettings defaults = new();
        value = new ContactsSettings
        {
            RdapDomain = keys.Optional<string>("rdap-domain", RdapBase, ""),
            RdapIp = keys.Optional<string>("rdap-ip", RdapBase, ""),
            Timeout = keys.Optional("timeout", Shapes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), defaults.Timeout),
        };
        return keys.Finish();
    }

    /// <summary>A URL that paths are appended to, or "".</summary>
    private static bool RdapBase(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        if (node is YamlText { Value: "" })
        {
            value = "";
            return true;
        }

        if (!PlatformFile.SecureUrl(node, context, out value))
            return false;
        if (value.AsSpan().IndexOfAny('?', '#') < 0)
            return true;
        context.Complain(
            node,
            ProblemCodes.BadUrl,
            new("địa chỉ gốc RDAP không có '?' và '#'", "an RDAP base URL has no '?' and no '#'"),
            new("địa chỉ như https://rdap.example/, 'domain/TÊN' sẽ được nối vào", "a URL such as https://rdap.example/; 'domain/NAME' is appended"));
        return false;
    }
}
