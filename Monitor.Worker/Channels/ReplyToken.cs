using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Monitor.Worker.Channels;

/// <summary>
/// What makes the reply address of a notice its own (RFC 5233, subaddress): user+TOKEN@domain. The token is a MAC of the reference under
/// the installation's key, so nobody who was not written to can make one up and have a forged answer filed under a notice.
/// </summary>
public static class ReplyToken
{
    /// <summary>80 bits in base 32: short enough for a local part (64 octets, RFC 5321 section 4.5.3.1.1), too many to guess by mail.</summary>
    public const int Characters = 16;

    /// <summary>RFC 3461 allows 100 characters.</summary>
    private const int MostEnvelope = 100;

    /// <summary>Lower case only: mail systems fold the case of local parts.</summary>
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string For(ReadOnlySpan<byte> key, string reference)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("reply-token\n" + reference), mac);
        Span<char> token = stackalloc char[Characters];
        for (var i = 0; i < Characters; i++)
        {
            var bit = i * 5;
            var two = (mac[bit / 8] << 8) | mac[(bit / 8) + 1];
            token[i] = Alphabet[(two >> (11 - (bit % 8))) & 31];
        }

        return new string(token);
    }

    /// <summary>Takes the same time wherever the two differ.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, string reference, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(For(key, reference)), Encoding.UTF8.GetBytes(token.ToLowerInvariant()));

    /// <summary>"user+TOKEN@domain" of a mailbox; null when it is none or the local part becomes too long.</summary>
    public static string? Address(string mailbox, string token)
    {
        const int LongestLocalPart = 64;
        if (!MailboxAddress.TryParse(mailbox, out var parsed) || parsed.Address.LastIndexOf('@') is not (> 0 and var at))
            return null;
        var local = parsed.Address[..at] + "+" + token;
        return local.Length > LongestLocalPart || local[0] == '"' ? null : local + parsed.Address[at..];
    }

    /// <summary>The envelope id of a notice's mail (ENVID, RFC 3461 section 4.4): only servers on the way see it, and a delivery report gives it back.</summary>
    public static string Envelope(string reference, string token) => string.Concat(reference.Where(static c => char.IsAscii(c) && !char.IsControl(c) && c != ' ').Take(MostEnvelope - Characters - 1)) + "." + token;

    /// <summary>The token of an envelope id, or null.</summary>
    public static string? OfEnvelope(string id) =>
        id.LastIndexOf('.') is >= 0 and var dot && id.Length - dot - 1 == Characters && id[(dot + 1)..].ToLowerInvariant() is var token && token.All(static c => Alphabet.Contains(c, StringComparison.Ordinal)) ? token : null;

    /// <summary>The token of an address that was answered to, or null.</summary>
    public static string? Of(string address)
    {
        var at = address.LastIndexOf('@');
        var plus = at < 0 ? -1 : address.LastIndexOf('+', at);
        return plus >= 0 && at - plus - 1 == Characters ? address[(plus + 1)..at].ToLowerInvariant() : null;
    }
}
