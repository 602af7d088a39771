using MailKit.Security;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Channels;

/// <summary>The configured encryption of a mail server in the library's words.</summary>
internal static class MailEncryption
{
    public static SecureSocketOptions SocketOptions(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
    };
}
