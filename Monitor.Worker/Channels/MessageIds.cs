using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Worker.Channels;

/// <summary>
/// Message-IDs that depend on nothing but what is sent: a restart computes the same id again, so a receiver, a log or a
/// bounce can be matched to the notice whose fate was unknown.
/// </summary>
public static class MessageIds
{
    /// <summary>RFC 5321 caps a path at 256 octets and nobody caps a Message-ID, but some servers cut what is longer.</summary>
    private const int MaxLocalPart = 180;

    /// <summary>"REFERENCE.vVERSION.CHANNEL@DOMAIN" without angle brackets; different inputs give different ids.</summary>
    /// <param name="reference">Our number of the notice.</param>
    /// <param name="version">From 1.</param>
    /// <param name="channel">Name of the channel, for instance "smtp" or "smtp:abuse@host".</param>
    /// <param name="domain">ASCII or international domain of the sending mailbox; becomes lower-case ASCII.</param>
    /// <exception cref="ArgumentException">An empty part or a domain that is none: a fault of the caller, not of any input.</exception>
    public static string For(string reference, int version, string channel, string domain)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        ArgumentException.ThrowIfNullOrWhiteSpace(channel);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        var local = string.Create(CultureInfo.InvariantCulture, $"{Escape(reference)}.v{version}.{Escape(channel)}");
        if (local.Length > MaxLocalPart)
            local = "h." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(local)));
        return local + "@" + Domain(domain);
    }

    /// <summary>Domain part of a mailbox such as "Name &lt;local@domain&gt;", or null.</summary>
    public static string? DomainOf(string mailbox) =>
        MimeKit.MailboxAddress.TryParse(mailbox, out var address) && address.Domain.Length > 0 ? address.Domain : null;

    // "=" is an atext character (RFC 5322 section 3.2.3) and is itself escaped, so the mapping can be undone.
    private static string Escape(string part)
    {
        var escaped = new StringBuilder(part.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(part))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet == '-')
                escaped.Append((char)octet);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"={octet:x2}");
        }

        return escaped.ToString();
    }

    private static string Domain(string domain)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(domain);
        var ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain.Trim().TrimEnd('.'));
        return ascii.ToLowerInvariant();
    }
}
