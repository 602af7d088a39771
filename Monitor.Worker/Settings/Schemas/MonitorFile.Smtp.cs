using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>The part of smtp that signs.</summary>
internal static partial class MonitorFile
{
    private static bool Smime(YamlNode node, BindingContext context, out SmimeSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        value = new SmimeSettings
        {
            CertificateFile = keys.Optional("certificate-file", Shapes.TextOrEmpty, ""),
            KeyFile = keys.Optional("key-file", Shapes.TextOrEmpty, ""),
            PasswordVariable = keys.Optional<string>("password-variable", VariableName, ""),
            PasswordFile = keys.Optional("password-file", Shapes.TextOrEmpty, ""),
        };
        if (!keys.Finish())
            return false;
        if (value.CertificateFile.Length > 0)
            return true;
        if (value is { KeyFile.Length: 0, PasswordVariable.Length: 0, PasswordFile.Length: 0 })
        {
            // All empty: not signed.
            value = null;
            return true;
        }

        keys.Fail(
            "certificate-file",
            ProblemCodes.MissingKey,
            new("chữ ký S/MIME cần 'certificate-file'", "an S/MIME signature needs 'certificate-file'"),
            new("tệp chứng thư (PEM hoặc PKCS #12), hoặc để trống tất cả", "a certificate file (PEM or PKCS #12), or all empty"));
        return false;
    }

    private static bool Dkim(YamlNode node, BindingContext context, out DkimSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        value = new DkimSettings
        {
            Domain = keys.Optional<string>("domain", Shapes.ServerOrEmpty, ""),
            Selector = keys.Optional("selector", Shapes.TextOrEmpty, ""),
            KeyFile = keys.Optional("key-file", Shapes.TextOrEmpty, ""),
            Algorithm = keys.Optional<DkimAlgorithm>("algorithm", Shapes.OneOf, DkimAlgorithm.Rsa),
        };
        if (!keys.Finish())
            return false;
        var given = (value.Domain.Length > 0 ? 1 : 0) + (value.Selector.Length > 0 ? 1 : 0) + (value.KeyFile.Length > 0 ? 1 : 0);
        if (given == 0)
        {
            // All empty: not signed here.
            value = null;
            return true;
        }

        if (given < 3)
        {
            keys.Fail(
                value.Domain.Length == 0 ? "domain" : value.Selector.Length == 0 ? "selector" : "key-file",
                ProblemCodes.MissingKey,
                new("chữ ký DKIM cần đủ 'domain', 'selector' và 'key-file'", "a DKIM signature needs 'domain', 'selector' and 'key-file'"),
                new("ghi đủ cả ba, hoặc để trống cả ba", "all three, or none of them"));
        }

        return !keys.Failed;
    }
}
