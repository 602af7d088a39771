using System.Diagnostics.CodeAnalysis;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>The mailbox that answers come to.</summary>
internal static partial class MonitorFile
{
    private static bool AgencyOrEmpty(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        if (node is YamlText { Value: "" })
        {
            value = "";
            return true;
        }

        return Shapes.ReferenceTo(ReferenceKind.Agency)(node, context, out value);
    }

    private static bool Inbox(YamlNode node, BindingContext context, out InboxSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        InboxSettings defaults = new();
        value = new InboxSettings
        {
            Host = keys.Optional<string>("host", Shapes.ServerOrEmpty, ""),
            Port = keys.Optional("port", Shapes.Number(1, 65535), defaults.Port),
            Security = keys.Optional<MailSecurity>("security", Security, defaults.Security),
            Username = keys.Optional("username", Shapes.TextOrEmpty, ""),
            PasswordVariable = keys.Optional<string>("password-variable", VariableName, ""),
            PasswordFile = keys.Optional("password-file", Shapes.TextOrEmpty, ""),
            Folder = keys.Optional("folder", Shapes.Text, defaults.Folder),
            SentFolder = keys.Optional("sent-folder", Shapes.TextOrEmpty, ""),
            SentFolderComplete = keys.Optional<bool>("sent-folder-complete", Shapes.Flag, false),
            AuthenticationServer = keys.Optional<string>("authentication-server", Shapes.ServerOrEmpty, ""),
            Agency = keys.Optional<string>("agency", AgencyOrEmpty, ""),
            Interval = keys.Optional("interval", Shapes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), defaults.Interval),
            First = keys.Optional("first", UpToAYear, defaults.First),
            MaxMegabytes = keys.Optional("max-megabytes", Shapes.Number(1, 200), defaults.MaxMegabytes),
            TotalTime = keys.Optional("total-time", UpToADay, defaults.TotalTime),
        };
        bool good = keys.Finish();
        if (value.Host.Length == 0)
            return good;

        if (value.Security == MailSecurity.None && !LoopbackHost.Is(value.Host))
        {
            keys.Fail(
                "security",
                ProblemCodes.UnencryptedMail,
                new($"mật khẩu và thư từ '{value.Host}' sẽ đi không mã hoá", $"the password, and mail from '{value.Host}', would travel unencrypted"),
                new("tls hoặc start-tls; 'none' chỉ dành cho máy chủ thư trên chính máy này", "tls or start-tls; 'none' is only for a mail server on this machine"));
        }

        if (value.Username.Length == 0 && good)
        {
            keys.Fail("username", ProblemCodes.MissingKey, new("có máy chủ IMAP nhưng thiếu tên đăng nhập", "there is an IMAP server but no user name"), new("tên đăng nhập của hộp thư", "the mailbox's user name"));
        }
        else if (value is { PasswordVariable.Length: 0, PasswordFile.Length: 0 } && good)
        {
            NoPasswordSource(keys);
        }

        return !keys.Failed;
    }
}
